import { type ChildProcess, spawn } from 'node:child_process'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { execPath } from 'node:process'
import type { Page } from '@playwright/test'
import { expect, lastTurn, readDatabase, replyEnded, send, test } from './journey.ts'
import { startModelServer } from './model-server/model-server.ts'

const key = 'sk-of-the-server-and-of-nobody-else'

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Serves the built page as `npm start` does, with an endpoint in its environment. */
async function startPage(environment: Readonly<Record<string, string>>) {
  const port = await freePort()
  const child: ChildProcess = spawn(execPath, ['node_modules/vite/bin/vite.js', 'preview'], {
    env: { ...process.env, ...environment, PORT: String(port) },
    stdio: 'ignore',
  })
  const url = `http://localhost:${port}`
  await expect(async () => expect((await fetch(url)).ok).toBe(true)).toPass({ timeout: 60_000 })
  return {
    url,
    close: () =>
      new Promise<void>((resolve) => {
        child.once('exit', () => resolve())
        child.kill()
      }),
  }
}

/** Everything the page sends and gets, as text; waits for the bodies that are still under way. */
function listenTo(page: Page): () => Promise<string> {
  const heard: Promise<string>[] = []
  const hear = (words: Promise<string>) => {
    // What is on its way when the test has ended and the page closes is nobody's concern.
    words.catch(() => undefined)
    heard.push(words)
  }
  page.on('request', (sent) => hear(sent.allHeaders().then((headers) => said(sent.url(), headers, sent.postData()))))
  page.on('requestfinished', async (sent) => {
    hear(
      sent.response().then(async (response) => {
        const body = await response?.text().catch(() => '')
        return said(response?.url(), await response?.allHeaders(), body)
      }),
    )
  })
  return async () => (await Promise.all(heard)).join('\n')
}

function said(...things: readonly unknown[]): string {
  return JSON.stringify(things)
}

/** The status of a POST that pretends to be meant for another host. */
function askAs(host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { host, origin: `http://${host}`, 'content-type': 'application/json' }
    const asked = request(
      { host: 'localhost', port, path: '/v1/chat/completions', method: 'POST', headers },
      (answer) => {
        answer.resume()
        resolve(answer.statusCode ?? 0)
      },
    )
    asked.once('error', reject).end('{"model":"her","messages":[]}')
  })
}

test('an endpoint in the server’s environment is one press away, and its key stays there', async ({ page }) => {
  test.slow()
  const endpoint = await startModelServer({ kind: 'vllm', key })
  const served = await startPage({ SUBTEXT_BASE_URL: endpoint.url, SUBTEXT_API_KEY: key, SUBTEXT_MODEL: 'her' })
  const everything = listenTo(page)

  await page.goto(`${served.url}/connections`)
  const offer = page.getByRole('article', { name: 'This server’s endpoint' })
  await expect(offer).toContainText('her')
  await offer.getByRole('button', { name: 'Use it' }).click()
  const card = page.getByRole('article', { name: 'This server’s endpoint' })
  await expect(card).toContainText('in use')
  await expect(card).toContainText('Replies in HER’s four layers.')
  await expect(page.getByRole('button', { name: 'Use it' })).toHaveCount(0)

  await page.goto(`${served.url}/characters`)
  await page.getByRole('main').getByRole('link', { name: 'Sherlock Holmes' }).click()
  await page.getByRole('button', { name: 'New chat' }).click()
  endpoint.next({
    rate: 60,
    text: `Slowly.</system_thinking>${'The fog is thick today. '.repeat(400)}And so it ended.`,
  })
  await send(page, 'Is it far?')
  // Words are there while the endpoint still sends: nothing on the way waits for the end.
  await expect(lastTurn(page).getByText(/The fog is thick today/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible()
  await expect(lastTurn(page)).not.toContainText('And so it ended.')
  await page.getByRole('button', { name: 'Stop' }).click()
  await expect.poll(() => endpoint.generations().at(-1)?.aborted).toBe(true)
  await send(page, 'Go on.')
  await replyEnded(page)
  await expect(lastTurn(page)).toContainText('You said')
  expect(endpoint.generations().at(-1)?.headers.authorization).toBe(`Bearer ${key}`)

  // A refusal that repeats the key it refuses.
  endpoint.next({ status: 401, contentType: 'application/json', body: `{"error":"Bad key: ${key}"}` })
  await send(page, 'And now?')
  await expect(lastTurn(page).getByRole('alert')).toContainText('Bad key: …')

  const heard = await everything()
  expect(heard).toContain('/v1/chat/completions')
  expect(heard).toContain('Bad key: …')
  expect(heard).not.toContain(key)
  // What the page sends as a blob, no listener in the browser hears.
  expect(JSON.stringify(endpoint.generations().map(({ body }) => body))).toContain('The fog is thick')
  expect(JSON.stringify(endpoint.generations().map(({ body }) => body))).not.toContain(key)
  expect(JSON.stringify(await readDatabase(page))).not.toContain(key)
  expect(new Set(endpoint.requests.map(({ headers }) => headers.origin ?? headers.referer))).toEqual(
    new Set([undefined]),
  )
  await served.close()
  await endpoint.close()
})

test('another site’s page can’t spend the key', async ({ page, modelServer }) => {
  const served = await startPage({ SUBTEXT_BASE_URL: modelServer.url, SUBTEXT_API_KEY: key })
  const foreign = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<title>Elsewhere</title>')
  })
  await new Promise<void>((resolve) => foreign.listen(0, '127.0.0.1', resolve))
  await page.goto(`http://127.0.0.1:${(foreign.address() as AddressInfo).port}/`)
  const outcomes = await page.evaluate(async (url) => {
    const body = '{"model":"her","messages":[{"role":"user","content":"Spend it."}]}'
    const tries: RequestInit[] = [
      { method: 'POST', body, headers: { 'content-type': 'application/json' } },
      { method: 'POST', body, headers: { 'content-type': 'text/plain' } },
      { method: 'POST', body, mode: 'no-cors' },
      {},
    ]
    const asked = tries.map((init) =>
      fetch(`${url}/v1/chat/completions`, init).then(
        ({ status }) => status,
        () => -1,
      ),
    )
    return Promise.all(asked)
  }, served.url)
  for (const status of outcomes) expect([-1, 0, 403]).toContain(status)
  expect(await askAs('rebound.example', Number(new URL(served.url).port))).toBe(403)
  expect(modelServer.requests).toEqual([])
  await served.close()
  await new Promise((resolve) => foreign.close(resolve))
})

import { createReadStream, existsSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import type { Page } from '@playwright/test'
import { connectTo, expect, test as journey, lastTurn, replyEnded, turns } from '../journey.ts'
import type { Behaviour } from '../model-server/behaviour.ts'
import { vectors } from './vectors.ts'
import { watch } from './watch.ts'

const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }

/** Says something and waits until it was answered. Turns that are long leave the page, so they are not counted. */
async function say(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Message' }).fill(text)
  await page.getByRole('button', { name: 'Send' }).click()
  await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('')
  await replyEnded(page)
}

/** Starts servers on ports of their own: other origins than the page's. */
const test = journey.extend<{ serve: (listener: RequestListener) => Promise<string> }>({
  // biome-ignore lint/correctness/noEmptyPattern: a fixture that needs no other
  serve: async ({}, use) => {
    const closing: (() => void)[] = []
    await use(async (listener) => {
      const server = createServer(listener)
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      closing.push(() => {
        server.closeAllConnections()
        server.close()
      })
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    })
    for (const close of closing) close()
  },
})

test('a hostile model server runs nothing, reads nothing and sends the page nowhere', async ({
  page,
  context,
  baseURL,
  modelServer,
  serve,
}) => {
  test.setTimeout(120_000)
  const asked: string[] = []
  const elsewhere = await serve((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''}`)
    response.writeHead(200, { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' }).end('{}')
  })
  // The browser tells of a redirect's address as of a request that it then doesn't send: what was sent is what was heard.
  const { look, seen } = await watch(context, [`${baseURL}/`, modelServer.url, elsewhere])
  await connectTo(page, `${modelServer.url}/v1`, { model: 'her', key: 'sk-CANARY-of-this-server' })
  await page.goto('/')
  await expect(page).toHaveURL(/\/chat\//)
  await replyEnded(page)

  const orders = {
    refresh: `0;url=${elsewhere}/refresh`,
    link: `<${elsewhere}/preload>; rel=preload; as=fetch, <${elsewhere}/style>; rel=stylesheet`,
    'set-cookie': 'spy=1; Path=/',
    'clear-site-data': '"cookies", "storage"',
    'content-location': `${elsewhere}/there`,
    'content-security-policy': `report-uri ${elsewhere}/report`,
    'report-to': `{"group":"default","max_age":9,"endpoints":[{"url":"${elsewhere}/report"}]}`,
    'service-worker-allowed': '/',
    sourcemap: `${elsewhere}/map`,
  }
  const said = vectors.join(' ')
  const event = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`
  const words = event({ choices: [{ delta: { content: `Plan.</system_thinking>${said}` } }] })
  const execute = `event: execute\ndata: {"type":"execute","data":{"code":"window.__pwned=1"}}\n\n`
  const done = `${event({ choices: [{ delta: {}, finish_reason: 'stop' }] })}data: [DONE]\n\n`
  const tricks: readonly { readonly name: string; readonly behaviour: Behaviour; readonly says?: string | RegExp }[] = [
    { name: 'orders in headers', behaviour: { body: words + execute + done, headers: orders } },
    { name: 'events that are to be run', behaviour: { body: execute + words + done } },
    ...([301, 302, 307, 308] as const).map((status) => ({
      name: `a redirect with ${status}`,
      behaviour: { status, body: '', headers: { location: `${elsewhere}/v1/chat/completions` } },
      says: 'This address leads elsewhere',
    })),
    {
      name: 'a refusal full of vectors',
      behaviour: { status: 400, contentType: 'text/html', body: `<title>${said}</title>${said}` },
      says: /refused/,
    },
    {
      name: 'an error of JSON',
      behaviour: {
        status: 500,
        contentType: 'application/json',
        body: JSON.stringify({ error: { message: said, __proto__: { __pwned: 1 } } }),
        headers: orders,
      },
      says: 'The server failed',
    },
    { name: 'a script', behaviour: { contentType: 'text/javascript', body: 'window.__pwned=1' }, says: /.+/ },
    { name: 'a page', behaviour: { contentType: 'text/html', body: `<html>${said}` }, says: /.+/ },
    {
      name: 'headers without an end',
      behaviour: { body: done, headers: { 'x-long': 'x'.repeat(600_000) } },
      says: /.+/,
    },
    {
      name: 'a refusal of twenty megabytes',
      behaviour: { status: 500, contentType: 'text/plain', body: 'no '.repeat(7_000_000) },
      says: 'The server failed',
    },
    {
      name: 'a prototype for everything',
      behaviour: { body: `data: {"__proto__":{"__pwned":1},"choices":[{"__proto__":{"__pwned":1}}]}\n\n${done}` },
      says: /.+/,
    },
  ]
  for (const { name, behaviour, says } of tricks) {
    modelServer.next(behaviour)
    await say(page, name)
    if (says) await expect(lastTurn(page).getByRole('alert'), name).toContainText(says)
    await look(page, name)
    expect(asked, name).toEqual([])
  }
  expect(await context.cookies()).toEqual([])

  // And it still works, with all that was said.
  modelServer.next({ text: 'Plan.</system_thinking>All is well.' })
  await say(page, 'Is all well?')
  await expect(lastTurn(page)).toContainText('All is well.')
  await page.reload()
  await expect(lastTurn(page)).toContainText('All is well.')

  // Its list of models is names and nothing else.
  const named = await serve((request, response) => {
    const cors = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' }
    if (!request.url?.endsWith('/models')) return void response.writeHead(404, cors).end()
    const data = vectors.map((id) => ({ id, object: 'model', owned_by: id }))
    response.writeHead(200, { ...cors, 'content-type': 'application/json' }).end(JSON.stringify({ data }))
  })
  await page.goto('/connections')
  await page.getByRole('textbox', { name: 'Base URL' }).fill(`${named}/v1`)
  await expect(page.getByText(`${new Set(vectors).size} models.`)).toBeVisible({ timeout: 20_000 })
  const known = seen.filter((what) => !what.startsWith(`request: ${named}`))
  seen.length = 0
  expect(known).toEqual([])
  await look(page, 'the names of models')
})

test('nobody frames the page, where the host sends headers and where it sends none, and an opener holds nothing', async ({
  page,
  baseURL,
  serve,
}) => {
  const bare = await serve((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://host')
    const path = join('dist', pathname)
    const shown = pathname !== '/' && existsSync(path) ? path : join('dist', 'index.html')
    response.writeHead(200, { 'content-type': types[extname(shown)] ?? 'application/octet-stream' })
    createReadStream(shown).pipe(response)
  })
  const attacker = await serve((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>elsewhere</title>')
  })
  const frameOf = async (address: string) => {
    await page.goto(attacker)
    await page.evaluate((src) => {
      const frame = document.createElement('iframe')
      frame.src = src
      document.body.append(frame)
    }, address)
    return page.frameLocator('iframe')
  }

  // With headers the browser shows nothing of it.
  await frameOf(`${baseURL}/`)
  await page.waitForTimeout(1000)
  const framed = page.frames().find((frame) => frame !== page.mainFrame())
  expect(await framed?.evaluate(() => document.body.innerText).catch(() => '')).not.toContain('Subtext')

  // Without, the page shows nothing of itself.
  const frame = await frameOf(`${bare}/`)
  await expect(frame.getByText('Subtext shows nothing within another page')).toBeVisible()
  await expect(frame.getByRole('article')).toHaveCount(0)
  const inside = page.frames().find((one) => one.url().startsWith(bare))
  expect(await inside?.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))).toEqual([])

  // Whoever opens it can't reach into it, nor say anything that it listens to.
  for (const address of [`${baseURL}/`, `${bare}/`]) {
    await page.goto(attacker)
    const [opened] = await Promise.all([
      page.waitForEvent('popup'),
      page.evaluate((url) => {
        ;(window as unknown as { held: Window | null }).held = window.open(url)
      }, address),
    ])
    await expect(turns(opened)).not.toHaveCount(0)
    const reached = await page.evaluate(() => {
      const { held } = window as unknown as { held: Window }
      const tries = [
        () => held.document.body.innerText,
        () => held.localStorage.length,
        () => (held as unknown as { indexedDB: IDBFactory }).indexedDB.open('subtext'),
        () => held.name,
      ]
      held.postMessage({ type: 'put', table: 'settings', row: { name: 'connection', value: 'mine' } }, '*')
      held.postMessage('lock', '*')
      return tries.map((attempt) => {
        try {
          return String(attempt())
        } catch {
          return 'refused'
        }
      })
    })
    // Cut off by its headers, it is a closed window of nobody; else every reach into it is refused.
    if (address === `${bare}/`) expect(reached).toEqual(['refused', 'refused', 'refused', 'refused'])
    else expect(await opened.evaluate(() => window.opener === null)).toBe(true)
    expect(reached.join()).not.toContain('Bennet')
    await opened.close()
  }
})

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { connectTo, expect, lastTurn, readDatabase, replyEnded, send, test } from './journey.ts'
import { startModelServer } from './model-server/model-server.ts'

const form = (page: Page) => page.locator('form').filter({ has: page.getByRole('textbox', { name: 'Base URL' }) })
const cardOf = (page: Page, address: string) => page.getByRole('article', { name: new URL(address).host })

/** Fills the form and presses Connect, whatever comes of it. */
async function tryToConnect(page: Page, address: string, key = '') {
  await page.goto('/connections')
  await page.getByRole('textbox', { name: 'Base URL' }).fill(address)
  await page.getByRole('textbox', { name: 'API key' }).fill(key)
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
}

/** A web server that is no model server. */
async function startOther(contentType: string, body: string) {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': contentType, 'access-control-allow-origin': '*' }).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      // The browser keeps what it opened.
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}

test('an address is taken as it was pasted', async ({ page, modelServer }) => {
  // What else may be pasted is a matter of text, and tested as such.
  for (const ending of ['', '/v1/chat/completions']) {
    await connectTo(page, `${modelServer.url}${ending}`)
    await expect(cardOf(page, modelServer.url).last()).toContainText(`her · ${modelServer.url}/v1`)
  }
  expect(new Set(modelServer.requests.map(({ path }) => path.split('/')[1]))).toEqual(new Set(['v1']))
})

test('models are listed while the reader still types; the one they choose is used', async ({ page, modelServer }) => {
  await page.goto('/connections')
  const model = page.getByRole('combobox', { name: 'Model' })
  await expect(model).toBeDisabled()
  await page.getByRole('textbox', { name: 'Base URL' }).fill(modelServer.url)
  await expect(model).toBeEnabled()
  await expect(model.getByRole('option', { name: 'plain', exact: true })).toBeAttached()
  await model.selectOption('plain')
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  await expect(page.getByText('Connected to plain.')).toBeVisible()
  await expect(cardOf(page, modelServer.url)).toContainText('Did not reply in HER’s layers when it was tested.')
  for (const { body } of modelServer.generations()) expect(body?.model).toBe('plain')
})

const goesOn = 'Can go on from given words: Continue and Steer work.'
const goesOnRaw = 'Can go on from given words, through raw completions: Continue and Steer work.'
const kinds = [
  { kind: 'vllm', prefill: goesOn, context: '32,768' },
  { kind: 'sglang', prefill: goesOn, context: '32,768' },
  { kind: 'llamacpp', prefill: goesOn, context: '32,768' },
  { kind: 'ollama', prefill: goesOn, context: '32,768' },
  { kind: 'openai', prefill: goesOnRaw, context: undefined },
  { kind: 'other', prefill: goesOnRaw, context: undefined },
] as const

test('what each kind of server can do is found out, shown, remembered and used', async ({ page, modelServer }) => {
  const factsOf = ({ prefill, context }: (typeof kinds)[number]) => [
    'Replies in HER’s four layers.',
    prefill,
    context ? `Reads up to ${context} tokens.` : 'Does not say how much it reads; 8,192 tokens are assumed.',
  ]
  const cardAt = (kind: string) => page.getByRole('article').filter({ hasText: `${modelServer.url}/${kind}/v1` })
  for (const kind of kinds) {
    await connectTo(page, `${modelServer.url}/${kind.kind}`)
    for (const fact of factsOf(kind)) await expect(cardAt(kind.kind)).toContainText(fact)
  }
  await page.reload()
  for (const kind of kinds) {
    for (const fact of factsOf(kind)) await expect(cardAt(kind.kind)).toContainText(fact)
  }

  await page.goto('/characters')
  await page.getByRole('link', { name: 'Sherlock Holmes' }).click()
  await page.getByRole('button', { name: 'New chat' }).click()
  const chat = page.url()
  for (const { kind } of kinds) {
    await page.goto('/connections')
    await expect(cardAt(kind)).toBeVisible()
    const use = cardAt(kind).getByRole('button', { name: 'Use', exact: true })
    if (await use.isVisible()) await use.click()
    await expect(cardAt(kind)).toContainText('in use')
    await page.goto(chat)
    await expect(lastTurn(page)).toBeVisible()
    await page.getByRole('textbox', { name: 'Message' }).fill(`Has the post from ${kind} come?`)
    await page.getByRole('button', { name: 'Send' }).click()
    await expect(lastTurn(page)).toContainText(`You said “Has the post from ${kind} come”`)
    await replyEnded(page)
    await expect(page.getByRole('alert')).toHaveCount(0)
    await expect(lastTurn(page)).not.toContainText('scripted')
    await expect(lastTurn(page).getByRole('button', { name: /^Inner thought/ })).toBeVisible()
  }
})

test('a server that asks for a key says so, refuses a wrong one, and takes the right one', async ({ page }) => {
  const server = await startModelServer({ kind: 'llamacpp', key: 'sk-right' })
  await tryToConnect(page, server.url)
  await expect(page.getByRole('alert')).toContainText('A key is needed')
  await expect(page.getByRole('alert')).toContainText('--api-key')
  await page.getByRole('textbox', { name: 'API key' }).fill('sk-wrong')
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText('The key was refused')
  expect((await readDatabase(page))['connections']).toEqual([])
  await page.getByRole('textbox', { name: 'API key' }).fill('sk-right')
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  await expect(page.getByText('Connected to her.')).toBeVisible()
  await expect(page.getByRole('alert')).toHaveCount(0)
  await server.close()
})

test('vLLM hides its refusal from browsers (no CORS headers), and is understood all the same', async ({ page }) => {
  const server = await startModelServer({ kind: 'vllm', key: 'sk-right' })
  await tryToConnect(page, server.url)
  await expect(page.getByRole('alert')).toContainText('A key is needed')
  await expect(page.getByRole('alert')).toContainText('how vLLM and SGLang refuse a missing key')
  await page.getByRole('textbox', { name: 'API key' }).fill('sk-wrong')
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText('The key was refused')
  await page.getByRole('textbox', { name: 'API key' }).fill('sk-right')
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  await expect(page.getByText('Connected to her.')).toBeVisible()
  await server.close()
})

test('a key lies nowhere on disk but encrypted, and not even so where it is to be forgotten', async ({
  page,
  context,
}) => {
  const key = 'sk-3c1f0d0e-nowhere-else'
  const server = await startModelServer({ kind: 'llamacpp', key })
  await connectTo(page, server.url, { key })
  await page.goto('/')
  await replyEnded(page)
  await send(page, 'Good evening.')
  await replyEnded(page)
  await expect(lastTurn(page)).toContainText('You said')
  const chat = new URL(page.url()).pathname
  await page.goto('/connections')
  await cardOf(page, server.url).getByRole('button', { name: 'Adjust' }).click()
  await page.getByRole('button', { name: 'Save' }).click()

  const { keys, ...others } = await readDatabase(page)
  expect(keys).toEqual([{ connectionId: expect.any(String), sealed: expect.anything() }])
  expect(JSON.stringify(keys)).not.toContain(key)
  expect(Object.keys(others)).toEqual(expect.arrayContaining(['connections', 'settings', 'turns', 'conversations']))
  expect(JSON.stringify(others)).not.toContain(key)
  const sides = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href]))
  expect(sides).not.toContain(key)
  expect(JSON.stringify(await context.cookies())).not.toContain(key)
  expect(await page.content()).not.toContain(key)

  await cardOf(page, server.url).getByRole('button', { name: 'Remove' }).click()
  await expect(cardOf(page, server.url)).toHaveCount(0)
  expect((await readDatabase(page))['keys']).toEqual([])

  await page.goto('/connections')
  await page.getByRole('textbox', { name: 'Base URL' }).fill(server.url)
  await page.getByRole('textbox', { name: 'API key' }).fill(key)
  await page.getByRole('checkbox', { name: 'Forget the key' }).check()
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  await expect(page.getByText('It answers from now on')).toBeVisible({ timeout: 20_000 })
  await expect(cardOf(page, server.url)).toContainText('Its key is forgotten when this page is closed')
  // Within the page: to load it anew is to close it.
  await page.locator(`a[href="${chat}"]`).first().click()
  await send(page, 'Still there?')
  await replyEnded(page)
  expect(server.generations().at(-1)?.headers.authorization).toBe(`Bearer ${key}`)
  expect((await readDatabase(page))['keys']).toEqual([])
  await page.reload()
  await send(page, 'And now?')
  await expect(lastTurn(page).getByRole('alert')).toContainText('key')
  expect(JSON.stringify(await readDatabase(page))).not.toContain(key)
  await server.close()
})

test('a server that allows no page to read it is told from one that is not there', async ({ page, modelServer }) => {
  await tryToConnect(page, `${modelServer.url}/lmstudio`)
  const alert = page.getByRole('alert')
  await expect(alert).toContainText('it does not allow pages from http://localhost')
  await expect(alert).toContainText('lms server start --cors')
  await expect(form(page).getByRole('button', { name: 'Connect', exact: true })).toBeEnabled()

  const gone = await startModelServer()
  await gone.close()
  await tryToConnect(page, gone.url)
  await expect(alert).toContainText('Nothing answers')
  await expect(alert).toContainText(gone.url)
})

test('a web page, an empty list and nonsense are no model servers', async ({ page, baseURL }) => {
  const site = await startOther('text/html', '<!doctype html><title>Welcome</title>')
  const empty = await startOther('application/json', JSON.stringify({ object: 'list', data: [] }))
  const alert = page.getByRole('alert')
  await tryToConnect(page, site.url)
  await expect(alert).toContainText('it is not an OpenAI-compatible API (status 200)')
  // The page's own address is pasted by many.
  await tryToConnect(page, baseURL ?? '')
  await expect(alert).toContainText('it is not an OpenAI-compatible API')
  await tryToConnect(page, empty.url)
  await expect(alert).toContainText('The server has no model')
  await tryToConnect(page, 'my computer')
  await expect(alert).toContainText('“my computer” is not the address of a server.')
  expect((await readDatabase(page))['connections']).toEqual([])
  await site.close()
  await empty.close()
})

test('a connection is used, adjusted, tested again and removed', async ({ page, modelServer }) => {
  const other = await startModelServer({ kind: 'ollama', context: 4096 })
  await connectTo(page, modelServer.url)
  await connectTo(page, other.url)
  const first = cardOf(page, modelServer.url)
  const second = cardOf(page, other.url)
  const demo = page.getByRole('article', { name: 'Built-in demo' })
  await expect(second).toContainText('in use')
  await expect(first).not.toContainText('in use')
  await first.getByRole('button', { name: 'Use', exact: true }).click()
  await expect(first).toContainText('in use')
  await expect(second).not.toContainText('in use')

  await first.getByRole('button', { name: 'Adjust' }).click()
  await first.getByRole('spinbutton', { name: 'Reply length' }).fill('333')
  await first.getByRole('spinbutton', { name: 'Context' }).fill('5000')
  await first.getByRole('spinbutton', { name: 'Temperature' }).fill('0.5')
  await first.getByRole('button', { name: 'Save' }).click()
  await expect(first).toContainText('Reads up to 5,000 tokens.')
  await page.goto('/characters')
  await page.getByRole('link', { name: 'Jane Eyre' }).click()
  await page.getByRole('button', { name: 'New chat' }).click()
  await send(page, 'Are you cold?')
  await expect(lastTurn(page)).toContainText('You said')
  expect(modelServer.generations().at(-1)?.body).toMatchObject({ max_tokens: 333, temperature: 0.5 })

  await page.goto('/connections')
  const asked = modelServer.requests.length
  await first.getByRole('button', { name: 'Test again' }).click()
  await expect(first).toContainText('Reads up to 32,768 tokens.')
  expect(modelServer.requests.length).toBeGreaterThan(asked)
  await first.getByRole('button', { name: 'Adjust' }).click()
  await expect(first.getByRole('spinbutton', { name: 'Reply length' })).toHaveValue('333')

  await modelServer.close()
  await first.getByRole('button', { name: 'Test again' }).click()
  await expect(first.getByRole('alert')).toContainText('Nothing answers')
  await first.getByRole('button', { name: 'Remove' }).click()
  await expect(first).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(first).toBeVisible()
  await first.getByRole('button', { name: 'Remove' }).click()
  await expect(first).toHaveCount(0)
  await expect(demo).toContainText('in use')
  await page.reload()
  await expect(second).toBeVisible()
  await expect(first).toHaveCount(0)
  await other.close()
})

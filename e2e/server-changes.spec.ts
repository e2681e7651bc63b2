import { beginChat, connectTo, expect, lastTurn, readDatabase, replyEnded, send, test, turns } from './journey.ts'
import { type ModelServerOptions, startModelServer } from './model-server/model-server.ts'

// Each of these connects more than once, which takes its time.
test.slow()

/** A server that is stopped and started again as another, at the same address. */
async function startChangingServer(options: ModelServerOptions) {
  let server = await startModelServer(options)
  const { url, port } = server
  return {
    url,
    current: () => server,
    restart: async (changed: ModelServerOptions) => {
      await server.close()
      server = await startModelServer({ ...changed, port })
    },
    close: () => server.close(),
  }
}

test('a server that comes back without CORS: said with its flag, and Retry works once it is allowed', async ({
  page,
}) => {
  const server = await startChangingServer({ kind: 'vllm' })
  await connectTo(page, server.url, { model: 'her' })
  await beginChat(page)
  await send(page, 'Is it raining?')
  await expect(lastTurn(page)).toContainText('You said')
  await replyEnded(page)

  // Imitates a server that allows no page anything; the connection still knows the other.
  await server.restart({ kind: 'lmstudio' })
  await send(page, 'And now?')
  const note = lastTurn(page).getByRole('alert')
  await expect(note).toContainText('it does not allow pages from http://localhost', { timeout: 20_000 })
  await expect(note).toContainText('--allowed-origins')
  await expect(turns(page).getByText('And now?', { exact: true })).toBeVisible()

  await server.restart({ kind: 'vllm' })
  await note.getByRole('button', { name: 'Retry' }).click()
  await expect(lastTurn(page)).toContainText('You said “And now”')
  await expect(page.getByRole('alert')).toHaveCount(0)
  await expect(lastTurn(page).getByText(/\d of \d/)).toHaveCount(0)
  await server.close()
})

test('a server that asks for another key from now on gets it through Connections', async ({ page }) => {
  const server = await startChangingServer({ kind: 'llamacpp', key: 'sk-old' })
  await connectTo(page, server.url, { key: 'sk-old', model: 'her' })
  await beginChat(page)
  const address = page.url()
  await server.restart({ kind: 'llamacpp', key: 'sk-new' })
  await send(page, 'Is it raining?')
  await expect(lastTurn(page).getByRole('alert')).toContainText('The server does not accept the API key.')

  await page.goto('/connections')
  await page.getByRole('textbox', { name: 'Base URL' }).fill(server.url)
  await page.getByRole('textbox', { name: 'API key' }).fill('sk-wrong')
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText('The key was refused')
  await page.getByRole('textbox', { name: 'API key' }).fill('sk-new')
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  await expect(page.getByText('Connected to her.')).toBeVisible({ timeout: 20_000 })
  const { connections, keys } = await readDatabase(page)
  expect(connections).toHaveLength(1)
  expect(keys).toHaveLength(1)

  await page.goto(address)
  await lastTurn(page).getByRole('button', { name: 'Retry' }).click()
  await expect(lastTurn(page)).toContainText('You said “Is it raining”')
  expect(server.current().generations().at(-1)?.headers.authorization).toBe('Bearer sk-new')
  await server.close()
})

import { tinyModel } from '../src/core/gguf/tiny-model.test-kit.ts'
import { beginChat, expect, lastStored, lastTurn, send, test, turns } from './journey.ts'

test('a model file answers in the page with no server, stops, is still there after a reload, and can be deleted', async ({
  page,
  baseURL,
}) => {
  const elsewhere: string[] = []
  page.on('request', (request) => {
    if (!request.url().startsWith(`${baseURL}/`) && !/^(?:blob|data):/.test(request.url()))
      elsewhere.push(request.url())
  })
  await page.goto('/connections')
  const here = page.getByRole('region', { name: 'In this browser' })
  const model = { name: 'tiny.gguf', mimeType: 'application/octet-stream', buffer: Buffer.from(tinyModel()) }
  await here.getByLabel('Choose a .gguf file').setInputFiles({ ...model, buffer: model.buffer.subarray(0, 90_000) })
  await expect(here.getByRole('alert')).toContainText('is cut off')
  await here.getByLabel('Choose a .gguf file').setInputFiles(model)
  const row = here.getByRole('article', { name: 'tiny.gguf' })
  await expect(row).toContainText('in use')
  await expect(row).toContainText('licence mit')

  await beginChat(page)
  await send(page, 'Good evening.')
  await expect(page.getByText(/^(?:Loading the model|Reading the prompt)/)).toBeVisible()
  await expect(lastTurn(page).getByTestId('stage')).toHaveText('planning', { timeout: 60_000 })
  await page.getByRole('button', { name: 'Stop' }).click()
  await expect(page.getByRole('button', { name: 'Send' })).toBeVisible()
  const stored = await lastStored(page)
  expect(stored).toMatchObject({ ending: 'stopped', making: { model: 'tiny.gguf' } })
  expect(stored?.raw).toMatch(/^<system_thinking>./)

  await page.goto('/connections')
  await expect(row).toContainText('in use')
  await row.getByRole('button', { name: 'Delete' }).click()
  await row.getByRole('button', { name: /^Delete / }).click()
  await expect(row).toHaveCount(0)
  await page.reload()
  await expect(here.getByRole('button', { name: 'Download Qwen3 0.6B…' })).toBeVisible()
  await expect(row).toHaveCount(0)
  expect(elsewhere).toEqual([])
  await page.goBack()
  await expect(turns(page)).toHaveCount(3)
})

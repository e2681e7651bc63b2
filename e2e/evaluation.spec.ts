import { readFile } from 'node:fs/promises'
import { coserCase } from '../src/core/coser/coser.test-kit.ts'
import { violationsOf } from './axe.ts'
import { expect, chatTest as test } from './journey.ts'

const cases = [0, 1, 2].map((number) => ({ ...coserCase, i_c: number, topic: `Case ${number}` }))

test('a model plays scenes of a book and is judged: watched, paused, gone on with after a reload, and reported', async ({
  page,
  modelServer,
}) => {
  await page.goto('/lab/evaluate')
  await page.getByLabel('Load cases…').setInputFiles({
    name: 'test_set.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(cases)),
  })
  await expect(page.getByText('test_set.json: cases 3')).toBeVisible()
  await page.getByRole('textbox', { name: 'Rounds at most' }).fill('6')
  await page.getByRole('textbox', { name: 'Name of the run' }).fill('A short one')
  await page.getByRole('button', { name: 'Start' }).click()

  const run = page.getByRole('article', { name: 'A short one' })
  const scene = run.getByRole('region', { name: /Grey Ness/ })
  await expect(scene.getByRole('listitem').first()).toBeVisible()
  await run.getByRole('button', { name: 'Pause' }).click()
  await expect(run.getByRole('status')).toContainText('Paused')
  const asked = modelServer.generations().map(({ body }) => JSON.stringify(body))
  await page.reload()
  await run.getByRole('button', { name: 'Go on' }).click()
  await expect(run.getByRole('status')).toContainText('Done', { timeout: 60_000 })
  // What was answered before the pause is not asked again; what was under way may be.
  const again = modelServer.generations().filter(({ body }) => asked.includes(JSON.stringify(body)))
  expect(again.length - asked.length).toBeLessThanOrEqual(16)

  // The address still says which run was open.
  await expect(run.getByText('cases 3 of 3')).toBeVisible()
  await expect(run.getByText(/storyline consistency/i).first()).toBeVisible()
  const list = run.getByRole('list', { name: 'Cases' })
  await expect(list.getByRole('button')).toHaveCount(3)
  await list.getByRole('button').last().press('Enter')
  await expect(run.getByRole('region', { name: /Grey Ness-4-2/ })).toBeVisible()
  expect(await violationsOf(page)).toEqual([])

  await run.getByRole('checkbox', { name: 'Choose' }).check()
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'HTML' }).click()
  const report = await readFile(await (await downloading).path(), 'utf8')
  expect(report).toContain('her-2026')
  expect(report).toContain('<svg')
  expect(report).not.toMatch(/<script/i)
})

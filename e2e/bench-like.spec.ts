import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { benchSeed } from '../src/core/bench-like/bench-like.test-kit.ts'
import { violationsOf } from './axe.ts'
import { expect, chatTest as test } from './journey.ts'

const seeds = ['en_01', 'en_02', 'en_03'].map((id) => ({ ...benchSeed, id, user_setting: `He is ${id}.` }))
const file = [...seeds.map((seed) => JSON.stringify(seed)), 'no JSON', '{"id": "en_09", "ai_name": "Marta"}'].join('\n')

test('Role-Play-Bench-like in the page: seeds are loaded, a run is reloaded in its midst, read and compared', async ({
  page,
  modelServer,
}) => {
  await page.goto('/lab/bench')
  await page.getByLabel('Load seeds…').setInputFiles({
    name: 'seeds.jsonl',
    mimeType: 'application/jsonl',
    buffer: Buffer.from(file),
  })
  await expect(page.getByText('seeds.jsonl: 3 seeds')).toBeVisible()
  const leftOut = page.getByRole('list', { name: 'Left out of the file' })
  await expect(leftOut).toContainText('Line 4 is no JSON object')
  await expect(leftOut).toContainText('Line 5 lacks ai_setting')
  // What is dropped here goes to the run, not into the library.
  await page.evaluate((text) => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File([text], 'dropped.jsonl'))
    document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }))
  }, file)
  await expect(page.getByText('dropped.jsonl: 3 seeds')).toBeVisible()
  await page.getByRole('textbox', { name: 'Turns', exact: true }).fill('half')
  await expect(page.getByRole('button', { name: 'Start' })).toBeDisabled()
  await page.getByRole('textbox', { name: 'Turns', exact: true }).fill('6')
  await page.getByRole('textbox', { name: 'Dialogues of each seed' }).fill('1')
  await page.getByRole('textbox', { name: 'Turns judged at once' }).fill('4')
  await page.getByRole('textbox', { name: 'Name of the run' }).fill('A short one')
  await page.getByRole('button', { name: 'Start' }).click()

  const run = page.getByRole('article', { name: 'A short one' })
  await expect(run.getByRole('region', { name: 'en_01' }).getByRole('listitem').nth(2)).toBeVisible()
  const asked = modelServer.generations().map(({ body }) => JSON.stringify(body))
  await page.reload()
  await run.getByRole('button', { name: 'Go on' }).click()
  await expect(run.getByRole('status')).toContainText('Done', { timeout: 60_000 })
  // What was answered before is not asked again; what was under way may be.
  const again = modelServer.generations().filter(({ body }) => asked.includes(JSON.stringify(body)))
  expect(again.length - asked.length).toBeLessThanOrEqual(5)

  // The address still says which run was open.
  await expect(run.getByText('dialogues 3 of 3')).toBeVisible()
  const line = run.getByRole('listitem').filter({ hasText: 'It repeats itself.' }).first()
  await expect(line).toContainText('Marta')
  const [played = '', finding = ''] = (await line.getByRole('paragraph').allInnerTexts()).slice(-2)
  // The judge is shown what is done between stars; the words that it quotes stand in the line.
  expect(played).toContain(/“\*?([^*]{12})/.exec(finding)?.[1])

  await copyRun(page, 'The same, worse', 7)
  await page.reload()
  for (const name of ['A short one', 'The same, worse'])
    await page.getByRole('article', { name }).getByRole('checkbox', { name: 'Choose' }).check()
  await page.getByRole('button', { name: 'Compare two' }).click()
  await expect(page.getByText('Cases in common: 3. Won 0, tied 0, lost 3.')).toBeVisible()
  await expect(page.getByRole('row', { name: /Overall.*-7\.00.*More than chance/ })).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
  await page.getByRole('link', { name: 'en_03 in “The same, worse”' }).press('Enter')
  const sought = page.getByRole('article', { name: 'The same, worse' }).getByRole('region', { name: 'en_03' })
  await expect(sought).toBeFocused()

  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'HTML' }).click()
  const report = await readFile(await (await downloading).path(), 'utf8')
  expect(report).toContain('Role-Play-Bench-like')
  expect(report).toContain('3 in common: 0 won, 0 tied, 3 lost.')
})

/** Writes the newest run once more, with so many points less for everything. */
function copyRun(page: Page, title: string, less: number): Promise<void> {
  return page.evaluate(
    async ({ title, less }) => {
      const settled = <Value>(request: IDBRequest<Value>) =>
        new Promise<Value>((resolve, reject) => {
          request.onsuccess = () => resolve(request.result)
          request.onerror = () => reject(request.error)
        })
      const [named] = (await indexedDB.databases()).filter(({ name }) => name?.startsWith('subtext'))
      const database = await settled(indexedDB.open(named?.name ?? ''))
      const tables = database.transaction(['jobs', 'jobRecords'], 'readwrite')
      const jobs = (await settled(tables.objectStore('jobs').getAll())).filter(({ kind }) => kind === 'bench-like')
      const records = await settled(tables.objectStore('jobRecords').getAll())
      const id = crypto.randomUUID()
      const [job] = jobs
      tables.objectStore('jobs').put({ ...job, id, title, createdAt: job.createdAt + 1 })
      for (const record of records.filter(({ jobId }) => jobId === job.id)) {
        const { value } = record
        for (const { scores = {} } of record.key.startsWith('dialogue/') ? value.stretches : [])
          for (const name of Object.keys(scores)) scores[name] -= less
        tables.objectStore('jobRecords').put({ ...record, jobId: id })
      }
      await new Promise((resolve) => tables.addEventListener('complete', resolve))
      database.close()
    },
    { title, less },
  )
}

import type { Turn } from '../src/core/conversation/turn.ts'
import { violationsOf } from './axe.ts'
import { chatTest, expect, readDatabase, turns } from './journey.ts'

const story = `Rain runs down the panes of the office.

Anna: Good evening, inspector.

Boris: [She has hidden it well, I give her that.] Leave her be.

Anna: It is only numbers.

Boris: (looks at the sea) Numbers, then.`

chatTest(
  'thoughts are written behind a story, by a teacher that is cut off and talks nonsense at times',
  async ({ page, modelServer }) => {
    const asked = () => modelServer.generations().map(({ text }) => text)

    // From a chat one comes with that chat chosen.
    await page.getByRole('button', { name: 'Chat menu' }).click()
    await page.getByRole('menuitem', { name: 'Write the thoughts behind it…' }).click()
    const form = page.getByRole('region', { name: 'New job' })
    await expect(form.getByRole('checkbox', { name: /Sherlock Holmes/ }).and(page.locator(':checked'))).toHaveCount(1)
    await form
      .getByRole('checkbox', { name: /Sherlock Holmes/ })
      .and(page.locator(':checked'))
      .uncheck()

    // A story of which there is only a text.
    await form.getByText('Or a story from a text').click()
    await form.getByRole('textbox', { name: 'Story' }).fill(story)
    await form.getByRole('button', { name: 'Keep it as a chat' }).click()
    await expect(form.getByText('Kept as a chat: 5 turns of 2 characters.')).toBeVisible()
    await expect(form.getByText(/^4 turns, 4 calls; about/)).toBeVisible()

    // Its first answer is nonsense, and the second is waited for until the reader has paused and reloaded.
    modelServer.forget()
    // Other tests of this worker had jobs of their own.
    const recordsOf = async () => (await readDatabase(page))['jobRecords']?.length ?? 0
    const recordsBefore = await recordsOf()
    modelServer.next({ text: 'I would rather not.' }, {}, { queue: 60_000 })
    await form.getByRole('button', { name: 'Start' }).click()
    const job = page.getByRole('article', { name: /^Rain runs down/ })
    await expect.poll(() => asked().length).toBeGreaterThanOrEqual(4)
    await expect(job.getByText('1 under way')).toBeVisible()
    await job.getByRole('button', { name: 'Pause' }).click()
    await expect(job.getByRole('button', { name: 'Go on' })).toBeVisible()
    await page.reload()
    await job.getByRole('button', { name: 'Go on' }).click()
    await expect(job.getByText(/Done/)).toBeVisible()
    // Each finished call was asked once: what was under way when it was paused, and nothing else, was asked again.
    const askedAgain = asked().length - ((await recordsOf()) - recordsBefore)
    expect(askedAgain).toBeGreaterThanOrEqual(1)
    expect(askedAgain).toBeLessThanOrEqual(2)
    // Nobody's thoughts were told to whom they are not of.
    for (const text of asked()) if (text.includes('no others: [1')) expect(text).not.toContain('hidden it well')

    // Each turn beside what it was; one is wanted once more, all are taken.
    await job.getByRole('button', { name: 'What came of it' }).click()
    const results = job.getByRole('region')
    await expect(results.getByRole('button', { name: 'Compare' })).toHaveCount(4)
    await results.getByRole('button', { name: 'Compare' }).first().click()
    await expect(results.getByText('If I answer too fast it will sound prepared')).toBeVisible()
    await expect(results.getByRole('row', { name: /^Anna/ })).toContainText('bits')
    expect(await violationsOf(page)).toEqual([])
    const before = asked().length
    await results.getByRole('button', { name: 'Once more' }).first().click()
    await expect.poll(() => asked().length).toBeGreaterThan(before)
    await expect(job.getByText(/Done/)).toBeVisible()
    await expect(results.getByRole('button', { name: 'Once more' })).toHaveCount(4)
    await results.getByRole('button', { name: /^Take all 4/ }).click()
    await results.getByRole('link', { name: 'Read what was taken' }).click()

    // The branch is another take; what was there is there still.
    await expect(turns(page).filter({ hasText: 'Written afterwards by her' }).first()).toBeVisible()
    const { turns: rows } = (await readDatabase(page)) as unknown as { turns: Turn[] }
    expect(rows.filter(({ raw }) => raw === 'It is only numbers.')).toHaveLength(1)
    expect(rows.filter(({ making }) => making?.provenance?.kind === 'reverse-engineered')).toHaveLength(4)
  },
)

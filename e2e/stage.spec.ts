import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import type { Conversation } from '../src/core/conversation/conversation.ts'
import type { Turn } from '../src/core/conversation/turn.ts'
import { violationsOf } from './axe.ts'
import { chatTest, connectTo, expect, lastTurn, replyEnded, test, turns } from './journey.ts'
import { startModelServer } from './model-server/model-server.ts'

const said = (words: string, thought = '') => ({
  text: `A plan.</system_thinking>${thought && `<role_thinking>${thought}</role_thinking>`}${words}`,
})

async function expectAccessible(page: Page): Promise<void> {
  expect(await violationsOf(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
}

/** Opens a scene of bundled characters, of whom all are there but `away`. */
async function openScene(page: Page, slugs: readonly string[], away?: string): Promise<void> {
  const ids = slugs.map((slug) => `bundled-${slug}`)
  const at = Date.now()
  // Sorts before those of the app: its journeys look at the newest turn on disk.
  const id = `0-scene-${at}`
  const turn = {
    id: `${id}-1`,
    conversationId: id,
    parentId: null,
    speaker: { kind: 'environment' },
    dialect: 'her',
    raw: 'Rain beats on the shutters.',
    ending: 'complete',
    present: ids.filter((one) => one !== `bundled-${away}`),
    createdAt: at,
  } as unknown as Turn
  const row = {
    id,
    characterId: ids[0],
    cast: ids,
    title: 'At the inn',
    headId: turn.id,
    createdAt: at,
    updatedAt: at,
  } as unknown as Conversation
  await page.goto('/characters')
  await expect(page.getByRole('main').getByRole('link', { name: 'Jane Eyre' })).toBeVisible()
  await page.evaluate(
    async ([conversation, first]) => {
      const opening = indexedDB.open('subtext')
      await new Promise((resolve) => opening.addEventListener('success', resolve))
      const writing = opening.result.transaction(['conversations', 'turns'], 'readwrite')
      writing.objectStore('conversations').put(conversation)
      writing.objectStore('turns').put(first)
      await new Promise((resolve) => writing.addEventListener('complete', resolve))
      opening.result.close()
    },
    [row, turn] as const,
  )
  await page.goto(`/chat/${id}`)
  await expect(lastTurn(page)).toContainText('Rain beats')
}

async function say(page: Page, words: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Message' }).fill(words)
  await page.getByRole('textbox', { name: 'Message' }).press('Enter')
  // What stands in brackets is thought, and sealed.
  await expect(turns(page).filter({ hasText: words.split(' [')[0] ?? words })).toBeVisible()
}

/** The words that stand under faces, each as it comes, with whose face it is; until `last` has come. */
async function wordsOnStage(
  page: Page,
  last: string,
): Promise<readonly { readonly face: string; readonly word: string }[]> {
  return page.evaluate(async (lastWord) => {
    const seen: { face: string; word: string }[] = []
    while (seen.at(-1)?.word !== lastWord) {
      for (const element of document.querySelectorAll('[data-testid="stage-word"]')) {
        const word = element.textContent ?? ''
        const face = element.closest('button')?.textContent ?? ''
        if (word !== '' && seen.at(-1)?.word !== word) seen.push({ face, word })
      }
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    return seen
  }, last)
}

const castOf = (page: Page) => page.getByRole('region', { name: 'Who is in the scene' })

chatTest(
  'the stage tells who speaks and who thought, a script is set and saved as a play',
  async ({ page, modelServer }) => {
    chatTest.setTimeout(120_000)
    const cast = castOf(page)
    await openScene(page, ['sherlock-holmes', 'jane-eyre', 'count-dracula'], 'count-dracula')
    // How deep a character is read is remembered, from whatever came before in this profile.
    await page.getByRole('radio', { name: 'Words' }).check({ force: true })

    await page.getByRole('log').focus()
    await page.keyboard.press('Alt+v')
    await expect(cast.getByRole('list', { name: 'Away' })).toContainText('Count Dracula')
    await page.reload()
    await expect(cast.getByRole('list', { name: 'Away' })).toBeVisible()

    // Live, with the word of what they are at.
    modelServer.next({
      text: `${'She weighs it. '.repeat(8)}</system_thinking><role_thinking>${'He suspects me. '.repeat(8)}</role_thinking><role_action>${'turns to the fire and then away again '.repeat(4)}</role_action>${'I prefer the fire, sir. '.repeat(8)}`,
      rate: 40,
    })
    // Watched from before it begins: on a busy machine the first word may have gone by when the message is seen.
    const watched = wordsOnStage(page, 'speaking')
    await say(page, 'Jane, are you cold?')
    const words = (await watched).filter(({ word }) => word !== 'waiting')
    expect(words.map(({ word }) => word)).toEqual(['planning', 'feeling', 'acting', 'speaking'])
    for (const { face: whose } of words) expect(whose).toMatch(/^Jane Eyre/)
    await replyEnded(page)

    // The mark leads to the thought, and is gone when it was opened.
    const mark = cast.getByRole('button', { name: 'Open what Jane Eyre thought' })
    await expectAccessible(page)
    await mark.focus()
    await page.keyboard.press('Enter')
    const thought = lastTurn(page).getByRole('button', { name: 'Inner thought' })
    await expect(thought).toHaveAttribute('aria-expanded', 'true')
    await expect(thought).toBeFocused()
    await expect(mark).toBeHidden()
    await page.setViewportSize({ width: 390, height: 844 })
    await expect(page.getByRole('button', { name: 'Let it run' })).toBeInViewport()
    await expectAccessible(page)

    await page.keyboard.press('Alt+i')
    await expect(lastTurn(page).getByText('(Aside:')).toBeHidden()
    await expect(lastTurn(page).getByRole('button', { name: 'Planning' })).toBeHidden()
    await expectAccessible(page)
    await page.emulateMedia({ colorScheme: 'dark' })
    await expectAccessible(page)
    await page.emulateMedia({ colorScheme: 'light' })
    await page.setViewportSize({ width: 1280, height: 800 })

    await page.keyboard.press('Alt+x')
    const dialog = page.getByRole('dialog', { name: 'Export' })
    await expect(dialog.getByRole('combobox', { name: 'Format' })).toHaveValue('script')
    await dialog.getByRole('checkbox', { name: 'Inner thought' }).check()
    await expect(dialog.getByRole('button', { name: 'Print' })).toBeEnabled()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: 'Save' }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/^At the inn .* \(script\)\.html$/)
    const saved = await readFile(await download.path(), 'utf8')
    const play = await page.context().newPage()
    await play.setContent(saved)
    await play.emulateMedia({ media: 'print' })
    await expect(play.getByRole('heading', { level: 1 })).toHaveText('At the inn')
    await expect(play.getByRole('list', { name: 'Persons' })).toContainText('Count Dracula')
    await expect(play.getByRole('article').last()).toContainText('(Aside: He suspects me.')
    await expect(play.getByRole('article').last()).not.toContainText('weighs it')
    expect((await play.pdf()).length).toBeGreaterThan(1000)
    await play.close()
  },
)

test('two minds on two servers: neither is told what the other thinks, and a server that is gone is replaced', async ({
  page,
  modelServer,
}) => {
  test.setTimeout(150_000)
  const second = await startModelServer({ key: 'SECOND-KEY' })
  try {
    await connectTo(page, `${second.url}/v1`, { key: 'SECOND-KEY', model: 'her' })
    await connectTo(page, `${modelServer.url}/v1`, { model: 'her' })
    await openScene(page, ['sherlock-holmes', 'jane-eyre', 'count-dracula'])
    const cast = castOf(page)
    const { host } = new URL(second.url)
    await cast.getByRole('button', { name: 'Jane Eyre' }).click()
    await page.getByRole('menuitem', { name: 'Choose their model' }).click()
    const models = page.getByRole('dialog', { name: 'Models of this chat' })
    await models.getByRole('combobox', { name: 'Model of Jane Eyre' }).selectOption({ label: `her at ${host}` })
    await expect(models.getByText(`her at ${host} answers, chosen here.`)).toBeVisible()
    await expectAccessible(page)
    await models.getByRole('button', { name: 'Close' }).click()
    modelServer.forget()
    second.forget()

    second.next(said('I prefer the fire.', 'JANE-CANARY'))
    await say(page, 'Jane, are you cold?')
    await replyEnded(page)
    await expect(lastTurn(page)).toHaveAttribute('aria-label', 'Jane Eyre')
    modelServer.next(said('Elementary.', 'HOLMES-CANARY'))
    await say(page, 'Mr Holmes, what do you make of her? [READER-CANARY]')
    await replyEnded(page)
    await expect(lastTurn(page)).toContainText('Elementary.')
    second.next(said('Sir!'))
    await say(page, 'Jane, he watches you.')
    await replyEnded(page)
    await expect(lastTurn(page)).toContainText('Sir!')
    expect(second.generations()).toHaveLength(2)
    expect(modelServer.generations()).toHaveLength(1)

    // What all of them would think of a draft: of each by their own server.
    await page.getByRole('textbox', { name: 'Message' }).fill('The door is locked.')
    await page.getByRole('button', { name: 'What would they think?' }).click()
    for (const name of ['Sherlock Holmes', 'Jane Eyre', 'Count Dracula']) {
      const mirror = page.getByRole('region', { name: `What ${name} would think` })
      await expect(mirror.getByText('…')).toBeHidden()
      await expect(mirror).toHaveText(/unsaid.*\S/)
    }
    expect(second.generations()).toHaveLength(3)
    expect(modelServer.generations()).toHaveLength(3)
    await page.getByRole('textbox', { name: 'Message' }).fill('')

    const bodies = (server: typeof second) => server.requests.map(({ text }) => text).join('\n')
    expect(bodies(second)).toContain('JANE-CANARY')
    expect(bodies(second)).not.toMatch(/HOLMES-CANARY|READER-CANARY/)
    expect(bodies(modelServer)).toContain('HOLMES-CANARY')
    expect(bodies(modelServer)).not.toMatch(/JANE-CANARY|READER-CANARY/)
    const keys = (server: typeof second) => new Set(server.generations().map(({ headers }) => headers.authorization))
    expect(keys(second)).toEqual(new Set(['Bearer SECOND-KEY']))
    expect(keys(modelServer)).toEqual(new Set([undefined]))

    await lastTurn(page).getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitem', { name: 'About this turn' }).click()
    await expect(page.getByRole('dialog', { name: 'About this turn' })).toContainText(second.url)
    await page.keyboard.press('Escape')

    const address = page.url()
    await page.goto('/connections')
    await page.getByRole('article', { name: host }).getByRole('button', { name: 'Remove' }).click()
    await expect(page.getByRole('article', { name: host })).toHaveCount(0)
    await page.goto(address)
    modelServer.next(said('Then I shall knock.'))
    await say(page, 'Jane, the door is locked.')
    await replyEnded(page)
    await expect(lastTurn(page)).toContainText('Then I shall knock.')
    await expect(lastTurn(page)).toContainText('The connection that was chosen for who speaks here is gone.')

    // Lists know the scene by everyone in it.
    await page.goto('/chats')
    await expect(page.getByRole('main').getByRole('listitem').filter({ hasText: 'At the inn' })).toContainText(
      'Sherlock Holmes, Jane Eyre, and Count Dracula',
    )
    await page.goto('/characters/bundled-count-dracula')
    await expect(page.getByRole('link', { name: 'At the inn' }).first()).toBeVisible()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Delete character' }).click()
    await expect(page.getByText('The chats stay, and so does the part in a scene.')).toBeVisible()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.goto(address)
    await expect(cast.getByRole('button', { name: 'Count Dracula' })).toBeVisible()
  } finally {
    await second.close()
  }
})

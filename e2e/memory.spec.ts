import type { Page } from '@playwright/test'
import type { Connection } from '../src/core/connection.ts'
import type { Conversation } from '../src/core/conversation/conversation.ts'
import type { Turn } from '../src/core/conversation/turn.ts'
import type { StoryMemory } from '../src/core/story/story-memory.ts'
import { violationsOf } from './axe.ts'
import { beginChat, connectTo, expect, lastTurn, readDatabase, replyEnded, test } from './journey.ts'

const reply = (words: string) =>
  `He weighs it.</system_thinking>Sherlock Holmes: <role_thinking>Mud.</role_thinking>${words}`
const filler = 'The river was high that night, and the lamps along the wharf went out one after the other. '.repeat(7)

/** Puts exchanges behind the newest turn of the only chat, and narrows its model's window. Takes effect with a reload. */
async function growStory(page: Page, exchanges: number, contextTokens: number): Promise<void> {
  await page.evaluate(
    async ({ exchanges, contextTokens, filler }) => {
      const settled = <Value>(request: IDBRequest<Value>) =>
        new Promise<Value>((resolve, reject) => {
          request.onsuccess = () => resolve(request.result)
          request.onerror = () => reject(request.error)
        })
      const [{ name = '' } = {}] = await indexedDB.databases()
      const database = await settled(indexedDB.open(name))
      const tables = database.transaction(['turns', 'conversations', 'connections'], 'readwrite')
      const of = (table: string) => tables.objectStore(table)
      const [conversation] = (await settled(of('conversations').getAll())) as Conversation[]
      const [connection] = (await settled(of('connections').getAll())) as Connection[]
      if (!conversation || !connection) throw new Error('There is no chat, or no connection')
      let parentId = conversation.headId
      for (let index = 0; index < exchanges * 2; index += 1) {
        const number = Math.floor(index / 2)
        const isReply = index % 2 === 1
        const turn: Turn = {
          id: `zz${String(index).padStart(4, '0')}` as Turn['id'],
          conversationId: conversation.id,
          parentId,
          speaker: isReply ? { kind: 'character', characterId: conversation.characterId } : { kind: 'user' },
          dialect: isReply ? 'her' : 'player',
          raw: isReply
            ? `<system_thinking>PLANNED${number}</system_thinking><role_thinking>OWN${number}</role_thinking>Answer ${number}. ${filler}`
            : `Line ${number}. ${filler} [UNSAID${number}]`,
          ending: 'complete',
          createdAt: Date.now(),
        }
        parentId = turn.id
        await settled(of('turns').put(turn))
      }
      await settled(of('conversations').put({ ...conversation, headId: parentId }))
      const capabilities = { ...connection.capabilities, contextTokens }
      await settled(
        of('connections').put({ ...connection, capabilities, sampling: { ...connection.sampling, maxTokens: 600 } }),
      )
      database.close()
    },
    { exchanges, contextTokens, filler },
  )
  await page.reload()
}

/** Says something and waits for the whole answer; in a long story not every turn is in the page. */
async function say(page: Page, words: string, answer: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Message' }).fill(words)
  await page.getByRole('button', { name: 'Send' }).click()
  await expect(lastTurn(page).getByText(answer)).toBeVisible()
  await replyEnded(page)
}

test('a long story goes on with a memory of its oldest turns, and with takes made ahead', async ({
  page,
  modelServer,
}) => {
  await connectTo(page, `${modelServer.url}/v1`, { model: 'her' })
  await beginChat(page)
  await growStory(page, 16, 6500)
  const dialog = page.getByRole('dialog', { name: 'Memory' })
  const text = dialog.getByRole('textbox', { name: 'What is remembered' })
  const sent = () => modelServer.generations().map((request) => request.text)
  modelServer.forget()
  modelServer.next(
    { text: reply('Go on.') },
    { text: '<system_thinking>A PLAN of the summary.</system_thinking>They met by the river. The lamps went out.' },
  )

  await test.step('the oldest turns are summarised after a reply', async () => {
    await say(page, 'And then?', 'Go on.')
    await expect.poll(() => sent().length).toBe(2)
    const asked = sent()[1] ?? ''
    for (const told of ['Line 0.', 'OWN0', 'Sherlock Holmes']) expect(asked).toContain(told)
    for (const secret of ['UNSAID', 'PLANNED']) expect(asked).not.toContain(secret)
    await page.keyboard.press('Alt+m')
    await expect(text).toHaveValue('They met by the river. The lamps went out.')
    await expect(dialog.getByText(/^Stands for turns 1–\d+, which are not sent/)).toBeVisible()
    expect(await violationsOf(page)).toEqual([])
  })

  await test.step('it is changed by hand, and the version before comes back', async () => {
    await text.fill('They met by the river, and the lamps went out.')
    await dialog.getByRole('button', { name: 'Save as a new version' }).click()
    await dialog.getByText('One other version').click()
    await expect(dialog.locator('ins')).toHaveText([', and the'])
    await dialog.getByRole('button', { name: 'Use this version' }).click()
    await expect(text).toHaveValue('They met by the river. The lamps went out.')
    await dialog.getByRole('button', { name: 'Delete the memory' }).click()
    await page.getByRole('button', { name: 'Undo' }).click()
    const { memories } = await readDatabase(page)
    const [memory] = memories as StoryMemory[]
    expect(memory?.versions.map(({ writtenBy }) => writtenBy)).toEqual(['model', 'reader', 'model'])
  })

  await test.step('it stands in the next request in place of its turns, and the inspector says so', async () => {
    await page.keyboard.press('Alt+p')
    const inspector = page.getByRole('dialog', { name: 'What the model sees' })
    await expect(inspector.locator('[data-source=memory]')).toContainText('They met by the river. The lamps')
    await expect(inspector.getByText(/^Turns 1–\d+ are not sent/)).toBeVisible()
    await page.keyboard.press('Escape')
    modelServer.next({ text: reply('Quite.') })
    await say(page, 'And now?', 'Quite.')
    const request = sent().at(-1) ?? ''
    expect(request).toContain('They met by the river. The lamps went out.')
    for (const gone of ['Line 0.', 'OWN0', 'UNSAID', 'PLAN']) expect(request).not.toContain(gone)
    expect(sent()).toHaveLength(3)
  })

  await test.step('another take is made ahead, where that is wanted', async () => {
    await page.goto('/connections')
    await page.getByRole('button', { name: 'Adjust' }).click()
    await page.getByRole('checkbox', { name: 'Make the next take ahead' }).check()
    await page.getByRole('button', { name: 'Save' }).click()
    // Going back is another page: what is saved must be on disk.
    await expect(page.getByRole('button', { name: 'Save' })).toHaveCount(0)
    await page.goBack()
    modelServer.forget()
    modelServer.next(...['The first.', 'The second.', 'The third.'].map((words) => ({ text: reply(words) })))
    await say(page, 'Who was it?', 'The first.')
    await expect.poll(() => sent().length).toBe(2)
    expect(sent()[1]).toBe(sent()[0])
    await expect(lastTurn(page).getByText('The first.')).toBeVisible()
    await lastTurn(page).getByRole('button', { name: 'Again' }).click()
    await expect(lastTurn(page).getByText('The second.')).toBeVisible()
    await expect(lastTurn(page).getByText('2 of 2')).toBeVisible()
    await lastTurn(page).getByRole('button', { name: 'Next take' }).click()
    await expect(lastTurn(page).getByText('The third.')).toBeVisible()
  })
})

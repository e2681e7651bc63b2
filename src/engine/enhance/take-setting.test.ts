import { expect, test } from 'vitest'
import { createMemoryStorage } from '#adapters/memory-storage.ts'
import type { Character } from '#core/cards/character.ts'
import { createCard } from '#core/cards/create-card.ts'
import { viewCard } from '#core/cards/view-card.ts'
import type { CharacterId } from '#core/ids.ts'
import { outwardOf } from '#core/scene/cast.ts'
import { castOf } from '#core/scene/cast-of.ts'
import { settingOf } from '#core/training/enhance/character-setting.ts'
import { completeCard, completeMember } from '#core/training/enhance/complete-card.ts'
import type { CompletedSetting } from '#core/training/enhance/read-setting.ts'
import { takeSetting } from './take-setting.ts'

const id = 'anna' as CharacterId
const completed: CompletedSetting = {
  fields: {
    character_profile: 'A clerk\nof the harbour. Careful.',
    background: 'Nine years at the pier.',
    motivation: 'To keep the ledger. SECRET To be let alone.',
  },
  reasoning: 'DIALOGUE shows care',
}

async function setup(fields: Parameters<typeof createCard>[0]) {
  const storage = createMemoryStorage()
  const row: Character = {
    id,
    document: createCard(fields),
    hue: 1,
    origin: 'authored',
    createdAt: 1,
    updatedAt: 1,
  }
  await storage.write([{ type: 'put', table: 'characters', row }])
  // The scene has given her something more on her mind.
  const [member] = castOf([row], undefined, { secrets: { [id]: 'SECRET' } }).characters
  if (!member) throw new Error('nobody')
  const was = { ...settingOf(member), motivation: settingOf(member).motivation.replace(/\n+/, ' ') }
  let next = 0
  const take = () =>
    takeSetting(id, (document) => completeCard(document, completed, was), {
      storage,
      createId: () => `v${next++}`,
      now: () => 9,
    })
  const card = async () => viewCard((await storage.get('characters', id))?.document ?? row.document)
  const versions = async () => (await storage.get('cardHistories', id))?.versions.map(({ document }) => document)
  return { storage, take, card, versions, row, member }
}

const clerk = { name: 'Anna', description: 'A clerk of the harbour.', her: { motivation: 'To keep the ledger.' } }

test('what a setting lacked goes into a new version of the card, in one write, and back', async () => {
  const { storage, take, card, versions, row } = await setup(clerk)
  let writes = 0
  storage.onChange(() => {
    writes += 1
  })
  const undo = await take()
  expect(writes).toBe(1)
  expect(await card()).toMatchObject({
    description: 'A clerk of the harbour.',
    personality: 'Careful.\n\nNine years at the pier.',
    // What a scene alone has told her is not her card's.
    her: { motivation: 'To keep the ledger.\n\nTo be let alone.' },
  })
  expect(await versions()).toEqual([row.document])
  // It has it all by now.
  expect(await take()).toBeUndefined()
  await undo?.()
  expect((await storage.get('characters', id))?.document).toEqual(row.document)
  expect((await versions())?.length).toBe(2)
})

test('what the others see of a character stays as it was, in the card and in what is trained on', async () => {
  for (const fields of [clerk, { name: 'Anna', personality: 'Calm.' }, { name: 'Anna' }]) {
    const { take, card, member } = await setup(fields)
    await take()
    expect(outwardOf({ id, card: await card() })).toBe(outwardOf(member) || 'Anna')
    const complete = completeMember(member, completed)
    expect(outwardOf(complete)).toBe(outwardOf(member))
    expect(complete.card.description).toContain('Careful.')
  }
})

test('a card that is gone takes nothing', async () => {
  const { storage, take } = await setup(clerk)
  await storage.write([{ type: 'delete', table: 'characters', key: id }])
  expect(await take()).toBeUndefined()
})

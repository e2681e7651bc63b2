import { expect, test } from 'vitest'
import { readCardFile } from '#adapters/card-reader/read-card-file.ts'
import { createMemoryStorage } from '#adapters/memory-storage.ts'
import type { Character } from '#core/cards/character.ts'
import { createCard } from '#core/cards/create-card.ts'
import { viewCard } from '#core/cards/view-card.ts'
import { type CardFormat, writeCard } from '#core/cards/write-card.ts'
import { createIdSource } from './ids.ts'
import { type ImportedCard, openCardImport } from './import-cards.ts'

function setup() {
  const storage = createMemoryStorage()
  let time = 1000
  const now = () => (time += 1)
  const createId = createIdSource(now, (length) => crypto.getRandomValues(new Uint8Array(length)))
  const begin = () =>
    openCardImport({ storage, readCardFile, lookAtPicture: async () => ({ hue: 200 }), now, createId })
  const file = (name: string, description: string, format: CardFormat = 'json-v3') =>
    new Blob([writeCard({ document: createCard({ name, description }) }, format) as Uint8Array<ArrayBuffer>])
  const take = async (run: Awaited<ReturnType<typeof begin>>, blob: Blob): Promise<ImportedCard> => {
    for await (const { card } of run.importFile(blob, 'card')) {
      if (card.ok) return card.value
      throw new Error(card.error.type)
    }
    throw new Error('Nothing came')
  }
  const descriptions = async () =>
    (await storage.list('characters')).map(({ document }) => viewCard(document).description).sort()
  return { storage, begin, file, take, descriptions }
}

test('the same card is kept once, whichever format it comes in, in one import and in the next', async () => {
  const { begin, file, take, descriptions } = setup()
  const run = await begin()
  const first = await take(run, file('Vera', 'A locksmith.'))
  expect(first.kind).toBe('kept')
  // At once, as two files are read beside each other.
  const again = await Promise.all([
    take(run, file('Vera', 'A locksmith.', 'png')),
    take(run, file('Vera', 'A locksmith.', 'charx')),
  ])
  const later = await take(await begin(), file('Vera', 'A locksmith.', 'json-v2'))
  for (const one of [...again, later]) expect(one).toMatchObject({ kind: 'known', characterId: first.characterId })
  expect(await descriptions()).toEqual(['A locksmith.'])
})

test('two of a name in one import are two characters; a deleted one is nobody’s namesake', async () => {
  const { storage, begin, file, take } = setup()
  const run = await begin()
  expect((await take(run, file('Vera', 'One.'))).kind).toBe('kept')
  expect((await take(run, file('Vera', 'Two.'))).kind).toBe('kept')
  for (const row of await storage.list('characters')) {
    await storage.write([{ type: 'put', table: 'characters', row: { ...row, deletedAt: 5 } }])
  }
  expect((await take(await begin(), file('Vera', 'One.'))).kind).toBe('kept')
  expect((await take(await begin(), file('Vera', 'Three.'))).kind).toBe('namesake')
})

test('nothing of a namesake is kept until the reader says so', async () => {
  const { begin, file, take, descriptions, storage } = setup()
  await take(await begin(), file('Vera', 'Old.'))
  const namesake = await take(await begin(), file(' vera', 'New.'))
  if (namesake.kind !== 'namesake') throw new Error(namesake.kind)
  expect(await descriptions()).toEqual(['Old.'])
  expect(await storage.list('files')).toHaveLength(1)
  await namesake.keepBoth()
  expect(await descriptions()).toEqual(['New.', 'Old.'])
})

test('an update keeps the character, its chats and what it was; undone, every row is what it was', async () => {
  const { storage, begin, file, take, descriptions } = setup()
  const { characterId } = await take(await begin(), file('Vera', 'Old.', 'png'))
  const kept = (await storage.get('characters', characterId)) as Character
  const mine = { ...kept, isFavourite: true, folder: 'Mine', tags: ['x'] } as const
  await storage.write([{ type: 'put', table: 'characters', row: mine }])
  const snapshot = async () => ({
    characters: await storage.list('characters'),
    catalogue: await storage.list('catalogue'),
    files: (await storage.keys('files')).sort(),
  })
  const before = await snapshot()

  const namesake = await take(await begin(), file('Vera', 'New.'))
  if (namesake.kind !== 'namesake') throw new Error(namesake.kind)
  const undo = await namesake.update()
  const after = await storage.get('characters', characterId)
  expect(after).toMatchObject({ isFavourite: true, folder: 'Mine', tags: ['x'], portraitId: kept.portraitId })
  expect(await descriptions()).toEqual(['New.'])
  const history = await storage.get('cardHistories', characterId)
  expect(history?.versions.map(({ document }) => viewCard(document).description)).toEqual(['Old.'])

  await undo()
  expect(await snapshot()).toEqual(before)
  expect((await storage.get('cardHistories', characterId))?.versions).toEqual([])
})

test('an update is not undone over what was written into the card since', async () => {
  const { storage, begin, file, take, descriptions } = setup()
  const { characterId } = await take(await begin(), file('Vera', 'Old.'))
  const namesake = await take(await begin(), file('Vera', 'New.'))
  if (namesake.kind !== 'namesake') throw new Error(namesake.kind)
  const undo = await namesake.update()
  const current = (await storage.get('characters', characterId)) as Character
  const document = createCard({ name: 'Vera', description: 'Newest.' })
  await storage.write([{ type: 'put', table: 'characters', row: { ...current, document, updatedAt: 9_999_999 } }])
  await undo()
  expect(await descriptions()).toEqual(['Newest.'])
})

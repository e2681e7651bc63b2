import fc from 'fast-check'
import { unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { createMemoryStorage } from '#adapters/memory-storage.ts'
import { catalogueEntry } from '#core/cards/catalogue.ts'
import type { Character } from '#core/cards/character.ts'
import { createCard } from '#core/cards/create-card.ts'
import { readCard } from '#core/cards/read-card.ts'
import { viewCard } from '#core/cards/view-card.ts'
import { writeCard } from '#core/cards/write-card.ts'
import type { CharacterId, FileId } from '#core/ids.ts'
import { createCardDesk } from './card-desk.ts'
import { readCatalogue } from './read-catalogue.ts'
import { createShelves } from './shelve-cards.ts'

async function setup(count: number) {
  const storage = createMemoryStorage()
  const characters = Array.from(
    { length: count },
    (_, index): Character => ({
      id: `c${index}` as CharacterId,
      document: createCard({ name: `Vera ${index}`, description: `Number ${index}.`, tags: ['card'] }),
      hue: 1,
      origin: 'authored',
      createdAt: index,
      updatedAt: index,
    }),
  )
  await storage.write(characters.map((row) => ({ type: 'put', table: 'characters', row })))
  const shelves = createShelves(
    storage,
    async () => ({ hue: 1, thumbnail: new Blob(['small']) }),
    () => 77,
  )
  const ids = characters.map(({ id }) => id)
  return { storage, shelves, ids, rows: () => storage.list('characters') }
}

test('deleting many is undone all at once, and leaves alone who was deleted before', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 0, max: 249 })), async (chosen) => {
      const { shelves, ids, rows } = await setup(250)
      await shelves.remove([ids[7] as CharacterId])
      const before = await rows()
      const undo = await shelves.remove(chosen.map((index) => ids[index] as CharacterId))
      const gone = new Set([7, ...chosen])
      for (const [index, row] of (await rows()).entries()) expect(row.deletedAt !== undefined).toBe(gone.has(index))
      await undo()
      expect(await rows()).toEqual(before)
    }),
    { numRuns: 10 },
  )
})

test('favourites, folders and tags are the library’s: the card stays as it was, the catalogue follows', async () => {
  const { storage, shelves, ids, rows } = await setup(3)
  const before = await rows()
  const some = ids.slice(0, 2)
  await shelves.setFavourite(some, true)
  await shelves.moveTo(some, 'Work')
  await shelves.addTag(some, 'Mine')
  await shelves.addTag(some, 'CARD')
  await shelves.addTag(some, 'mine')
  expect(await rows()).toMatchObject([
    { isFavourite: true, folder: 'Work', tags: ['Mine'] },
    { isFavourite: true, folder: 'Work', tags: ['Mine'] },
    before[2],
  ])
  expect((await rows()).map(({ document, updatedAt }) => ({ document, updatedAt }))).toEqual(
    before.map(({ document, updatedAt }) => ({ document, updatedAt })),
  )
  expect(await storage.list('catalogue')).toEqual((await rows()).map(catalogueEntry))
  await shelves.setFavourite(ids, false)
  await shelves.moveTo(ids, undefined)
  await shelves.removeTag(ids, 'MINE')
  expect(await rows()).toEqual(before)
})

test('entries that are missing or old are made when the catalogue is read', async () => {
  const { storage, rows } = await setup(60)
  const whole = await storage.list('catalogue')
  const [first, second] = whole
  if (!first || !second) throw new Error('Empty')
  await storage.write([
    { type: 'delete', table: 'catalogue', key: first.id },
    { type: 'put', table: 'catalogue', row: { ...second, form: 0, name: 'Stale' } },
  ])
  expect(await readCatalogue(storage)).toEqual((await rows()).map(catalogueEntry))
  expect(new Set(await storage.list('catalogue'))).toEqual(new Set(whole))
})

test('a thumbnail is drawn once, for the picture that is still there', async () => {
  const { storage, shelves, ids } = await setup(1)
  const [id] = ids as [CharacterId]
  const row = (await storage.get('characters', id)) as Character
  await storage.write([
    { type: 'put', table: 'files', row: { id: 'face' as FileId, blob: new Blob(['large']) } },
    { type: 'put', table: 'characters', row: { ...row, portraitId: 'face' as FileId } },
  ])
  await shelves.drawThumbnail(id)
  const { thumbnailId } = (await storage.get('characters', id)) as Character
  expect(await (await storage.get('files', thumbnailId ?? ''))?.blob.text()).toBe('small')
})

test('cards are found by any of their words, while they are read and after they changed', async () => {
  const { storage, ids } = await setup(120)
  const desk = createCardDesk(storage, () => new Promise((resolve) => setTimeout(resolve, 0)))
  expect((await desk.search('number')).isComplete).toBe(false)
  await new Promise<void>((resolve) => {
    desk.onChange(() => void desk.search('').then(({ isComplete }) => isComplete && resolve()))
  })
  expect(await desk.search('numb 119')).toEqual({ ids: ['c119'], isComplete: true })
  const row = (await storage.get('characters', ids[3] as string)) as Character
  await storage.write([{ type: 'put', table: 'characters', row: { ...row, tags: ['Löwenzahn'] } }])
  expect((await desk.search('lowenzahn')).ids).toEqual(['c3'])
})

test('cards go out as files in one archive: untouched as they came, edited as they are', async () => {
  const { storage, ids } = await setup(3)
  const [id] = ids as [CharacterId]
  const row = (await storage.get('characters', id)) as Character
  const png = writeCard({ document: row.document }, 'png') as Uint8Array<ArrayBuffer>
  const files = { originalId: 'f' as FileId, portraitId: 'f' as FileId, origin: 'imported' } as const
  const edited = createCard({ name: 'Vera 0', description: 'Edited.' })
  await storage.write([
    { type: 'put', table: 'files', row: { id: 'f' as FileId, blob: new Blob([png], { type: 'image/png' }) } },
    { type: 'put', table: 'characters', row: { ...row, ...files } },
    {
      type: 'put',
      table: 'characters',
      row: { ...row, ...files, id: 'e' as CharacterId, document: edited, updatedAt: 9 },
    },
  ])
  const desk = createCardDesk(storage, async () => {})
  const told: number[] = []
  const signal = new AbortController().signal
  const archive = await desk.export(['c0', 'e', 'c1', 'gone'] as CharacterId[], (done) => told.push(done), signal)
  expect(archive?.cards).toBe(3)
  expect(told.at(-1)).toBe(4)
  const entries = unzipSync(new Uint8Array((await archive?.blob.arrayBuffer()) ?? new ArrayBuffer()))
  expect(Object.keys(entries)).toEqual(['Vera 0.png', 'Vera 0 (2).png', 'Vera 1.json'])
  expect(entries['Vera 0.png']).toEqual(png)
  const read = readCard(entries['Vera 0 (2).png'] ?? new Uint8Array())
  expect(read.ok && viewCard(read.value.document).description).toBe('Edited.')
  expect(await desk.export(ids, () => {}, AbortSignal.abort())).toBeUndefined()
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readCardFile } from '#adapters/card-reader/read-card-file.ts'
import { createMemoryStorage } from '#adapters/memory-storage.ts'
import type { JsonObject } from '#core/cards/card.ts'
import { createCard } from '#core/cards/create-card.ts'
import { editField } from '#core/cards/edit-card.ts'
import { writeCard } from '#core/cards/write-card.ts'
import type { CharacterId, ConversationId, LorebookId, PersonaId } from '#core/ids.ts'
import { addEntry, editBookEntry } from '#core/lorebook/edit-lorebook.ts'
import { describeLorebookError, readCardBook, viewKeptBook } from '#core/lorebook/read-lorebook.ts'
import { writeLorebook } from '#core/lorebook/write-lorebook.ts'
import type { ModelRequest } from '#ports/model.ts'
import { createBin } from './bin.ts'
import { annaId, end, setupChat, text } from './chat.test-kit.ts'
import { createLorebooks, type LoreTarget } from './lorebooks.ts'

function setup(storage = createMemoryStorage()) {
  let count = 0
  const next = () => {
    count += 1
    return count
  }
  return { storage, lorebooks: createLorebooks({ storage, readCardFile, now: next, createId: () => `book ${next()}` }) }
}

const file = (value: unknown) => new Blob([typeof value === 'string' ? value : JSON.stringify(value)])

async function imported(value: unknown, fileName = 'Harbour.json') {
  const { storage, lorebooks } = setup()
  const result = await lorebooks.importFile(file(value), fileName)
  if (!result.ok) throw new Error(describeLorebookError(result.error))
  const row = await storage.get('lorebooks', result.value.lorebookId)
  if (!row) throw new Error('Not kept')
  return { storage, lorebooks, row, warnings: result.value.warnings, book: viewKeptBook(row.raw) }
}

describe('a file', () => {
  test.each([
    ['world info', { entries: { 7: { uid: 7, key: ['pier'], content: 'Burned.', mystery: [1] } } }],
    ['a Lorebook V3', { spec: 'lorebook_v3', data: { entries: [{ keys: ['pier'], content: 'Burned.' }] } }],
    ['RisuAI', { type: 'risu', ver: 1, data: [{ key: 'pier', content: 'Burned.', mode: 'normal' }] }],
    ['NovelAI', { lorebookVersion: 4, entries: [{ keys: ['pier'], text: 'Burned.', category: 'x' }] }],
    ['Agnai', { kind: 'memory', name: 'Harbour', entries: [{ keywords: ['pier'], entry: 'Burned.', weight: 3 }] }],
    [
      'the book of a card',
      { data: { name: 'A', character_book: { entries: [{ keys: ['pier'], content: 'Burned.' }] } } },
    ],
  ])('of %s is kept, named, and can be edited without losing anything', async (_, value) => {
    const { lorebooks, storage, row, book } = await imported(value)
    expect(row.name).toBe('Harbour')
    expect(book.entries).toMatchObject([{ keys: ['pier'], content: 'Burned.' }])
    const id = book.entries[0]?.id ?? ''
    await lorebooks.edit({ kind: 'kept', id: row.id }, (now) => editBookEntry(now, id, { content: 'Rebuilt.' }))
    const edited = await storage.get('lorebooks', row.id)
    expect(viewKeptBook(edited?.raw ?? {}).entries).toMatchObject([{ keys: ['pier'], content: 'Rebuilt.' }])
    const told = (tree: JsonObject) => JSON.stringify(tree).replace('Rebuilt.', 'Burned.')
    expect(told(edited?.raw ?? {})).toBe(JSON.stringify(row.raw))
  })

  test.each(['png', 'charx'] as const)('of a card is a book where it has one, in %s too', async (format) => {
    const { storage, lorebooks } = setup()
    const card = createCard({ name: 'Anna' })
    const withBook = editField(card, 'character_book', { entries: [{ keys: ['pier'], content: 'Burned.' }] })
    const fileOf = (document: typeof card) => new Blob([new Uint8Array(writeCard({ document }, format))])
    const read = await lorebooks.importFile(fileOf(withBook), `anna.${format}`)
    if (!read.ok) throw new Error(describeLorebookError(read.error))
    const row = await storage.get('lorebooks', read.value.lorebookId)
    expect(viewKeptBook(row?.raw ?? {}).entries).toMatchObject([{ keys: ['pier'], content: 'Burned.' }])
    expect((await lorebooks.importFile(fileOf(card), `anna.${format}`)).ok).toBe(false)
    expect(await storage.list('lorebooks')).toHaveLength(1)
  })

  test('of world info goes out as it came in', async () => {
    const tree = { entries: { 0: { uid: 0, key: ['a'], content: 'A.', addMemo: true } }, originalData: { x: null } }
    const { book } = await imported(tree)
    expect(writeLorebook(book, 'world-info')).toEqual(tree)
  })

  test.each([
    ['', 'This file is empty.'],
    ['{"entries": {"0": {"key": ["a"] "content"', 'line 1'],
    ['{"spec": "chara_card_v2", "data": {"name": "A"}}', 'There is no lorebook in this file.'],
  ])('that holds none is refused in a sentence: %j', async (written, sentence) => {
    const { lorebooks, storage } = setup()
    const result = await lorebooks.importFile(file(written), 'x.json')
    expect(result.ok ? '' : describeLorebookError(result.error)).toContain(sentence)
    expect(await storage.list('lorebooks')).toEqual([])
  })
})

test('a book is begun, named, deleted, brought back from the bin and deleted for good', async () => {
  const { storage, lorebooks } = setup()
  const id = await lorebooks.create('Harbour')
  await lorebooks.rename(id, 'The harbour')
  expect(await storage.get('lorebooks', id)).toMatchObject({ name: 'The harbour', raw: { name: 'The harbour' } })
  const undo = await lorebooks.remove(id)
  const bin = createBin(storage)
  const [item] = await bin.list()
  if (!item) throw new Error('The bin is empty')
  expect(item).toMatchObject({ kind: 'lorebook', lorebook: { name: 'The harbour' } })
  await bin.restore(item)
  expect(await bin.list()).toEqual([])
  await (await lorebooks.remove(id))()
  expect((await storage.get('lorebooks', id))?.deletedAt).toBeUndefined()
  await undo()
  await lorebooks.remove(id)
  await bin.empty()
  expect(await storage.get('lorebooks', id)).toBeUndefined()
})

test('edits that come at once are each made from what the one before left', async () => {
  const { storage, lorebooks } = setup()
  const id = await lorebooks.create('Harbour')
  const place = { kind: 'kept', id } as const
  await Promise.all([
    ...Array.from({ length: 5 }, () => lorebooks.edit(place, (book) => addEntry(book).raw)),
    lorebooks.attach(id, { kind: 'everywhere' }, true),
    lorebooks.rename(id, 'New'),
  ])
  const row = await storage.get('lorebooks', id)
  expect(row).toMatchObject({ name: 'New', isEverywhere: true })
  expect(viewKeptBook(row?.raw ?? {}).entries).toHaveLength(5)
})

test('an edit that can not be saved does not stop the next', async () => {
  const { lorebooks } = setup()
  const lost = lorebooks.edit({ kind: 'kept', id: 'nowhere' as LorebookId }, (book) => book.raw)
  await expect(lost).rejects.toThrow('nowhere')
  await expect(lorebooks.create('Next')).resolves.toBeDefined()
})

const contentsOf = ({ messages }: ModelRequest) => messages.map(({ content }) => content).join('\n')

/** Anna with a book in her card, and Boris. */
async function setupCast(replies = 1) {
  const kit = await setupChat(Array.from({ length: replies }, () => [text('Plan.</system_thinking>Aye.'), end()]))
  const { lorebooks } = setup(kit.storage)
  const borisId = 'boris' as CharacterId
  const anna = await kit.storage.get('characters', annaId)
  if (!anna) throw new Error('No Anna')
  const book = { entries: [{ keys: ['pier'], content: 'The pier burned.' }], extensions: { kept: true } }
  await kit.storage.write([
    {
      type: 'put',
      table: 'characters',
      row: { ...anna, document: editField(createCard({ name: 'Anna' }), 'character_book', book) },
    },
    { type: 'put', table: 'characters', row: { ...anna, id: borisId, document: createCard({ name: 'Boris' }) } },
    { type: 'put', table: 'personas', row: { id: 'persona' as PersonaId, name: 'Sam', description: '' } },
  ])
  const begin = (who: CharacterId) => kit.chat.begin(who, { kind: 'greetings', greetings: ['Yes?'], chosen: 0 })
  const prompt = async (id: ConversationId, words: string) =>
    contentsOf((await kit.chat.previews.next(id, words)).prepared.request)
  return { ...kit, lorebooks, borisId, begin, prompt }
}

test("the book of a card is edited in its card, and its copy is the library's own", async () => {
  const { storage, lorebooks, borisId } = await setupCast()
  const copyId = await lorebooks.copyFromCard(annaId)
  const cardBook = async (id: CharacterId) => {
    const row = await storage.get('characters', id)
    return row && readCardBook(row.document)
  }
  await lorebooks.edit({ kind: 'card', characterId: annaId }, (book) =>
    editBookEntry(book, '0', { content: 'Rebuilt.' }),
  )
  expect(await cardBook(annaId)).toMatchObject({
    raw: { extensions: { kept: true }, entries: [{ content: 'Rebuilt.' }] },
  })
  expect(copyId && (await storage.get('lorebooks', copyId))).toMatchObject({
    name: 'Anna',
    raw: { entries: [{ content: 'The pier burned.' }] },
  })
  // What the card was is a version of it: one of a stretch of edits, and none where nothing changed.
  await lorebooks.edit({ kind: 'card', characterId: annaId }, (book) => editBookEntry(book, '0', { content: 'Again.' }))
  await lorebooks.edit({ kind: 'card', characterId: annaId }, (book) => book.raw)
  const versions = async () => (await storage.get('cardHistories', annaId))?.versions ?? []
  expect((await versions()).map(({ document }) => readCardBook(document)?.entries[0]?.content)).toEqual([
    'The pier burned.',
  ])
  // What somebody else wrote in between is kept as well.
  const row = await storage.get('characters', annaId)
  if (row) await storage.write([{ type: 'put', table: 'characters', row: { ...row, updatedAt: row.updatedAt + 5 } }])
  await lorebooks.edit({ kind: 'card', characterId: annaId }, (book) => editBookEntry(book, '0', { content: 'Gone.' }))
  expect((await versions()).at(-1)?.document).toEqual(row?.document)
  expect(await lorebooks.copyFromCard(borisId)).toBeUndefined()
  // A book without entries is one all the same.
  await lorebooks.edit({ kind: 'card', characterId: borisId }, (book) => book.raw)
  expect((await cardBook(borisId))?.entries).toEqual([])
  await lorebooks.edit({ kind: 'card', characterId: borisId }, (book) => addEntry(book).raw)
  expect((await cardBook(borisId))?.entries).toHaveLength(1)
})

describe('what a book is attached to', () => {
  test('decides whose prompts it is in', async () => {
    const { lorebooks, storage, borisId, begin, prompt } = await setupCast()
    const [anna, other, boris] = [await begin(annaId), await begin(annaId), await begin(borisId)]
    const targets: readonly { target: LoreTarget; reaches: readonly ConversationId[] }[] = [
      { target: { kind: 'chat', id: anna }, reaches: [anna] },
      { target: { kind: 'character', id: annaId }, reaches: [anna, other] },
      { target: { kind: 'character', id: borisId }, reaches: [boris] },
      { target: { kind: 'persona', id: 'persona' as PersonaId }, reaches: [anna, other, boris] },
      { target: { kind: 'everywhere' }, reaches: [anna, other, boris] },
    ]
    const id = await lorebooks.create('Harbour')
    await lorebooks.edit({ kind: 'kept', id }, (book) => {
      const { raw, entryId } = addEntry(book)
      return editBookEntry(viewKeptBook(raw), entryId, { keys: ['ship'], content: 'A ship came in.' })
    })
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat({ max: targets.length - 1 })), async (chosen) => {
        for (const index of chosen) await lorebooks.attach(id, (targets[index] as (typeof targets)[0]).target, true)
        const prompts = await Promise.all([anna, other, boris].map((chat) => prompt(chat, 'A ship?')))
        for (const index of chosen) await lorebooks.attach(id, (targets[index] as (typeof targets)[0]).target, false)
        for (const [index, chat] of [anna, other, boris].entries()) {
          const isReached = chosen.some((one) => targets[one]?.reaches.includes(chat))
          expect([chat, prompts[index]?.match(/A ship came in\./g)?.length ?? 0]).toEqual([chat, isReached ? 1 : 0])
        }
      }),
      { numRuns: 30 },
    )
    expect(await storage.get('characters', annaId)).not.toHaveProperty('lorebookIds')
    await lorebooks.attach(id, { kind: 'everywhere' }, true)
    await lorebooks.remove(id)
    expect(await prompt(anna, 'A ship?')).not.toContain('A ship came in.')
  })

  test('does not open what is private: only whom an entry names knows it, and another never learns why not', async () => {
    const { lorebooks, borisId, begin, chat } = await setupCast()
    const id = await lorebooks.create('Secrets')
    await lorebooks.edit({ kind: 'kept', id }, (book) => {
      const { raw, entryId } = addEntry(book)
      return editBookEntry(viewKeptBook(raw), entryId, { keys: ['ship'], content: 'Canary.', knownTo: ['Anna'] })
    })
    for (const target of [{ kind: 'everywhere' }, { kind: 'character', id: borisId }] as const) {
      await lorebooks.attach(id, target, true)
    }
    const told = async (who: CharacterId) => (await chat.previews.next(await begin(who), 'A ship?')).prepared
    expect(JSON.stringify((await told(annaId)).request)).toContain('Canary.')
    const boris = await told(borisId)
    expect(JSON.stringify(boris.request)).not.toContain('Canary.')
    expect(boris.lore?.explanations).toMatchObject([{ verdict: { silence: { kind: 'not-known' } } }])
  })

  test('stands beside the book of the card, and says so of every entry', async () => {
    const { lorebooks, storage, begin, chat, prompt, requests, quiet } = await setupCast()
    const id = await lorebooks.create('Harbour')
    await lorebooks.edit({ kind: 'kept', id }, (book) => {
      const { raw, entryId } = addEntry(book)
      return editBookEntry(viewKeptBook(raw), entryId, { title: 'Ships', keys: ['ship'], content: 'A ship came in.' })
    })
    const conversationId = await begin(annaId)
    await lorebooks.attach(id, { kind: 'chat', id: conversationId }, true)
    const shown = await prompt(conversationId, 'The pier, a ship?')
    expect(shown).toMatch(/The pier burned\.\s+A ship came in\.|A ship came in\.\s+The pier burned\./)
    await chat.send(conversationId, 'The pier, a ship?')
    await quiet(conversationId)
    expect(requests.at(-1)).toSatisfy((request: ModelRequest) => contentsOf(request) === shown)
    const { prepared } = await chat.previews.next(conversationId, 'Nothing.')
    const bookIds = prepared.lore?.explanations.map(({ bookId }) => bookId)
    expect(bookIds).toEqual([id, `card:${annaId}`])
    expect(prepared.lore?.explanations[0]?.verdict).toMatchObject({
      outcome: 'silent',
      silence: { kind: 'no-key-found', messages: 2 },
    })
    expect((await storage.get('conversations', conversationId))?.lorebookIds).toEqual([id])
  })
})

import { describe, expect, test } from 'vitest'
import { createMemoryStorage } from '#adapters/memory-storage.ts'
import type { CardDocument } from '#core/cards/card.ts'
import type { Character } from '#core/cards/character.ts'
import { createCard } from '#core/cards/create-card.ts'
import { addAsset } from '#core/cards/edit-assets.ts'
import { editField } from '#core/cards/edit-card.ts'
import { plainPicture } from '#core/cards/plain-picture.ts'
import { readCard } from '#core/cards/read-card.ts'
import { viewCard } from '#core/cards/view-card.ts'
import { createStudio } from './studio.ts'

async function setupStudio() {
  const storage = createMemoryStorage()
  let time = 1000
  let ids = 0
  const studio = createStudio({
    storage,
    lookAtPicture: async (picture) => ({ hue: picture.size % 360 }),
    toPng: async () => new Blob([plainPicture()]),
    now: () => ++time,
    createId: () => `id-${++ids}`,
  })
  const id = await studio.create()
  const row = async () => (await storage.get('characters', id)) as Character
  const versions = async () => (await storage.get('cardHistories', id))?.versions ?? []
  const described = async () => viewCard((await row()).document).description
  return { storage, studio, id, row, versions, described }
}

function describedAs(document: CardDocument, description: string): CardDocument {
  return editField(document, 'description', description)
}

const textOf = ({ document }: { document: CardDocument }) => viewCard(document).description

describe('saving', () => {
  test('keeps what the card was once a session, and nothing of what came between', async () => {
    const { studio, row, versions, described } = await setupStudio()
    const character = await row()
    const session = studio.open(character)
    for (const text of ['One', 'One two', 'One two three']) {
      expect(await session.save(describedAs(character.document, text))).toEqual({ kind: 'saved' })
    }
    expect(await described()).toBe('One two three')
    expect((await versions()).map(textOf)).toEqual([''])
    const next = studio.open(await row())
    await next.save(describedAs(character.document, 'Four'))
    expect((await versions()).map(textOf)).toEqual(['', 'One two three'])
  })

  test('a save that changes nothing writes nothing', async () => {
    const { studio, row, versions } = await setupStudio()
    const character = await row()
    await studio.open(character).save(structuredClone(character.document))
    expect(await row()).toEqual(character)
    expect(await versions()).toEqual([])
  })

  test('leaves alone what else the row holds by then', async () => {
    const { studio, storage, row, described } = await setupStudio()
    const character = await row()
    const session = studio.open(character)
    await storage.write([{ type: 'put', table: 'characters', row: { ...character, hue: 200 } }])
    await session.save(describedAs(character.document, 'One'))
    expect((await row()).hue).toBe(200)
    expect(await described()).toBe('One')
  })

  test('saves that overlap come one after the other', async () => {
    const { studio, row, described, versions } = await setupStudio()
    const character = await row()
    const session = studio.open(character)
    await Promise.all(['a', 'ab', 'abc'].map((text) => session.save(describedAs(character.document, text))))
    expect(await described()).toBe('abc')
    expect(await versions()).toHaveLength(1)
  })

  test('a character that was deleted stays deleted', async () => {
    const { studio, storage, row } = await setupStudio()
    const character = await row()
    await storage.write([{ type: 'put', table: 'characters', row: { ...character, deletedAt: 5 } }])
    const end = await studio.open(character).save(describedAs(character.document, 'One'))
    expect(end).toEqual({ kind: 'gone' })
  })
})

describe('changed in another tab', () => {
  async function setupConflict() {
    const kit = await setupStudio()
    const character = await kit.row()
    const [mine, theirs] = [kit.studio.open(character), kit.studio.open(character)]
    const [mineDocument, theirDocument] = ['Mine', 'Theirs'].map((text) => describedAs(character.document, text))
    if (!mineDocument || !theirDocument) throw new Error('No documents')
    await theirs.save(theirDocument)
    return { ...kit, mine, theirs, mineDocument, theirDocument }
  }

  test('nothing is written before the reader has said which', async () => {
    const { mine, mineDocument, theirDocument, described } = await setupConflict()
    expect(await mine.save(mineDocument)).toEqual({ kind: 'changed-elsewhere', theirs: theirDocument })
    expect(await mine.save(mineDocument)).toEqual({ kind: 'changed-elsewhere', theirs: theirDocument })
    expect(await described()).toBe('Theirs')
  })

  test('“keep mine” keeps theirs as a version', async () => {
    const { mine, mineDocument, described, versions } = await setupConflict()
    expect(await mine.keepMine(mineDocument)).toEqual({ kind: 'saved' })
    expect(await described()).toBe('Mine')
    expect((await versions()).map(textOf)).toEqual(['', 'Theirs'])
    expect(await mine.save(describedAs(mineDocument, 'Mine, more'))).toEqual({ kind: 'saved' })
  })

  test('“take theirs” keeps mine as a version', async () => {
    const { mine, mineDocument, theirDocument, described, versions } = await setupConflict()
    await mine.save(mineDocument)
    expect(await mine.takeTheirs(mineDocument)).toEqual(theirDocument)
    expect(await described()).toBe('Theirs')
    expect((await versions()).map(textOf)).toEqual(['', 'Mine'])
    expect(await mine.save(describedAs(theirDocument, 'On'))).toEqual({ kind: 'saved' })
    expect((await versions()).map(textOf)).toEqual(['', 'Mine', 'Theirs'])
  })

  test('a row is news where its card is another, and not where only its shelf is', async () => {
    const { studio, mine, theirDocument, row } = await setupConflict()
    expect(mine.follow(await row())).toEqual(theirDocument)
    expect(mine.follow(await row())).toBeUndefined()
    const idle = studio.open(await row())
    expect(idle.follow({ ...(await row()), hue: 3, updatedAt: 9_000_000 })).toBeUndefined()
  })
})

describe('versions', () => {
  test('one that is restored makes a version of what was, its picture too', async () => {
    const { studio, id, row, versions, described } = await setupStudio()
    await studio.setPortrait(id, new Blob(['first']))
    const first = await row()
    await studio.open(first).save(describedAs(first.document, 'One'))
    await studio.setPortrait(id, new Blob(['the second']), new Blob(['the whole second']))
    expect((await row()).hue).toBe(10)
    expect((await row()).portraitSourceId).toBeDefined()
    const [opened] = await versions()
    await studio.restore(id, opened?.id ?? '')
    expect(await described()).toBe('')
    expect(await row()).toMatchObject({ portraitId: first.portraitId, hue: 5 })
    expect((await versions()).map(textOf)).toEqual(['', 'One', 'One'])
    expect((await versions()).at(-1)?.portraitId).not.toBe(first.portraitId)
  })

  test('a hundred without a name are kept, and all that have one', async () => {
    const { studio, id, row, versions } = await setupStudio()
    const { document } = await row()
    await studio.keepVersion(id, describedAs(document, 'named'), 'Before the fair')
    for (let count = 0; count < 105; count++) await studio.keepVersion(id, describedAs(document, `${count}`), '')
    const kept = await versions()
    expect(kept.map(textOf)).toEqual(['named', ...Array.from({ length: 100 }, (_, index) => `${index + 5}`)])
    await studio.renameVersion(id, kept[0]?.id ?? '', '')
    const undo = await studio.removeVersion(id, kept[1]?.id ?? '')
    expect(await versions()).toHaveLength(100)
    await undo()
    expect((await versions()).map(textOf)).toEqual(kept.map(textOf))
    expect((await versions())[0]).not.toHaveProperty('name')
  })
})

describe('export', () => {
  test.each(['png', 'json-v3', 'charx'] as const)('%s is read back as the same card', async (format) => {
    const { studio, id, storage, row } = await setupStudio()
    const document = createCard({
      name: 'Ada/Lovelace',
      greetings: ['*Smiles.* “Hi”', 'Ho'],
      her: { motivation: 'Numbers', relationships: { Babbage: 'Friend' } },
      creationDate: 5,
    })
    await storage.write([{ type: 'put', table: 'characters', row: { ...(await row()), document } }])
    // Three bytes of a JPEG: no PNG, so it is drawn anew.
    await studio.setPortrait(id, new Blob([Uint8Array.of(0xff, 0xd8, 0xff)]))
    const { blob, fileName } = await studio.export(id, document, format)
    expect(fileName).toBe(`Ada_Lovelace.${format === 'json-v3' ? 'json' : format}`)
    const read = readCard(new Uint8Array(await blob.arrayBuffer()), fileName)
    if (!read.ok) throw new Error(`Not read: ${read.error.type}`)
    // An archive has a portrait that is listed; that is all there is to add.
    if (format === 'charx') expect(read.value.document).toMatchObject(document)
    else expect(read.value.document).toEqual(document)
    expect(read.value.picture !== undefined).toBe(format !== 'json-v3')
  })

  test('what was added to a card goes with it in an archive, and is found again', async () => {
    const { studio, id, storage, row } = await setupStudio()
    const path = 'assets/emotion/happy.png'
    await studio.addFile(id, path, new Blob([plainPicture()]))
    const document = addAsset((await row()).document, { type: 'emotion', name: 'happy', path, ext: 'png' })
    await storage.write([{ type: 'put', table: 'characters', row: { ...(await row()), document } }])
    const { blob } = await studio.export(id, document, 'charx')
    const read = readCard(new Uint8Array(await blob.arrayBuffer()))
    expect(read.ok && read.value.files.map((file) => file.path)).toContain(path)
    expect((await studio.files(await row())).map((file) => file.path)).toEqual([path])
  })
})

test('the first request of a new chat is that of the card on the page', async () => {
  const { studio, row } = await setupStudio()
  const character = { ...(await row()), document: createCard({ name: 'Ada', description: 'Counts engines.' }) }
  const { prompt } = await studio.previewNewChat(character, '*Nods.* Hello.', 'Hi')
  expect(prompt.messages[0]?.content).toContain('Counts engines.')
  expect(prompt.messages.map(({ content }) => content).join('\n')).toContain('<role_action>Nods.</role_action>Hello.')
  expect(prompt.messages.at(-1)?.content).toContain('Hi')
})

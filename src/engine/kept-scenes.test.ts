import { describe, expect, test } from 'vitest'
import type { Character } from '#core/cards/character.ts'
import { createCard } from '#core/cards/create-card.ts'
import { coserCase } from '#core/coser/coser.test-kit.ts'
import type { CharacterId } from '#core/ids.ts'
import { readScenes } from '#core/scene-file/read-scenes.ts'
import type { SceneDraft } from '#core/scene-file/scene-draft.ts'
import { annaId, end, type Script, setupChat, text } from './chat.test-kit.ts'
import { createKeptScenes } from './kept-scenes.ts'
import { createSceneFiles } from './scene-files.ts'

const borisId = 'boris' as CharacterId
const claraId = 'clara' as CharacterId
const cast = [annaId, borisId, claraId]

const says = (words: string): Script => [text(`Plan.</system_thinking>${words}`), end()]

async function setup(scripts: Script[] = []) {
  const set = await setupChat(scripts, { connection: { kind: 'openai', id: 'own' as never } })
  const character = (id: CharacterId, name: string): Character => ({
    id,
    document: createCard({ name, scenario: 'Somewhere else.', her: { motivation: `${name}-CARD-MOTIVE` } }),
    hue: 7,
    origin: 'authored',
    createdAt: 1,
    updatedAt: 1,
  })
  await set.storage.write([
    { type: 'put', table: 'characters', row: character(borisId, 'Boris') },
    { type: 'put', table: 'characters', row: character(claraId, 'Clara') },
  ])
  const scenes = createKeptScenes(set)
  const files = createSceneFiles({
    ...set,
    readSceneFile: async (file) => readScenes(await file.text()),
    lookAtPicture: async () => ({ hue: 1 }),
    toPng: async () => undefined,
    seedBundled: async () => undefined,
  })
  const rows = async () => ({
    characters: (await set.storage.list('characters')).length,
    scenes: (await set.storage.list('scenes')).length,
    conversations: (await set.storage.list('conversations')).length,
  })
  const draftIn = async (blob: Blob): Promise<SceneDraft> => {
    const read = readScenes(await blob.text())
    if (!read.ok) throw new Error(read.error.sentence)
    return read.value.scenes[0]?.draft as SceneDraft
  }
  const told = (request: number) => set.requests[request]?.messages.map(({ content }) => content).join('\n') ?? ''
  return { ...set, scenes, files, rows, draftIn, told }
}

const scene = {
  title: 'The pier',
  scenario: 'A pier, at night. {{user}} waits.',
  cast,
  appearances: { [annaId]: 'A stranger in a hood.' } as Record<CharacterId, string>,
  secrets: { [annaId]: 'ANNA-SECRET', [borisId]: 'BORIS-SECRET' } as Record<CharacterId, string>,
  opening: [
    { speaker: { kind: 'environment' }, dialect: 'player', raw: 'Fog.' },
    { speaker: { kind: 'character', characterId: annaId }, dialect: 'player', raw: '*waits* Hush. [ANNA-THOUGHT]' },
    {
      speaker: { kind: 'character', characterId: borisId },
      dialect: 'player',
      raw: 'It is BORIS-WHISPER.',
      whisperTo: [claraId],
    },
  ],
} as const

describe('a scene that is kept', () => {
  test('tells each of its cast what is theirs to know, and nobody else', async () => {
    const { scenes, storage, chat, quiet, told } = await setup([says('One.'), says('Two.'), says('Three.')])
    const id = await scenes.create()
    await scenes.save(id, scene)
    const kept = await storage.get('scenes', id)
    if (!kept) throw new Error('not kept')
    const chatId = await scenes.begin(kept, {})
    for (const characterId of cast) {
      await chat.ask(chatId, { kind: 'character', characterId })
      await quiet(chatId)
    }
    for (const request of [0, 1, 2]) {
      expect(told(request)).toContain('A pier, at night. Stranger waits.')
      expect(told(request)).not.toContain('Somewhere else.')
    }
    expect(told(0)).toMatch(/ANNA-SECRET[\s\S]*ANNA-THOUGHT/)
    expect(told(0)).not.toMatch(/BORIS-/)
    expect(told(1)).toMatch(/Boris-CARD-MOTIVE\n\nBORIS-SECRET/)
    expect(told(1)).not.toMatch(/ANNA-|Clara-CARD/)
    expect(told(2)).toMatch(/Clara-CARD-MOTIVE[\s\S]*BORIS-WHISPER/)
    expect(told(2)).not.toMatch(/SECRET|ANNA-THOUGHT/)
    await chat.ask(chatId, { kind: 'environment' })
    await quiet(chatId)
    expect(told(3)).toMatch(/A pier, at night[\s\S]*Anna: A stranger in a hood\./)
    expect(told(3)).not.toMatch(/SECRET|MOTIVE|THOUGHT|WHISPER|A clerk/)
    // Who is in disguise is what it looks like, to all but itself.
    expect(told(1)).toContain('Anna: A stranger in a hood.')
    expect(told(2)).not.toContain('A clerk.')
    expect(told(0)).toContain('A clerk.')
  })

  test('is deleted and comes back, and is begun as often as one likes', async () => {
    const { scenes, storage, rows, shown } = await setup()
    const id = await scenes.create()
    await scenes.save(id, { ...scene, present: [annaId, borisId] })
    const undo = await scenes.remove(id)
    expect((await storage.get('scenes', id))?.deletedAt).toBeTypeOf('number')
    await undo()
    const kept = await storage.get('scenes', id)
    if (!kept) throw new Error('not kept')
    const first = await scenes.begin(kept, { userPlays: annaId })
    await scenes.begin(kept, {})
    expect(await rows()).toMatchObject({ scenes: 1, conversations: 2 })
    expect((await shown(first)).map(({ present }) => present)).toEqual(Array(3).fill([annaId, borisId]))
    expect(await storage.get('conversations', first)).toMatchObject({ userPlays: annaId, characterId: borisId })
  })
})

describe('a scene as a file', () => {
  test('goes out with its cast and comes back the same, reusing whoever says the same', async () => {
    const { scenes, files, storage, rows, draftIn } = await setup()
    const id = await scenes.create()
    await scenes.save(id, scene)
    const kept = await storage.get('scenes', id)
    if (!kept) throw new Error('not kept')
    const { blob, fileName } = await files.write(kept)
    expect(fileName).toBe('The pier (scene).json')
    const again = await files.keep(await draftIn(blob))
    expect(again).toMatchObject({ ok: true, value: { sceneId: id, isKnown: true } })
    await scenes.remove(id)
    const back = await files.keep(await draftIn(blob))
    const brought = back.ok ? await storage.get('scenes', back.value.sceneId) : undefined
    const { id: _id, createdAt: _made, updatedAt: _changed, origin: _origin, ...same } = brought ?? kept
    expect(same).toEqual({ about: '', ...scene })
    expect(await rows()).toMatchObject({ characters: 3, scenes: 2 })
    // Somebody who changed meanwhile is another, whatever the name.
    const boris = await storage.get('characters', borisId)
    if (!boris) throw new Error('gone')
    await storage.write([
      {
        type: 'put',
        table: 'characters',
        row: { ...boris, document: createCard({ name: 'Boris', description: 'New.' }) },
      },
    ])
    const other = await files.keep(await draftIn(blob))
    expect(other).toMatchObject({ ok: true, value: { isKnown: false } })
    expect((await rows()).characters).toBe(4)
  })

  test('two who say the same are still two', async () => {
    const { files, storage, rows } = await setup()
    const card = createCard({ name: 'Boris', scenario: 'Somewhere else.', her: { motivation: 'Boris-CARD-MOTIVE' } })
    const kept = await files.keep({
      title: 'Twins',
      about: '',
      scenario: '',
      characters: ['a', 'b', 'c'].map((key) => ({ key, card, secret: key })),
      opening: [],
    })
    const row = kept.ok ? await storage.get('scenes', kept.value.sceneId) : undefined
    expect(new Set(row?.cast).size).toBe(3)
    expect(Object.values(row?.secrets ?? {})).toEqual(['a', 'b', 'c'])
    // One of them was here.
    expect(row?.cast).toContain(borisId)
    expect((await rows()).characters).toBe(5)
  })

  test('brings the story that was played, when it is asked to', async () => {
    const { scenes, files, storage, chat, quiet, shown, words, draftIn } = await setup([says('Not I.')])
    const id = await scenes.create()
    await scenes.save(id, scene)
    const kept = await storage.get('scenes', id)
    if (!kept) throw new Error('not kept')
    const chatId = await scenes.begin(kept, {})
    await chat.ask(chatId, { kind: 'character', characterId: claraId })
    await quiet(chatId)
    const without = await draftIn((await files.writeChat(chatId, { withStory: false, withPersona: false })).blob)
    expect(without.story).toBeUndefined()
    const { blob } = await files.writeChat(chatId, { withStory: true, withPersona: false })
    const back = await files.keep(await draftIn(blob))
    const broughtId = back.ok ? back.value.conversationId : undefined
    if (!broughtId) throw new Error('no chat came')
    expect(await words(broughtId)).toEqual(await words(chatId))
    expect((await shown(broughtId)).map(({ whisperTo, present }) => [whisperTo, present])).toEqual(
      (await shown(chatId)).map(({ whisperTo, present }) => [whisperTo, present]),
    )
    expect(await storage.get('conversations', broughtId)).toMatchObject({ secrets: scene.secrets, cast })
  })

  test('a case of CoSER comes with its characters in one write, or nothing of it does', async () => {
    const { files, storage, rows } = await setup()
    const read = readScenes(JSON.stringify([coserCase]))
    const draft = read.ok ? read.value.scenes[0]?.draft : undefined
    if (!draft) throw new Error('not read')
    const failing = createSceneFiles({
      storage: { ...storage, write: async () => Promise.reject(new Error('full')) },
      readSceneFile: files.read,
      lookAtPicture: async () => ({ hue: 1 }),
      toPng: async () => undefined,
      seedBundled: async () => undefined,
      turnsOf: async () => [],
      now: () => 1,
      createId: () => 'x',
    })
    const before = await rows()
    await expect(failing.keep(draft)).rejects.toThrow('full')
    expect(await rows()).toEqual(before)
    await files.keep(draft)
    await files.keep(draft)
    expect(await rows()).toMatchObject({ characters: before.characters + 2, scenes: before.scenes + 1 })
  })
})

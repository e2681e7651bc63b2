import { describe, expect, test } from 'vitest'
import { createCard } from '#core/cards/create-card.ts'
import type { Connection } from '#core/connection.ts'
import type { CharacterId, ConversationId } from '#core/ids.ts'
import { environmentReader } from '#core/scene/hearing.ts'
import type { Presence } from '#core/scene/presence.ts'
import { recallMemory, recallShared } from '#core/scene/remembering.ts'
import { annaId, end, type Script, setupChat, text } from './chat.test-kit.ts'
import { preparePlayerTurn } from './prepare-aside.ts'
import { createScenes, type ScenePlan } from './scenes.ts'

const borisId = 'boris' as CharacterId
const claraId = 'clara' as CharacterId
const cast = [annaId, borisId, claraId]
const connection: Partial<Connection> = { kind: 'openai', id: 'own' as Connection['id'] }

const says = (words: string, thought = ''): Script => [
  text(`Plan.</system_thinking>${thought && `<role_thinking>${thought}</role_thinking>`}${words}`),
  end(),
]

async function setupScene(scripts: Script[], plan: Partial<ScenePlan> = {}) {
  const set = await setupChat(scripts, { connection })
  const named = [
    [borisId, 'Boris'],
    [claraId, 'Clara'],
  ] as const
  await set.storage.write(
    named.map(([id, name]) => ({
      type: 'put',
      table: 'characters',
      row: { id, document: createCard({ name }), hue: 1, origin: 'authored', createdAt: 1, updatedAt: 1 },
    })),
  )
  const scenes = createScenes(set)
  const id = await scenes.begin({ cast, opening: 'Rain on the roof.', ...plan })
  const answered = async (asking: Promise<unknown>) => {
    await asking
    await set.quiet(id)
  }
  const told = (request: number) => set.requests[request]?.messages.map(({ content }) => content).join('\n') ?? ''
  const newest = async () => (await set.shown(id)).at(-1)
  return { ...set, scenes, id, answered, told, newest }
}

const by = (characterId: CharacterId) => ({ kind: 'character', characterId }) as const

describe('a scene', () => {
  test('may begin with what a character says among others, after what is told; its greetings are takes', async () => {
    const { shown, id, storage, chat, answered, told } = await setupScene([says('Good evening.')], {
      greetings: { by: claraId, texts: ['*nods* Sit.', '*waves* You came, {{user}}.'], chosen: 1 },
    })
    const path = await shown(id)
    expect(path.map(({ raw }) => raw)).toEqual(['Rain on the roof.', '*waves* You came, {{user}}.'])
    expect(path[1]).toMatchObject({ speaker: by(claraId), template: true, present: cast })
    const turns = await storage.turnsBefore(id, undefined, 9)
    expect(turns.filter(({ parentId }) => parentId === path[0]?.id)).toHaveLength(2)
    await answered(chat.send(id, 'Good evening, Anna.'))
    expect(told(0)).toContain('Clara: <role_action>waves</role_action>You came, ')
  })

  test('is answered by whoever is spoken to, else in turn, and each knows its own mind alone', async () => {
    const { chat, id, answered, told, shown } = await setupScene([
      says('Not I.', 'BORIS-SECRET'),
      says('Then who?', 'ANNA-SECRET'),
      says('Boris, speak.'),
      says('Never.'),
    ])
    await answered(chat.send(id, 'Was it you, Boris?'))
    await answered(chat.send(id, 'Hm. [USER-SECRET]', { answerer: by(annaId) }))
    await answered(chat.ask(id, by(claraId)))
    await answered(chat.ask(id, by(borisId)))
    const speakers = (await shown(id)).map(({ speaker }) =>
      speaker.kind === 'character' ? speaker.characterId : speaker.kind,
    )
    expect(speakers).toEqual(['environment', 'user', borisId, 'user', annaId, claraId, borisId])
    expect((await shown(id)).map(({ present }) => present)).toEqual(Array.from({ length: 7 }, () => cast))
    expect(told(0)).toContain('You are Boris.')
    expect(told(1)).toContain('Boris: Not I.')
    for (const request of [1, 2]) expect(told(request)).not.toContain('BORIS-SECRET')
    expect(told(3)).toContain('BORIS-SECRET')
    for (const request of [0, 1, 2, 3]) expect(told(request)).not.toMatch(/USER-SECRET|Plan\./)
    expect(told(3)).not.toContain('ANNA-SECRET')
    expect(told(3)).toContain('Anna: Then who?\n\nClara: Boris, speak.')
  })

  test('has takes and edits that were perceived by whoever perceived the first', async () => {
    const { chat, scenes, id, answered, told, newest } = await setupScene([
      says('One.'),
      says('Two.'),
      says('Three.'),
      says('Four.'),
    ])
    await scenes.leave(id, borisId)
    await answered(chat.send(id, 'The key is under the mat.', { answerer: by(annaId) }))
    const first = await newest()
    expect(first?.present).toEqual([annaId, claraId])
    await scenes.enter(id, borisId, 'Boris is back.')
    if (!first) throw new Error('no reply')
    await answered(chat.again(id, first.id))
    expect(await newest()).toMatchObject({
      speaker: by(annaId),
      present: [annaId, claraId],
      raw: expect.stringContaining('Two.'),
    })
    const edited = await chat.edit(id, first.id, 'The mat is gone.', 'her')
    expect((await newest())?.present).toEqual([annaId, claraId])
    expect((await newest())?.id).toBe(edited)
    await scenes.enter(id, borisId)
    await answered(chat.ask(id, by(borisId)))
    expect(told(2)).toContain('Boris leaves.')
    expect(told(2)).toContain('Boris comes in.')
    expect(told(2)).not.toMatch(/under the mat|mat is gone|Two/)
  })

  test('that somebody new joins tells them nothing of what was before', async () => {
    const set = await setupScene([says('Hello.'), says('Good evening.')])
    const id = await set.chat.begin(annaId, { kind: 'greetings', greetings: ['Only you know.'], chosen: 0 })
    await set.chat.send(id, 'A secret.')
    await set.quiet(id)
    expect((await set.shown(id)).every(({ present }) => present === undefined)).toBe(true)
    await set.scenes.enter(id, borisId)
    expect(await set.storage.get('conversations', id)).toMatchObject({ cast: [annaId, borisId] })
    await set.chat.ask(id, by(borisId))
    await set.quiet(id)
    expect(set.told(1)).toContain('Boris comes in.')
    expect(set.told(1)).not.toMatch(/Only you|secret|Hello/)
  })
})

describe('a whisper', () => {
  test('is heard by whom it is for, who answers in one', async () => {
    const { chat, id, answered, told, shown } = await setupScene([says('*nods* I know.'), says('What?')])
    await answered(chat.send(id, '*leans over* He lies.', { whisperTo: [annaId] }))
    expect((await shown(id)).slice(-2)).toMatchObject([{ whisperTo: [annaId] }, { speaker: by(annaId), whisperTo: [] }])
    expect(told(0)).toContain('<role_action>whispers to Anna</role_action>')
    await answered(chat.ask(id, by(borisId)))
    expect(told(1)).toContain('<role_action>leans over</role_action>')
    expect(told(1)).not.toMatch(/He lies|I know|whispers/)
  })
})

describe('the environment', () => {
  test('tells what all can know, ends where it speaks for someone, and is made again', async () => {
    const { chat, id, answered, told, newest } = await setupScene([
      says('Well.', 'ANNA-SECRET'),
      says('Thunder.\nAnna: Oh!'),
      says('Hail.'),
    ])
    await answered(chat.send(id, 'Quiet now.', { whisperTo: [annaId] }))
    await answered(chat.ask(id, { kind: 'environment' }))
    expect(told(1)).toContain('You are the Environment')
    expect(told(1)).toContain('Environment: Rain on the roof.')
    expect(told(1)).not.toMatch(/ANNA-SECRET|Quiet now|Well/)
    const turn = await newest()
    expect(turn).toMatchObject({ speaker: { kind: 'environment' }, present: cast, ending: 'complete' })
    if (!turn) throw new Error('no turn')
    await answered(chat.again(id, turn.id))
    expect((await newest())?.raw).toContain('Hail.')
    expect((await newest())?.parentId).toBe(turn.parentId)
  })
})

describe('whom the reader plays', () => {
  test('is answered for by nobody, and speaks as that one', async () => {
    const { chat, id, answered, told, newest, storage, shown } = await setupScene(
      [says('Aye.', 'ANNA-SECRET'), says('No.')],
      {
        userPlays: borisId,
      },
    )
    await answered(chat.send(id, 'Well? [MINE]'))
    expect((await shown(id)).at(-2)).toMatchObject({ speaker: by(borisId), dialect: 'player' })
    expect((await newest())?.speaker).toEqual(by(claraId))
    expect(told(0)).toContain('Boris: Well?')
    expect(told(0)).not.toMatch(/Stranger|MINE/)
    const conversation = await storage.get('conversations', id)
    if (!conversation) throw new Error('no chat')
    const aside = await preparePlayerTurn(storage, conversation, await shown(id))
    const asked = aside.request.messages.map(({ content }) => content).join('\n')
    expect(asked).toContain('You are Boris.')
    expect(asked).toContain('Clara: Aye.')
    expect(asked).not.toMatch(/ANNA-SECRET|MINE/)
    const mine = (await shown(id)).at(-2)
    if (!mine) throw new Error('no turn')
    await answered(chat.again(id, mine.id))
    expect(await newest()).toMatchObject({ parentId: mine.id, speaker: by(claraId) })
  })

  test('alone is answered by nobody', async () => {
    const { chat, scenes, id, answered, words, requests } = await setupScene([], { userPlays: borisId })
    await scenes.leave(id, annaId)
    await scenes.leave(id, claraId)
    await answered(chat.send(id, 'Alone at last.'))
    expect((await words(id)).at(-1)).toBe('character: Alone at last.')
    expect(requests).toEqual([])
  })
})

describe('left to itself', () => {
  test('it runs for so many turns, nobody twice in a row', async () => {
    const { scenes, id, shown } = await setupScene([says('A.'), says('B.'), says('Anna!'), says('D.')])
    const counts: (number | undefined)[] = []
    scenes.running.subscribe(({ scenes }) => counts.push(scenes.get(id)))
    expect(await scenes.letItRun(id, 4)).toBe('done')
    const speakers = (await shown(id))
      .slice(1)
      .map(({ speaker }) => speaker.kind === 'character' && speaker.characterId)
    expect(speakers).toEqual([annaId, borisId, claraId, annaId])
    expect(counts).toEqual([4, 3, 2, 1, undefined])
  })

  test('it is stopped, by hand and by what the reader says', async () => {
    const never = new Promise<never>(() => {})
    const { scenes, chat, id, quiet, shown, newest } = await setupScene([
      says('A.'),
      [text('Plan.</system_thinking>B'), never],
      says('C.'),
      [text('Plan.</system_thinking>D'), never],
      says('E.'),
    ])
    const running = scenes.letItRun(id, 9)
    await expect.poll(async () => (await shown(id)).length).toBe(3)
    scenes.stop(id)
    expect(await running).toBe('stopped')
    expect(await newest()).toMatchObject({ ending: 'stopped' })
    const again = scenes.letItRun(id, 9)
    await expect.poll(async () => (await shown(id)).length).toBe(5)
    await chat.send(id, 'Enough!')
    expect(await again).toBe('stopped')
    await quiet(id)
    expect((await shown(id)).slice(-2)).toMatchObject([{ raw: 'Enough!' }, { ending: 'complete' }])
    expect(scenes.running.getState().scenes.size).toBe(0)
  })

  test('its model chooses who speaks, of what all can know; nonsense leaves it to the order, and an end ends it', async () => {
    const { scenes, id, shown, told } = await setupScene([
      [text('<think>Clara?</think>Next speaker: Clara'), end()],
      says('C.', 'CLARA-SECRET'),
      [text('The narrator.'), end()],
      says('Thunder.'),
      [text('Environment'), end()],
      says('A.'),
      [text('<END CHAT>'), end()],
    ])
    expect(await scenes.letItRun(id, 9, 'model')).toBe('over')
    const speakers = (await shown(id))
      .slice(1)
      .map(({ speaker }) => (speaker.kind === 'character' ? speaker.characterId : speaker.kind))
    expect(speakers).toEqual([claraId, 'environment', annaId])
    for (const request of [2, 3, 4, 5, 6]) expect(told(request)).not.toContain('CLARA-SECRET')
    expect(told(2)).toContain('- Anna\n- Boris\n- Environment')
  })
})

test('each remembers for itself', async () => {
  const set = await setupScene(Array.from({ length: 8 }, (_, index) => [text(`Memory ${index}.`), end()]))
  const { storage, memories, id, shown, requests, told } = set
  await set.scenes.leave(id, borisId)
  for (let index = 0; index < 40; index += 1) await sayQuietly(set, id, `Line ${index}, ${'and so on '.repeat(40)}`)
  const row = await storage.get('connections', 'own' as Connection['id'])
  if (!row) throw new Error('no connection')
  await storage.write([
    { type: 'put', table: 'connections', row: { ...row, capabilities: { ...row.capabilities, contextTokens: 4000 } } },
  ])
  await memories.keepRoom(id, new AbortController().signal)
  const memory = await storage.get('memories', id)
  const path = await shown(id)
  expect(recallMemory(memory, path, annaId)).toBeDefined()
  expect(recallMemory(memory, path, claraId)).toBeDefined()
  // Boris was not there, and so has nothing to remember.
  expect(recallMemory(memory, path, borisId)).toBeUndefined()
  for (const index of requests.keys()) expect(told(index)).toMatch(/memory of (Anna|Clara)/)
})

test('all who are there share a memory of what they all perceived, which the environment is told', async () => {
  const set = await setupScene([[text('They talked of the storm.'), end()], says('Thunder.'), says('Hail.')])
  const { storage, chat, scenes, memories, id, answered, shown, requests, told } = set
  await chat.edit(id, (await shown(id))[0]?.id as never, 'Rain on the roof.', 'her')
  for (let index = 0; index < 12; index += 1)
    await sayQuietly(set, id, `Line ${index}. <role_thinking>OWN</role_thinking>`)
  await sayQuietly(set, id, 'Hush. PSST', { present: [annaId, claraId, borisId], whisperTo: [claraId] })
  for (let index = 12; index < 22; index += 1) {
    await sayQuietly(set, id, `Line ${index}.`, { present: [annaId, claraId, borisId] })
  }
  // Boris was not there for the first of them.
  expect(await memories.summarise(id, environmentReader)).toEqual({ kind: 'done' })
  expect(told(0)).toContain('memory of everybody who is there')
  expect(told(0)).toContain('Line 12.')
  expect(told(0)).not.toMatch(/OWN|PSST|Line 3\./)
  const path = await shown(id)
  const memory = await storage.get('memories', id)
  expect(memory?.versions).toMatchObject([{ characterId: environmentReader, sharedBy: cast }])
  expect(recallShared(memory, path, [annaId, borisId])).toBeDefined()
  expect(recallMemory(memory, path, annaId)).toBeUndefined()
  await answered(chat.ask(id, { kind: 'environment' }))
  expect(told(1)).toContain('They talked of the storm.')
  expect(told(1)).not.toContain('Line 12.')
  // Who comes new has no part in it.
  await storage.write([
    {
      type: 'put',
      table: 'characters',
      row: {
        id: 'dora' as CharacterId,
        document: createCard({ name: 'Dora' }),
        hue: 1,
        origin: 'authored',
        createdAt: 1,
        updatedAt: 1,
      },
    },
  ])
  await scenes.enter(id, 'dora' as CharacterId)
  await answered(chat.ask(id, { kind: 'environment' }))
  expect(told(2)).not.toContain('They talked of the storm.')
  expect(requests).toHaveLength(3)
})

test('who answers the reader is found as was chosen for the scene', async () => {
  const { chat, scenes, id, answered, newest, requests, storage } = await setupScene([
    says('One.'),
    says('Two.'),
    says('Three.'),
  ])
  await scenes.chooseNext(id, { by: 'turns', turns: 3 })
  expect(await storage.get('conversations', id)).toMatchObject({ speaksNext: { by: 'turns', turns: 3 } })
  await answered(chat.send(id, 'Clara, what do you say?'))
  expect((await newest())?.speaker).toEqual(by(annaId))
  await scenes.chooseNext(id, { by: 'mention', turns: 3 })
  await answered(chat.send(id, 'Clara, what do you say?'))
  expect((await newest())?.speaker).toEqual(by(claraId))
  await scenes.chooseNext(id, { by: 'hand', turns: 3 })
  await answered(chat.send(id, 'Clara, what do you say?'))
  expect((await newest())?.speaker).toEqual({ kind: 'user' })
  expect(requests).toHaveLength(2)
  await answered(chat.again(id, (await newest())?.id as never))
  expect((await newest())?.speaker).toEqual(by(claraId))
})

/** A turn of Anna's, as it would be on disk. */
async function sayQuietly(
  { storage, createId, now }: Awaited<ReturnType<typeof setupScene>>,
  id: ConversationId,
  raw: string,
  presence: Presence = { present: [annaId, claraId] },
) {
  const conversation = await storage.get('conversations', id)
  if (!conversation) throw new Error('no chat')
  const turn = {
    id: createId() as never,
    conversationId: id,
    parentId: conversation.headId,
    speaker: by(annaId),
    dialect: 'her',
    raw,
    ...presence,
    ending: 'complete',
    createdAt: now(),
  } as const
  await storage.write([
    { type: 'put', table: 'turns', row: turn },
    { type: 'put', table: 'conversations', row: { ...conversation, headId: turn.id } },
  ])
}

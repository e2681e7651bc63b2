import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createKeyRing } from '#adapters/key-ring.ts'
import { createModelOpener } from '#adapters/openai/open-model.ts'
import { createCard } from '#core/cards/create-card.ts'
import type { Connection, SamplingPreset } from '#core/connection.ts'
import { demoConnection } from '#core/demo-connection.ts'
import type { CharacterId, ConnectionId } from '#core/ids.ts'
import type { ModelChoice } from '#core/model-choice.ts'
import type { Change } from '#ports/storage.ts'
import { createAsides } from './asides.ts'
import { annaId, setupChat } from './chat.test-kit.ts'
import { createChatEngine } from './chat.ts'
import { createModelCasting } from './choose-models.ts'
import { chooseSpeaker } from './choose-speaker.ts'
import { parallelSetting } from './parallel-requests.ts'
import { createScenes } from './scenes.ts'

const borisId = 'boris' as CharacterId
const claraId = 'clara' as CharacterId
const cast = [annaId, borisId, claraId]
const nameOf: Readonly<Record<string, string>> = { anna: 'Anna', boris: 'Boris', clara: 'Clara' }
const whoOf = (name: string) => cast.find((id) => nameOf[id] === name)

/** Servers with a key, a model and a way of their own. */
const servers = [0, 1, 2].map(
  (place): Connection => ({
    ...demoConnection,
    id: `server-${place}` as ConnectionId,
    kind: 'vllm',
    baseUrl: `https://server-${place}.example/v1`,
    model: `model-${place}`,
    capabilities: { ...demoConnection.capabilities, prefill: place === 1 ? 'flags' : 'none' },
    ...(place === 2 && { prompt: { form: 'demo' } }),
  }),
)

interface Asked {
  readonly server: ConnectionId
  readonly authorization: string | null
  readonly body: { readonly model: string; readonly messages: readonly { role: string; content: string }[] }
  readonly text: string
}

/** A scene on three servers, each of which thinks a secret of whoever it is asked to be. */
async function setupServers() {
  const asked: Asked[] = []
  let secrets = 0
  let running = 0
  let most = 0
  const set = await setupChat([], { connection: servers[0] as Connection })
  const openModel = createModelOpener({
    keyRing: createKeyRing(set.storage, null),
    openAdapter: () => import('#adapters/openai/openai-model.ts'),
    origin: 'http://localhost',
    openDemoFetch: async () => {
      throw new Error('The demo was asked.')
    },
    fetch: async (input, init) => {
      const { host } = new URL(String(input))
      const text = await new Response(init?.body).text()
      asked.push({
        server: (host.split('.')[0] ?? '') as ConnectionId,
        authorization: new Headers(init?.headers).get('authorization'),
        body: JSON.parse(text),
        text,
      })
      const name = /You are (\w+)/.exec(text)?.[1] ?? 'Nobody'
      running += 1
      most = Math.max(most, running)
      await new Promise((resolve) => setTimeout(resolve, 0))
      running -= 1
      secrets += 1
      const begun = /<role_thinking>"\}\]/.test(text) ? '' : '<role_thinking>'
      return streamed(`${begun}THOUGHT-${name}-${secrets}</role_thinking>Said ${secrets}.`)
    },
  })
  const rows = cast.map(
    (id): Change => ({
      type: 'put',
      table: 'characters',
      row: {
        id,
        document: createCard({ name: nameOf[id] ?? '' }),
        hue: 1,
        origin: 'authored',
        createdAt: 1,
        updatedAt: 1,
      },
    }),
  )
  await set.storage.write([
    ...rows,
    ...servers.map((row): Change => ({ type: 'put', table: 'connections', row })),
    ...servers.map(({ id }): Change => ({ type: 'put', table: 'keys', row: { connectionId: id, key: `KEY-${id}` } })),
  ])
  const dependencies = { ...set, openModel }
  const chat = createChatEngine(dependencies)
  const scenes = createScenes({ ...dependencies, chat })
  const id = await scenes.begin({ cast, opening: 'Rain.' })
  return {
    ...dependencies,
    chat,
    scenes,
    id,
    asked,
    casting: createModelCasting(set.storage),
    asides: createAsides(dependencies),
    mostAtOnce: () => most,
    path: () => set.shown(id),
  }
}

function streamed(text: string): Response {
  const chunks = [
    { choices: [{ index: 0, delta: { content: text } }] },
    { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
  ]
  const body = [...chunks.map((chunk) => JSON.stringify(chunk)), '[DONE]'].map((data) => `data: ${data}\n\n`).join('')
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
}

const signal = () => new AbortController().signal
const by = (characterId: CharacterId) => ({ kind: 'character', characterId }) as const

/** Gone, as a connection that was removed. */
const gone = 'server-9' as ConnectionId
const choice = fc.option(
  fc.record(
    {
      connectionId: fc.constantFrom(gone, ...servers.map(({ id }) => id)),
      preset: fc.constantFrom<SamplingPreset>('her-demo', 'her-evaluation'),
    },
    { requiredKeys: [] },
  ),
  { nil: undefined },
) as fc.Arbitrary<ModelChoice | undefined>

const someone = fc.constantFrom(...cast)
const step = fc.oneof(
  fc.record({ do: fc.constant('ask' as const), who: someone }),
  fc.record({ do: fc.constant('say' as const), who: someone, isWhisper: fc.boolean() }),
  fc.record({ do: fc.constant('narrate' as const) }),
  fc.record({ do: fc.constant('mirror' as const) }),
  fc.record({ do: fc.constant('choose' as const) }),
  fc.record({ do: fc.constant('write' as const) }),
)

function expectedServer(chat: ModelChoice | undefined, character: ModelChoice | undefined): ConnectionId {
  for (const one of [chat, character]) {
    if (one && one.connectionId === undefined) return servers[0]?.id as ConnectionId
    if (one?.connectionId !== undefined && one.connectionId !== gone) return one.connectionId
  }
  return servers[0]?.id as ConnectionId
}

describe('different minds, different models', () => {
  test('whoever is asked is asked of their own server, with its key, and no thought goes to another’s', async () => {
    let ownThoughts = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(choice, { minLength: 3, maxLength: 3 }),
        fc.array(choice, { minLength: 3, maxLength: 3 }),
        choice,
        fc.array(step, { minLength: 3, maxLength: 9 }),
        async (inChat, ofCharacter, environment, steps) => {
          const { chat, casting, asides, asked, id, path, storage, openModel } = await setupServers()
          for (const [place, who] of cast.entries()) {
            await casting.inChat(id, who, inChat[place])
            await casting.ofCharacter(who, ofCharacter[place])
          }
          await casting.inChat(id, 'environment', environment)
          const serverOf = new Map(
            cast.map((who, place) => [who as string, expectedServer(inChat[place], ofCharacter[place])]),
          )
          const common = expectedServer(environment, undefined)
          for (const each of steps) {
            const before = asked.length
            switch (each.do) {
              case 'ask':
                await chat.ask(id, by(each.who))
                break
              case 'say':
                await chat.send(id, each.isWhisper ? `WHISPER-${each.who}` : 'Well? [READER]', {
                  answerer: by(each.who),
                  ...(each.isWhisper && { whisperTo: [each.who] }),
                })
                break
              case 'narrate':
                await chat.ask(id, { kind: 'environment' })
                break
              case 'mirror':
                await asides.mirrors({
                  conversationId: id,
                  draft: 'And now?',
                  onAsked: (ids) => expect(ids).toEqual(cast),
                  signal: signal(),
                  onText: () => undefined,
                  onEnd: (_id, end) => expect(end).toEqual({ kind: 'done' }),
                })
                break
              case 'choose': {
                const conversation = await storage.get('conversations', id)
                if (conversation)
                  await chooseSpeaker({ storage, openModel }, conversation, await path(), 'model', signal())
                break
              }
              case 'write':
                await asides.writeForReader({ conversationId: id, signal: signal(), onText: () => undefined })
            }
            await chat.quiet(id)
            for (const request of asked.slice(before)) {
              const connection = servers.find(({ id: server }) => server === request.server)
              expect(request.authorization).toBe(`Bearer KEY-${request.server}`)
              expect(request.body.model).toBe(connection?.model)
              const isOfSomebody = each.do === 'ask' || each.do === 'say' || each.do === 'mirror'
              const speaker = isOfSomebody ? whoOf(/You are (\w+)/.exec(request.text)?.[1] ?? '') : undefined
              if (isOfSomebody) expect(request.server).toBe(serverOf.get(speaker ?? ''))
              else if (each.do !== 'write') expect(request.server).toBe(common)
              else expect(request.server).toBe(servers[0]?.id)
              for (const [, name = ''] of request.text.matchAll(/THOUGHT-(\w+?)-/g)) {
                expect(whoOf(name)).toBe(speaker)
                ownThoughts += 1
              }
              if (each.do !== 'write') {
                for (const [, who] of request.text.matchAll(/WHISPER-(\w+)/g)) expect(who).toBe(speaker)
              }
              expect(request.text).not.toContain('READER')
              expect(request.text).not.toContain('KEY-')
            }
          }
          for (const turn of await path()) {
            if (!turn.making) continue
            const { speaker, making } = turn
            const server = speaker.kind === 'character' ? serverOf.get(speaker.characterId) : common
            expect(making.connectionId).toBe(server)
            expect(making.model).toBe(servers.find(({ id: one }) => one === server)?.model)
          }
        },
      ),
      { numRuns: 100 },
    )
    expect(ownThoughts).toBeGreaterThan(50)
  }, 60_000)

  test('a model that is gone leaves it to the next choice, and the turn says so', async () => {
    const { chat, casting, id, asked, path } = await setupServers()
    await casting.inChat(id, borisId, { connectionId: gone })
    await casting.ofCharacter(borisId, { connectionId: servers[2]?.id as ConnectionId })
    await chat.ask(id, by(borisId))
    await chat.quiet(id)
    expect(asked[0]?.server).toBe('server-2')
    expect((await path()).at(-1)?.making).toMatchObject({ connectionId: 'server-2', model: 'model-2', fellBack: true })
    await casting.inChat(id, borisId, undefined)
    await chat.ask(id, by(annaId))
    await chat.quiet(id)
    expect((await path()).at(-1)?.making?.fellBack).toBeUndefined()
  })

  test('the prompt’s form, what it begins with and its sampling are those of the model that is asked', async () => {
    const { chat, casting, id, asked } = await setupServers()
    await casting.inChat(id, borisId, { connectionId: servers[1]?.id as ConnectionId, preset: 'her-evaluation' })
    await casting.inChat(id, claraId, { connectionId: servers[2]?.id as ConnectionId })
    for (const who of cast) {
      await chat.ask(id, by(who))
      await chat.quiet(id)
    }
    const [anna, boris, clara] = asked.map(({ body }) => body as unknown as Record<string, unknown>)
    expect(boris).toMatchObject({ continue_final_message: true, repetition_penalty: 1.15 })
    expect(anna).not.toHaveProperty('continue_final_message')
    expect(anna).not.toHaveProperty('repetition_penalty')
    const system = (place: number) => asked[place]?.body.messages[0]?.content ?? ''
    expect(system(0)).toContain('===Requirements===')
    expect(system(2)).toContain('===Output Format===')
    expect(clara).not.toHaveProperty('continue_final_message')
  })

  test('several are asked at once, within the setting, and a stop stops all', async () => {
    const { asides, id, storage, mostAtOnce, asked } = await setupServers()
    const ends: string[] = []
    const mirrors = (aborter: AbortController) =>
      asides.mirrors({
        conversationId: id,
        draft: 'What now?',
        onAsked: () => undefined,
        signal: aborter.signal,
        onText: () => undefined,
        onEnd: (who, end) => ends.push(`${who} ${end.kind}`),
      })
    await storage.write([{ type: 'put', table: 'settings', row: { name: parallelSetting, value: '2' } }])
    await mirrors(new AbortController())
    expect(mostAtOnce()).toBe(2)
    expect(ends.toSorted()).toEqual(['anna done', 'boris done', 'clara done'])
    const aborter = new AbortController()
    const stopped = mirrors(aborter)
    aborter.abort()
    await stopped
    expect(asked).toHaveLength(3)
  })
})

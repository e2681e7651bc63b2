import type { Page } from '@playwright/test'
import { catalogueEntry } from '../../src/core/cards/catalogue.ts'
import type { Character } from '../../src/core/cards/character.ts'
import { type Connection, herSampling, untestedCapabilities } from '../../src/core/connection.ts'
import type { Conversation, Persona } from '../../src/core/conversation/conversation.ts'
import type { Turn } from '../../src/core/conversation/turn.ts'
import type {
  CharacterId,
  ConnectionId,
  ConversationId,
  FileId,
  LorebookId,
  PersonaId,
  SceneId,
  TurnId,
} from '../../src/core/ids.ts'
import type { KeptLorebook } from '../../src/core/lorebook/kept-lorebook.ts'
import type { KeptScene } from '../../src/core/scene-file/kept-scene.ts'
import { vectors } from './vectors.ts'

const at = 1_750_000_000_000
const times = { createdAt: at, updatedAt: at }
const main = 'hostile' as CharacterId
export const chatId = 'hostile-chat' as ConversationId
/** One with a single word of each side. */
export const smallChatId = 'hostile-small' as ConversationId
export const sceneChatId = 'hostile-play' as ConversationId
const everything = vectors.join('\n\n')
const numbered = (index: number) => String(index).padStart(5, '0')
const one = (index: number) => vectors[index % vectors.length] ?? ''

const entries = vectors.map((text, index) => ({
  keys: [text, 'the'],
  secondary_keys: [text],
  content: text,
  name: text,
  comment: text,
  enabled: true,
  insertion_order: index,
  extensions: { her: { knownTo: [text] } },
}))

function character(id: string, text: string, more: Readonly<Record<string, unknown>> = {}): Character {
  const data = {
    name: text,
    nickname: text,
    creator: text,
    character_version: text,
    tags: [text],
    description: text,
    personality: text,
    scenario: text,
    first_mes: text,
    mes_example: text,
    creator_notes: text,
    system_prompt: text,
    post_history_instructions: text,
    alternate_greetings: [],
    extensions: { her: { book: text, motivation: text, relationships: { [text]: text } } },
    ...more,
  }
  const raw = { spec: 'chara_card_v3', spec_version: '3.0', data } as Character['document']['raw']
  return {
    id: id as CharacterId,
    document: { spec: 'v3', raw },
    portraitId: 'hostile-picture' as FileId,
    hue: 30,
    origin: 'imported',
    folder: text,
    tags: [text],
    ...times,
  }
}

const characters = [
  character(main, one(0), {
    description: everything,
    alternate_greetings: vectors,
    character_book: { name: one(1), description: everything, entries, extensions: {} },
  }),
  ...vectors.map((text, index) => character(`hostile-${numbered(index)}`, text)),
]
const others = characters.slice(1, 4).map(({ id }) => id)

/** A vector in each of the four layers. */
const reply = (text: string) =>
  `<system_thinking>${text}</system_thinking><role_thinking>${text}</role_thinking><role_action>${text}</role_action>${text}`

function turnsOf(conversationId: ConversationId, speakers: readonly CharacterId[]): Turn[] {
  const turns: Turn[] = []
  for (const [index, text] of vectors.entries()) {
    const shared = { conversationId, createdAt: at + index, ending: 'complete', name: text } as const
    const said: Turn = {
      ...shared,
      id: `t-${numbered(index)}-a` as TurnId,
      parentId: turns.at(-1)?.id ?? null,
      speaker: { kind: 'user' },
      dialect: 'player',
      raw: `${text}\n\n*${text}* [${text}]`,
    }
    const answered: Turn = {
      ...shared,
      id: `t-${numbered(index)}-b` as TurnId,
      parentId: said.id,
      speaker: { kind: 'character', characterId: speakers[index % speakers.length] ?? main },
      dialect: 'her',
      raw: reply(text),
      ...(index % 3 === 0 && { ending: 'failed', failure: { kind: 'rejected', status: 400, detail: text } }),
      making: { model: text },
    }
    turns.push(said, answered)
  }
  const last = turns.at(-1)
  if (last) turns.push({ ...last, id: `${last.id}-other` as TurnId, raw: reply(everything.slice(0, 5000)) })
  return turns
}

const chats: Conversation[] = [
  {
    id: chatId,
    characterId: main,
    title: one(3),
    headId: `t-${numbered(vectors.length - 1)}-b` as TurnId,
    remembers: false,
    note: { text: everything.slice(0, 5000), depth: 1, lasts: 'standing' } as never,
    lorebookIds: ['hostile-book' as LorebookId],
    ...times,
    updatedAt: at + 5,
  },
  {
    id: sceneChatId,
    characterId: main,
    cast: [main, ...others],
    scenario: everything.slice(0, 3000),
    secrets: { [main]: one(5) } as Conversation['secrets'] & object,
    appearances: { [main]: one(6) } as Conversation['appearances'] & object,
    title: one(4),
    headId: `t-${numbered(vectors.length - 1)}-b` as TurnId,
    remembers: false,
    ...times,
  },
  {
    id: smallChatId,
    characterId: main,
    title: one(9),
    headId: 't-00000-b' as TurnId,
    remembers: false,
    ...times,
  },
  ...vectors.map((title, index) => ({
    id: `hostile-chat-${numbered(index)}` as ConversationId,
    characterId: main,
    title,
    headId: null,
    ...times,
  })),
  ...vectors.map((title, index) => ({
    id: `hostile-bin-${numbered(index)}` as ConversationId,
    characterId: main,
    title,
    headId: null,
    ...times,
    deletedAt: at,
  })),
]

const lorebooks: KeptLorebook[] = [
  {
    id: 'hostile-book' as LorebookId,
    name: one(7),
    raw: { name: one(7), description: everything, entries, extensions: {} } as KeptLorebook['raw'],
    isEverywhere: true,
    ...times,
  },
  ...vectors.map((name, index) => ({
    id: `hostile-book-${numbered(index)}` as LorebookId,
    name,
    raw: { name, entries: [], extensions: {} } as KeptLorebook['raw'],
    isEverywhere: false,
    ...times,
  })),
]

const scenes: KeptScene[] = vectors.map((text, index) => ({
  id: `hostile-scene-${numbered(index)}` as SceneId,
  title: text,
  about: text,
  book: text,
  scenario: text,
  cast: [main, ...others],
  secrets: { [main]: text } as KeptScene['secrets'] & object,
  appearances: { [main]: text } as KeptScene['appearances'] & object,
  opening: [
    { speaker: { kind: 'environment' }, raw: text, dialect: 'player' },
    { speaker: { kind: 'character', characterId: main }, raw: reply(text), dialect: 'her' },
  ],
  origin: 'imported',
  ...times,
}))

const personas: Persona[] = vectors.map((text, index) => ({
  id: `hostile-persona-${numbered(index)}` as PersonaId,
  name: text,
  description: text,
  notes: text,
  createdAt: at,
}))

function connection(id: string, name: string, baseUrl: string, model: string): Connection {
  return {
    id: id as ConnectionId,
    name,
    baseUrl,
    kind: 'vllm',
    model,
    transport: 'chat',
    capabilities: { ...untestedCapabilities, speaksHer: true, contextTokens: 30_000 },
    sampling: herSampling,
    createdAt: at,
  }
}

/** Puts the vectors wherever there is a place for text. The page has made its database. */
export async function seedVectors(page: Page, modelUrl: string): Promise<void> {
  const tables: Readonly<Record<string, readonly unknown[]>> = {
    characters,
    catalogue: characters.map(catalogueEntry),
    conversations: chats,
    turns: [
      ...turnsOf(smallChatId, [main]).slice(0, 2),
      ...turnsOf(chatId, [main]),
      ...turnsOf(sceneChatId, [main, ...others]),
    ],
    lorebooks,
    scenes,
    personas,
    memories: [
      {
        conversationId: chatId,
        versions: [
          {
            id: 'm',
            characterId: main,
            throughId: `t-${numbered(2)}-b`,
            turns: 6,
            text: everything,
            writtenBy: 'model',
            createdAt: at,
          },
        ],
      },
    ],
    cardHistories: [
      {
        characterId: main,
        versions: vectors.map((name, index) => ({
          id: `v${index}`,
          document: character('x', name).document,
          name,
          createdAt: at,
        })),
      },
    ],
    connections: [
      connection('hostile-live', one(8), modelUrl, 'her'),
      ...vectors.map((text, index) => connection(`hostile-${index}`, text, `${modelUrl}/${index}`, text)),
    ],
    settings: [{ name: 'connection', value: 'hostile-live' }],
  }
  await page.evaluate(async (rows) => {
    const settled = <Value>(request: IDBRequest<Value>) =>
      new Promise<Value>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const database = await settled(indexedDB.open('subtext'))
    const transaction = database.transaction([...Object.keys(rows), 'files'], 'readwrite')
    for (const [table, list] of Object.entries(rows)) {
      for (const row of list) transaction.objectStore(table).put(row)
    }
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9" onload="parent.__pwned=1"><script>parent.__pwned=1</script><image href="https://pwned.example/i.png" width="9" height="9"/><style>@import url(https://pwned.example/s.css)</style><foreignObject width="9" height="9"><iframe xmlns="http://www.w3.org/1999/xhtml" src="https://pwned.example/"></iframe></foreignObject></svg>`
    transaction.objectStore('files').put({ id: 'hostile-picture', blob: new Blob([svg], { type: 'image/svg+xml' }) })
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve
      transaction.onerror = () => reject(transaction.error)
    })
    database.close()
  }, tables)
}

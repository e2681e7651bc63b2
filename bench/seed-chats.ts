import { readFileSync } from 'node:fs'
import type { Page } from 'playwright'
import type { Character } from '#core/cards/character.ts'
import { readCard } from '#core/cards/read-card.ts'
import { type Connection, herSampling, untestedCapabilities } from '#core/connection.ts'
import type { Conversation } from '#core/conversation/conversation.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { CharacterId, ConnectionId, ConversationId, TurnId } from '#core/ids.ts'
import { createIdSource } from '#engine/ids.ts'
import type { TableName, Tables } from '#ports/storage.ts'
import { writeLine, writeTurn } from './story.ts'

type Rows = { readonly [Table in TableName]?: readonly Tables[Table][] }

const characterId = 'bench-character' as CharacterId

/** Unix milliseconds: some day in the past. */
const firstDay = 1_750_000_000_000

/** The id of the seeded chat of so many turns. */
export function chatOf(turns: number): ConversationId {
  return `bench-${turns}` as ConversationId
}

/**
 * Writes chats of the given lengths into the database of the page's app, with a connection to the server at `modelUrl`
 * in use. The app makes its own database first: how it is built is nobody else's business.
 */
export async function seedChats(page: Page, appUrl: string, modelUrl: string, lengths: readonly number[]) {
  await page.goto(`${appUrl}/settings`)
  await page.getByRole('heading').first().waitFor()
  await putRows(page, { characters: [createCharacter()], ...connectionRows(modelUrl) })
  for (const length of lengths) await putRows(page, chatRows(length))
}

/** Writes rows into the database of the page's app. */
export async function putRows(page: Page, rows: Rows): Promise<void> {
  await page.evaluate(
    async (tables) => {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open('subtext')
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
      const transaction = database.transaction(Object.keys(tables), 'readwrite')
      for (const [table, list] of Object.entries(tables)) {
        for (const row of list) transaction.objectStore(table).put(row)
      }
      await new Promise((resolve, reject) => {
        transaction.oncomplete = resolve
        transaction.onerror = () => reject(transaction.error)
      })
      database.close()
    },
    rows as Readonly<Record<string, readonly unknown[]>>,
  )
}

function createCharacter(): Character {
  const read = readCard(readFileSync('characters/elizabeth-bennet/card.json'))
  if (!read.ok) throw new Error('The bundled card can not be read')
  const { document } = read.value
  return { id: characterId, document, hue: 30, origin: 'imported', createdAt: firstDay, updatedAt: firstDay }
}

function connectionRows(modelUrl: string): Rows {
  const connection: Connection = {
    id: 'bench-connection' as ConnectionId,
    name: 'Bench',
    baseUrl: modelUrl,
    kind: 'vllm',
    model: 'her',
    transport: 'chat',
    capabilities: { ...untestedCapabilities, speaksHer: true, contextTokens: 32_768 },
    sampling: herSampling,
    createdAt: firstDay,
  }
  return { connections: [connection], settings: [{ name: 'connection', value: connection.id }] }
}

function chatRows(length: number): Rows {
  let time = firstDay
  const createId = createIdSource(
    () => (time += 60_000),
    (size) => new Uint8Array(size),
  )
  const turns: Turn[] = []
  for (let index = 0; index < length; index += 1) {
    const isReply = index % 2 === 1
    turns.push({
      id: createId() as TurnId,
      conversationId: chatOf(length),
      parentId: turns.at(-1)?.id ?? null,
      speaker: isReply ? { kind: 'character', characterId } : { kind: 'user' },
      dialect: isReply ? 'her' : 'player',
      raw: isReply ? writeTurn(index) : writeLine(index),
      ending: 'complete',
      ...(isReply && { making: { model: 'her', planningMs: 2400, totalMs: 6000 } }),
      createdAt: time,
    })
  }
  const conversation: Conversation = {
    id: chatOf(length),
    characterId,
    title: `A chat of ${length}`,
    headId: turns.at(-1)?.id ?? null,
    // A summary between two replies would take the answer that the next is to get.
    remembers: false,
    createdAt: firstDay,
    updatedAt: time,
  }
  return { conversations: [conversation], turns }
}

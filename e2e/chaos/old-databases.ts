import type { Page } from '@playwright/test'

/** A turn, a chat and a character as every version had them. */
export function oldRows() {
  const at = 1_700_000_000_000
  const chats = ['c1', 'c2', 'c3']
  const speaker = (index: number) =>
    index % 2 === 0 ? { kind: 'character', characterId: 'x' } : { kind: 'user', personaId: 'p' }
  const turns = chats.flatMap((conversationId) =>
    Array.from({ length: 200 }, (_, index) => ({
      id: `${conversationId}-${String(index).padStart(4, '0')}`,
      conversationId,
      parentId: index === 0 ? null : `${conversationId}-${String(index - 1).padStart(4, '0')}`,
      speaker: speaker(index),
      dialect: index % 2 === 0 ? 'her' : 'player',
      raw: `<system_thinking>p</system_thinking>Old words ${index}, naïve 夜.`,
      ending: 'complete',
      createdAt: at + index,
    })),
  )
  const data = { name: 'Vera', description: 'A locksmith.', first_mes: 'Late.', extensions: {} }
  return {
    characters: [
      {
        id: 'x',
        document: { spec: 'v3', raw: { spec: 'chara_card_v3', spec_version: '3.0', data } },
        hue: 50,
        origin: 'authored',
        createdAt: at,
        updatedAt: at,
      },
    ],
    personas: [{ id: 'p', name: 'Clara', description: '' }],
    conversations: chats.map((id) => ({
      id,
      characterId: 'x',
      personaId: 'p',
      title: id,
      headId: `${id}-0199`,
      createdAt: at,
      updatedAt: at,
    })),
    turns,
    settings: [{ name: 'kept', value: 'yes' }],
    keys: [{ connectionId: 'k', key: 'sk-old' }],
  } as const
}

/**
 * Puts a database in the place of the page's, as the code of `version` made it. The page must be one of the origin that
 * has no app in it.
 */
export async function putOldDatabase(page: Page, version: 1 | 2): Promise<void> {
  await page.evaluate(
    async ({ version, rows }) => {
      const settled = <Value>(request: IDBRequest<Value>) =>
        new Promise<Value>((resolve, reject) => {
          request.onsuccess = () => resolve(request.result)
          request.onerror = () => reject(request.error)
        })
      await settled(indexedDB.deleteDatabase('subtext'))
      const opening = indexedDB.open('subtext', version)
      opening.onupgradeneeded = () => {
        const database = opening.result
        for (const table of ['characters', 'files', 'conversations', 'personas', 'connections']) {
          database.createObjectStore(table, { keyPath: 'id' })
        }
        database.createObjectStore('turns', { keyPath: ['conversationId', 'id'] })
        database.createObjectStore('keys', { keyPath: 'connectionId' })
        database.createObjectStore('settings', { keyPath: 'name' })
        if (version < 2) return
        database.createObjectStore('lorebooks', { keyPath: 'id' })
        database.createObjectStore('memories', { keyPath: 'conversationId' })
        database.createObjectStore('cardHistories', { keyPath: 'characterId' })
        database.createObjectStore('scenes', { keyPath: 'id' })
        database.createObjectStore('catalogue', { keyPath: 'id' })
      }
      const database = await settled(opening)
      const writing = database.transaction(Object.keys(rows), 'readwrite')
      for (const [table, list] of Object.entries(rows)) for (const row of list) writing.objectStore(table).put(row)
      await new Promise((resolve) => {
        writing.oncomplete = resolve
      })
      database.close()
    },
    { version, rows: oldRows() },
  )
}

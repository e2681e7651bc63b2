import type { Page } from '@playwright/test'
import { openVault } from '../../src/adapters/passphrase.ts'
import { createRowSeal } from '../../src/adapters/row-seal.ts'
import { type DiskLock, everythingRow, type TableName, type Tables } from '../../src/ports/storage.ts'
import { expect, readDatabase } from '../journey.ts'

export const passphrase = 'correct horse battery'

/** So many that it takes a second to seal them. */
const chats = ['sealed-chat-0', 'sealed-chat-1', 'sealed-chat-2']
const turnsOfChat = 900
const pictures = 25
const pictureSize = 100_000

function turnsOfChats() {
  return chats.flatMap((conversationId) =>
    Array.from({ length: turnsOfChat }, (_, index) => {
      const id = (place: number) => `${conversationId}-${String(place).padStart(5, '0')}`
      return {
        id: id(index),
        conversationId,
        parentId: index === 0 ? null : id(index - 1),
        speaker: { kind: 'user' },
        dialect: 'player',
        raw: `Words to be sealed ${index}, naïve 夜.`,
        ending: 'complete',
        createdAt: 1_700_000_000_000 + index,
      }
    }),
  )
}

/** Gives the passphrase, where it is asked for, and waits until what was begun is gone on with. */
export async function unlock(page: Page): Promise<void> {
  const locked = page.getByRole('heading', { name: 'Subtext is locked' })
  const there = page.getByRole('heading', { name: 'Backup' })
  await expect(locked.or(there)).toBeVisible({ timeout: 60_000 })
  if (!(await locked.isVisible())) return
  await page.getByLabel('Passphrase').fill(passphrase)
  await page.keyboard.press('Enter')
  await expect(there).toBeVisible({ timeout: 60_000 })
}

/** Puts the rows into an open database that has none of them, and loads the page anew. */
export async function putManyRows(page: Page): Promise<void> {
  const { turns = [] } = await readDatabase(page)
  if (turns.some((row) => (row as Tables['turns']).id.startsWith('sealed-chat'))) return
  await page.evaluate(
    async ({ rows, count, size }) => {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open('subtext')
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
      const transaction = database.transaction(['turns', 'files'], 'readwrite')
      for (const row of rows) transaction.objectStore('turns').put(row)
      for (let index = 0; index < count; index += 1) {
        const blob = new Blob([String(index % 10).repeat(size)], { type: 'image/png' })
        transaction.objectStore('files').put({ id: `sealed-file-${index}`, blob })
      }
      await new Promise((resolve) => {
        transaction.oncomplete = resolve
      })
      database.close()
    },
    { rows: turnsOfChats(), count: pictures, size: pictureSize },
  )
  await page.reload()
  await unlock(page)
}

/** How many rows there are beside the keys, how many of them are sealed, and what is written of the seal. */
export async function sealedShare(page: Page) {
  const { keys = [], deviceKeys: _device, ...tables } = await readDatabase(page)
  const rows = Object.values(tables).flat() as readonly object[]
  return {
    rows: rows.length,
    sealed: rows.filter((row) => 'sealed' in row).length,
    phase: lockAmong(keys)?.phase ?? ('open' as const),
  }
}

function lockAmong(keys: readonly unknown[]): DiskLock | undefined {
  return (keys as readonly DiskLock[]).find(({ connectionId }) => connectionId === everythingRow)
}

/** What is not as it was put, read with the passphrase where it is sealed. */
export async function rowsAsTheyWere(page: Page): Promise<readonly string[]> {
  const rows = await readDatabase(page)
  const lock = lockAmong(rows['keys'] ?? [])
  const key = lock && (await openVault(lock.vault, passphrase))
  if (lock && !key) return ['the passphrase opens nothing']
  const opened = async <Table extends TableName>(table: Table) => {
    const all = (rows[table] ?? []) as readonly Tables[Table][]
    const mine = all.filter((row) => 'id' in row && String(row.id).startsWith('sealed-'))
    return key ? createRowSeal(key).openRows(table, mine) : mine
  }
  const turns = new Set((await opened('turns')).map((row) => JSON.stringify(row)))
  const lost = turnsOfChats().filter((row) => !turns.has(JSON.stringify(row))).length
  const texts = key
    ? await Promise.all((await opened('files')).map(({ blob }) => blob.text()))
    : await page.evaluate(readFiles)
  const whole = texts.filter((text) => text.length === pictureSize && new Set(text).size === 1).length
  return [
    ...(lost > 0 ? [`${lost} turns are not as they were`] : []),
    ...(whole === pictures ? [] : [`${whole} pictures of ${pictures} are whole`]),
  ]
}

/** The texts of the pictures as they lie open on disk; it runs in the page by itself. */
async function readFiles(): Promise<string[]> {
  const settled = <Value>(request: IDBRequest<Value>) =>
    new Promise<Value>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
  const database = await settled(indexedDB.open('subtext'))
  const rows = await settled(database.transaction('files').objectStore('files').getAll())
  database.close()
  return Promise.all(
    (rows as { id: string; blob: Blob }[]).filter(({ id }) => id.startsWith('sealed-')).map(({ blob }) => blob.text()),
  )
}

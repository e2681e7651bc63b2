import type { Locator, Page } from '@playwright/test'
import { expect, lastTurn, turns } from '../journey.ts'
import type { ModelServer, RecordedRequest } from '../model-server/model-server.ts'
import { type Rows, readRows } from './check-database.ts'
import type { DiskAct, Kill } from './disk-plan.ts'
import {
  backupChats,
  cardsAtOnce,
  linesOfChat,
  someBackup,
  someCards,
  someChat,
  turnsOfBackupChat,
} from './files-to-import.ts'
import { besideTheApp } from './killable-browser.ts'
import { oldRows, putOldDatabase } from './old-databases.ts'
import { passphrase, putManyRows, rowsAsTheyWere, sealedShare, unlock } from './sealing.ts'

/** Something the page is killed in the middle of. */
interface Act {
  /** Brings the page to where it begins, and begins it. */
  readonly begin: (page: Page) => Promise<void>
  /** Opens the page anew and says what is not as it should be. */
  readonly expectAfter: (page: Page, killedAt: number) => Promise<readonly string[]>
}

/** A reply is saved each second; the rest is for a busy machine to bring the words and put them down. */
const savedWithinMs = 2000

/** What the page begins each reply with, for a server that goes on from words it is given. */
const opened = '<system_thinking>'
const long = `Long.</system_thinking>${'The fog is thick today, and the day is long. '.repeat(200)}`

export function createDiskActs(server: ModelServer, chat: string): Record<DiskAct, (kill: Kill) => Act> {
  const backup = someBackup()
  const send = ({ number }: Kill): Act => {
    const words = `Message ${number}.`
    let hasShown: () => boolean = () => false
    return {
      begin: async (page) => {
        await comeTo(page, chat)
        await expect(turns(page).first()).toBeVisible()
        server.forget()
        server.next({ text: long, rate: 60 })
        await page.getByRole('textbox', { name: 'Message' }).fill(words)
        hasShown = watch(turns(page).getByText(words, { exact: true }))
        await page.getByRole('button', { name: 'Send' }).click()
      },
      expectAfter: async (page, killedAt) => {
        const problems: string[] = []
        await page.goto(chat)
        await expect(turns(page).first()).toBeVisible()
        const { turns: rows } = await readRows(page)
        const mine = rows.find(({ raw }) => raw === words)
        if (!mine) return hasShown() ? ['a message that was shown is gone'] : []
        await expect(turns(page).getByText(words, { exact: true })).toBeVisible()
        await expect(lastTurn(page)).toContainText('This reply was interrupted')
        const reply = (await readRows(page)).turns.find(({ parentId }) => parentId === mine.id)
        const due = sentBefore(server.generations()[0], killedAt - savedWithinMs)
        if (reply?.ending !== 'interrupted') problems.push(`the reply is ${reply?.ending}`)
        const raw = reply?.raw ?? ''
        if (due !== '' && !raw.startsWith(opened + due)) {
          problems.push(`${opened.length + due.length} characters were due, and ${raw.length} are there`)
        }
        if (!(opened + long).startsWith(raw)) problems.push('the reply has words nobody sent')
        await expect(lastTurn(page).getByRole('button', { name: raw === '' ? 'Retry' : 'Continue' })).toBeVisible()
        return problems
      },
    }
  }
  return {
    stream: send,
    send,

    'edit turn': ({ number }) => {
      const words = `Edited ${number}.`
      let hasShown: () => boolean = () => false
      let before = 0
      return {
        begin: async (page) => {
          await comeTo(page, chat)
          // Of a long chat only the end is in the page.
          const turn = lastTurn(page)
          await turn.hover()
          await turn.getByRole('button', { name: 'Edit' }).click()
          before = (await readRows(page)).turns.length
          await page.getByRole('dialog').getByRole('textbox').first().fill(words)
          hasShown = watch(turns(page).getByText(words))
          await page.getByRole('button', { name: 'Save', exact: true }).click()
        },
        expectAfter: async (page) => {
          await page.goto(chat)
          await expect(turns(page).first()).toBeVisible()
          const { turns: rows, conversations } = await readRows(page)
          const edited = rows.find(({ raw }) => raw.includes(words))
          if (!edited) return hasShown() ? ['an edit that was shown is gone'] : []
          const isShown = conversations.some(({ headId }) => headId === edited.id)
          return rows.length === before + 1 && isShown ? [] : ['an edit is there by half']
        },
      }
    },

    'edit card': ({ number }) => {
      const words = `Described for the time ${number}.`
      let hasSaved: () => boolean = () => false
      return {
        begin: async (page) => {
          await comeTo(page, '/characters')
          await page.getByRole('main').getByRole('link', { name: 'Sherlock Holmes' }).click()
          await page.getByRole('link', { name: 'Edit' }).click()
          await page.getByRole('textbox', { name: 'Description' }).fill(words)
          await expect(page.getByText('Saving…', { exact: true })).toBeVisible()
          hasSaved = watch(page.getByText('Saved', { exact: true }))
        },
        expectAfter: async (page) => {
          await page.goto('/characters')
          await expect(page.getByRole('main').getByRole('link').first()).toBeVisible()
          const { characters } = await readRows(page)
          const isThere = characters.some(({ document }) => JSON.stringify(document).includes(words))
          return hasSaved() && !isThere ? ['words that were saved are gone'] : []
        },
      }
    },

    'import cards': ({ number }) => ({
      begin: async (page) => {
        await comeTo(page, '/characters')
        await page.getByLabel('Import card').setInputFiles(someCards(number))
      },
      expectAfter: async (page) => {
        await page.goto('/characters')
        // Whoever is shown first: what was imported stands before the characters that come with the app.
        await expect(page.getByRole('main').getByRole('link').first()).toBeVisible()
        const rows = await readRows(page)
        const mine = rows.characters.filter(({ document }) => JSON.stringify(document).includes(`"Import ${number}-`))
        const problems = mine.some(({ originalId }) => !originalId) ? ['a card lacks its file'] : []
        if (mine.length > cardsAtOnce) problems.push(`${mine.length} cards of ${cardsAtOnce}`)
        return [...problems, ...unusedFiles(rows)]
      },
    }),

    'import chat': ({ number }) => ({
      begin: async (page) => {
        await page.goto('/chats')
        await page.getByLabel('Import chat').setInputFiles(someChat(number))
      },
      expectAfter: async (page) => {
        await page.goto(chat)
        await expect(turns(page).first()).toBeVisible()
        const { turns: rows } = await readRows(page)
        const there = rows.filter(({ raw }) => raw.startsWith(`Imported ${number},`)).length
        return there === 0 || there === linesOfChat ? [] : [`${there} lines of ${linesOfChat}`]
      },
    }),

    migrate: ({ number }) => ({
      begin: async (page) => {
        await page.goto(besideTheApp)
        await putOldDatabase(page, number % 2 === 0 ? 1 : 2)
        page.goto('/chats').catch(() => undefined)
      },
      expectAfter: async (page) => {
        await page.goto('/chats')
        await expect(page.getByRole('main').getByRole('link', { name: /c1/ }).first()).toBeVisible()
        const rows: Readonly<Record<string, unknown>> = { ...(await readRows(page)) }
        return Object.entries(oldRows()).flatMap(([table, old]) => {
          const now = new Set((rows[table] as readonly unknown[]).map((row) => JSON.stringify(row)))
          const lost = old.filter((row) => !now.has(JSON.stringify(row))).length
          return lost === 0 ? [] : [`${lost} rows of ${table} are not as they were`]
        })
      },
    }),

    restore: ({ number }) => ({
      begin: async (page) => {
        await page.goto(besideTheApp)
        await forget(page)
        await page.goto('/settings')
        await page.getByLabel('Restore from a backup').setInputFiles(await backup)
        await page.getByRole('dialog').getByRole('button', { name: 'Restore' }).click()
      },
      expectAfter: async (page) => {
        await page.goto('/settings')
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        const problems = halfChats(await readRows(page))
        if (number % 4 !== 0) return problems
        // The same backup goes on where it was broken off.
        await page.getByLabel('Restore from a backup').setInputFiles(await backup)
        await page.getByRole('dialog').getByRole('button', { name: 'Restore' }).click()
        await expect(page.getByRole('dialog').getByRole('status')).toContainText('0 replaced')
        const after = await readRows(page)
        const there = after.conversations.filter(({ id }) => id.startsWith('backed-chat-')).length
        if (there !== backupChats) problems.push(`${there} chats of ${backupChats} after another try`)
        return [...problems, ...halfChats(after)]
      },
    }),

    seal: ({ number }) => ({
      begin: async (page) => {
        await comeTo(page, '/settings')
        await unlock(page)
        await putManyRows(page)
        const section = page.getByRole('region', { name: 'A passphrase for everything' })
        const set = section.getByRole('button', { name: 'Set a passphrase' })
        const remove = section.getByRole('button', { name: 'Remove it' })
        await expect(set.or(remove)).toBeVisible()
        const isSealing = await set.isVisible()
        await (isSealing ? set : remove).click()
        const dialog = page.getByRole('dialog')
        for (const label of isSealing ? ['New passphrase', 'Once more'] : ['Passphrase now']) {
          await dialog.getByLabel(label).fill(passphrase)
        }
        await dialog.getByRole('button', { name: isSealing ? 'Seal everything' : 'Remove it' }).click()
        await expect(page.getByRole('heading', { name: 'Subtext is locked' })).toBeVisible()
        await page.getByLabel('Passphrase').fill(passphrase)
        await page.keyboard.press('Enter')
        // The key is made of the passphrase first, which takes as long as it is meant to.
        await expect(page.getByRole('status')).toContainText(/Sealing everything|Taking the seal away/)
      },
      expectAfter: async (page) => {
        const problems: string[] = []
        await page.goto(besideTheApp)
        const before = await sealedShare(page)
        console.log(`seal ${number}: killed with ${before.sealed} of ${before.rows} rows sealed, ${before.phase}`)
        await page.goto('/settings')
        await unlock(page)
        await expect(page.getByRole('heading', { name: 'Backup' })).toBeVisible()
        const after = await sealedShare(page)
        if (after.phase !== 'sealed' && after.phase !== 'open') problems.push(`it was not gone on with: ${after.phase}`)
        if (after.sealed !== (after.phase === 'sealed' ? after.rows : 0)) {
          problems.push(`${after.sealed} of ${after.rows} rows are sealed, and it is ${after.phase}`)
        }
        if (after.rows < before.rows) problems.push(`${after.rows} rows of ${before.rows} are there`)
        return [...problems, ...(await rowsAsTheyWere(page))]
      },
    }),
  }
}

/** Where it was opened anew it may be already. */
async function comeTo(page: Page, path: string): Promise<void> {
  if (new URL(page.url(), 'http://nowhere').pathname !== path) await page.goto(path)
}

/** Remembers whether something was ever seen, as long as there is a page. */
function watch(thing: Locator): () => boolean {
  let isSeen = false
  thing
    .first()
    .waitFor({ timeout: 30_000 })
    .then(() => {
      isSeen = true
    })
    .catch(() => undefined)
  return () => isSeen
}

function sentBefore(request: RecordedRequest | undefined, at: number): string {
  const sent = request?.sent.filter((piece) => piece.at <= at) ?? []
  return sent.map(({ text }) => text).join('')
}

function unusedFiles({ characters, files }: Rows): string[] {
  const used = new Set(
    characters.flatMap(({ portraitId, thumbnailId, originalId }) => [portraitId, thumbnailId, originalId]),
  ) as ReadonlySet<string | undefined>
  const unused = files.filter(({ id }) => !used.has(id)).length
  return unused === 0 ? [] : [`${unused} files belong to nobody`]
}

function halfChats({ conversations, turns: rows }: Rows): string[] {
  return conversations.flatMap(({ id }) => {
    if (!id.startsWith('backed-chat-')) return []
    const there = rows.filter(({ conversationId }) => conversationId === id).length
    return there === turnsOfBackupChat ? [] : [`${id} has ${there} turns of ${turnsOfBackupChat}`]
  })
}

async function forget(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const request = indexedDB.deleteDatabase('subtext')
        request.onsuccess = resolve
        request.onerror = reject
      }),
  )
}

import type { CardDocument } from '#core/cards/card.ts'
import { type CardVersion, toVersion } from '#core/cards/card-history.ts'
import type { Character } from '#core/cards/character.ts'
import { isSameCard } from '#core/cards/same-card.ts'
import type { StoragePort } from '#ports/storage.ts'
import { addVersion } from './add-version.ts'
import { editing } from './changes.ts'

/** What became of a card that was to be saved. */
export type SaveEnd =
  | { readonly kind: 'saved' }
  /** Somebody else changed the card since it was read. Nothing was written. */
  | { readonly kind: 'changed-elsewhere'; readonly theirs: CardDocument }
  /** It was deleted meanwhile. */
  | { readonly kind: 'gone' }

/**
 * One stretch of work on a card. The first save keeps what the card was as a version of it, in the same write; whatever
 * else the character's row holds is read again each time. Saves come one after the other. Fails with a `StorageFailure`.
 */
export interface CardSession {
  save(document: CardDocument): Promise<SaveEnd>
  /** Saves over what somebody else wrote, which is kept as a version. */
  keepMine(document: CardDocument): Promise<SaveEnd>
  /** Goes on from what somebody else wrote; what was written here is kept as a version. */
  takeTheirs(mine: CardDocument): Promise<CardDocument | undefined>
  /**
   * Told a row of the card that is on disk. Gives its card when it is news: the session goes on from there, which is right
   * only while nothing waits to be saved.
   */
  follow(row: Character): CardDocument | undefined
}

interface SessionDependencies {
  readonly storage: StoragePort
  readonly now: () => number
  readonly createId: () => string
}

export function openCardSession({ storage, now, createId }: SessionDependencies, character: Character): CardSession {
  /** What the disk holds, as far as this session knows, and when it was written. */
  let known = character.document
  let knownAt = character.updatedAt
  let isKept = false
  let queue: Promise<unknown> = Promise.resolve()

  return {
    save: (document) => inTurn(() => write(document, false)),
    keepMine: (document) => inTurn(() => write(document, true)),

    takeTheirs: (mine) =>
      inTurn(async () => {
        const row = await storage.get('characters', character.id)
        if (!row) return undefined
        const version = { ...toVersion(row, createId(), now()), document: mine }
        await storage.write([addVersion(character.id, () => version)])
        goOnFrom(row)
        return row.document
      }),

    follow: (row) => {
      if (row.updatedAt <= knownAt) return undefined
      const isNews = !isSameCard(row.document, known)
      goOnFrom(row, isNews)
      return isNews ? row.document : undefined
    },
  }

  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = queue.then(work)
    queue = done.catch(() => undefined)
    return done
  }

  function goOnFrom(row: Character, isNews = true): void {
    known = row.document
    knownAt = row.updatedAt
    // What was written elsewhere is not ours to lose: the next change keeps it first.
    if (isNews) isKept = false
  }

  async function write(document: CardDocument, isForced: boolean): Promise<SaveEnd> {
    const before = { known, knownAt, isKept }
    const versionId = createId()
    let end: SaveEnd = { kind: 'gone' }
    let version: CardVersion | undefined
    const change = (row: Character | undefined): Character | undefined => {
      ;({ known, knownAt, isKept } = before)
      version = undefined
      end = { kind: 'gone' }
      if (!row || row.deletedAt !== undefined) return row
      const isTheirs = row.updatedAt !== knownAt && !isSameCard(row.document, known)
      if (isTheirs && !isForced) {
        end = { kind: 'changed-elsewhere', theirs: row.document }
        return row
      }
      end = { kind: 'saved' }
      if (isSameCard(row.document, document)) {
        goOnFrom(row, isTheirs)
        return row
      }
      if (!isKept || isTheirs) version = toVersion(row, versionId, now())
      // The feed tells of the write before it resolves, and what it tells is no news.
      known = document
      knownAt = Math.max(now(), row.updatedAt + 1)
      isKept = true
      return { ...row, document, updatedAt: knownAt }
    }
    try {
      await storage.write([editing('characters', character.id, change), addVersion(character.id, () => version)])
    } catch (error) {
      ;({ known, knownAt, isKept } = before)
      throw error
    }
    return end
  }
}

import { type Asked, type Change, keyOf, type StoragePort } from '#ports/storage.ts'
import { edit } from './changes.ts'

type Put = Extract<Change, { readonly type: 'put' }>

/** Turns that are being written, and the row of the chat that leads to them. */
export interface WritingTurns {
  /** The disk was asked for the turns; it may yet refuse. */
  readonly isAsked: Promise<void>
  /** The turns are on disk, and the page was not told of them yet. Rejects where the disk refused. */
  readonly areOnDisk: Promise<void>
  /** All is on disk, and told. Rejects where it can't be, and then nothing of it is there. */
  readonly isWhole: Promise<void>
}

/**
 * Writes turns, and then the row of their chat. To add what is new the disk has nothing to look up, as it has for the
 * chat's row, which becomes what it is from what it was: a request that waits for the turns alone leaves a good deal
 * sooner. A tab that is killed in between leaves a reply its chat does not lead to, until it is opened (`recover`). What
 * is not all new is one write.
 * @param chat put where it is new, else edited.
 */
export function writeTurns(storage: StoragePort, turns: readonly Asked[], chat: Asked): WritingTurns {
  const added = turns.filter((each) => each.type === 'put')
  const goAhead = chat.type === 'edit' && added.length === turns.length
  let onAsked = () => {}
  let onDisk = () => {}
  let onRefused = (_reason: unknown) => {}
  const isAsked = new Promise<void>((resolve) => {
    onAsked = resolve
  })
  const areOnDisk = new Promise<void>((resolve, reject) => {
    onDisk = resolve
    onRefused = reject
  })
  const written = storage.write(goAhead ? turns : [...turns, chat], { onAsked, onDisk })
  void written.then(onDisk, onRefused).then(onAsked)
  const isWhole = goAhead ? lead(storage, written, added, chat) : written
  return { isAsked, areOnDisk, isWhole }
}

async function lead(storage: StoragePort, written: Promise<void>, added: readonly Put[], chat: Asked): Promise<void> {
  // Asked for at once, and written after the turns and only if they were: it looks for them, and fails where there are none.
  const looks = added.map((put) => edit(put.table, keyOf(put) as never, (row) => row))
  const [turns, row] = await Promise.allSettled([written, storage.write([...looks, chat])])
  if (turns.status === 'rejected') throw turns.reason
  if (row.status === 'fulfilled') return
  await storage.write(added.map((put) => ({ type: 'delete', table: put.table, key: keyOf(put) }) as Change))
  throw row.reason
}

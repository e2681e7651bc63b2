import { createRandom } from '../../src/lib/random.ts'

/** What the page is in the middle of when it is killed. */
export const diskActs = [
  'stream',
  'send',
  'edit turn',
  'edit card',
  'import cards',
  'import chat',
  'migrate',
  'restore',
  'seal',
] as const

export type DiskAct = (typeof diskActs)[number]

export interface Kill {
  readonly act: DiskAct
  /** Milliseconds from the reader's last hand on the page to the kill. */
  readonly afterMs: number
  /** Says one of this kind from another. */
  readonly number: number
}

/** How often each is killed, and the latest moment of it, in milliseconds. */
const shares: Readonly<Record<DiskAct, { readonly share: number; readonly latestMs: number }>> = {
  stream: { share: 6, latestMs: 4000 },
  // Between the message on disk, the request, and the chat that leads to both.
  send: { share: 2, latestMs: 150 },
  'edit turn': { share: 2, latestMs: 120 },
  'edit card': { share: 3, latestMs: 800 },
  'import cards': { share: 3, latestMs: 1200 },
  'import chat': { share: 2, latestMs: 900 },
  migrate: { share: 3, latestMs: 700 },
  restore: { share: 3, latestMs: 900 },
  seal: { share: 3, latestMs: 1000 },
}

/** The kills that follow from a seed, always the same; each kind one after the other, since they share a page. */
export function planKills(seed: string, count: number): readonly Kill[] {
  const random = createRandom(seed)
  const bag = diskActs.flatMap((act) => Array.from({ length: shares[act].share }, () => act))
  // The first ones are one of each, so that few kills try all.
  const acts = Array.from(
    { length: count },
    (_, index) => diskActs[index] ?? bag[Math.floor(random() * bag.length)] ?? 'stream',
  )
  return acts
    .sort((one, other) => diskActs.indexOf(one) - diskActs.indexOf(other))
    .map((act, number) => ({ act, number, afterMs: Math.floor(random() * shares[act].latestMs) }))
}

import type { PlacedEntry } from './known-lore.ts'

/** What earlier replies of a chat left behind: which entries fired, and what follows from that. */
export interface LoreMemory {
  /** Entries that fired, by `entryKey`. */
  readonly fired: ReadonlySet<string>
  /** Until how many messages they stay, or rest. */
  readonly stickyUntil: ReadonlyMap<string, number>
  readonly restsUntil: ReadonlyMap<string, number>
}

export const noMemory: LoreMemory = { fired: new Set(), stickyUntil: new Map(), restsUntil: new Map() }

export function entryKey({ book, entry }: PlacedEntry): string {
  return `${book.id}\n${entry.id}`
}

/** True for an entry that what happened before can matter to. */
export function isTimed({ entry }: PlacedEntry): boolean {
  return entry.sticky > 0 || entry.cooldown > 0 || entry.decorators.afterMatch !== undefined
}

/** For how many more messages it stays because it fired; 0 when it doesn't. */
export function stickyLeft(placed: PlacedEntry, memory: LoreMemory, messages: number): number {
  return placed.entry.sticky > 0 ? Math.max(0, (memory.stickyUntil.get(entryKey(placed)) ?? 0) - messages) : 0
}

/** For how many more messages it can't fire because it did; 0 when it can. */
export function restLeft(placed: PlacedEntry, memory: LoreMemory, messages: number): number {
  return placed.entry.cooldown > 0 ? Math.max(0, (memory.restsUntil.get(entryKey(placed)) ?? 0) - messages) : 0
}

/** What is remembered after these entries fired. Rest begins when staying ends. */
export function remember(memory: LoreMemory, used: readonly PlacedEntry[], messages: number): LoreMemory {
  const timed = used.filter(isTimed)
  if (timed.length === 0) return memory
  const stickyUntil = new Map(memory.stickyUntil)
  const restsUntil = new Map(memory.restsUntil)
  for (const placed of timed) {
    if (stickyLeft(placed, memory, messages) > 0) continue
    const { sticky, cooldown } = placed.entry
    if (sticky > 0) stickyUntil.set(entryKey(placed), messages + sticky)
    if (cooldown > 0) restsUntil.set(entryKey(placed), messages + sticky + cooldown)
  }
  return { fired: new Set([...memory.fired, ...timed.map(entryKey)]), stickyUntil, restsUntil }
}

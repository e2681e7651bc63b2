import type { Turn } from '#core/conversation/turn.ts'
import type { CharacterId } from '#core/ids.ts'
import type { Remembered, StoryMemory } from '#core/story/story-memory.ts'
import { environmentReader } from './hearing.ts'

/**
 * A summary as the one whose memory it is knows it. The class is private to this file and its mark is a private field,
 * so that no row of another's memory, and no object literal, passes for one.
 */
class Known {
  readonly #reader: CharacterId
  /** The version it is, as it is kept. */
  readonly version: Remembered
  /** So many of the oldest turns of the path it stands for. */
  readonly turns: number

  constructor(version: Remembered, turns: number) {
    this.#reader = version.characterId
    this.version = version
    this.turns = turns
  }

  static isFor(memory: Known, reader: CharacterId): boolean {
    return #reader in memory && memory.#reader === reader
  }
}

export type KnownMemory = Known

/**
 * What a character remembers of the oldest turns of a path, when there is a summary of them. The one gate between kept
 * summaries and prompts, as `hear` is for turns:
 * - another's memory is none of its own, by id;
 * - a summary counts only where the last turn it stands for is in the path, and is not its newest: one that was made on
 *   another branch, or of a turn that has other words now (an edit is another take), is not known here;
 * - of those the one that goes furthest, unless the reader chose the newest by hand.
 * @param path oldest first.
 */
export function recallMemory(
  memory: StoryMemory | undefined,
  path: readonly Turn[],
  reader: CharacterId,
): KnownMemory | undefined {
  return recall(memory, path, ({ characterId }) => characterId === reader)
}

/**
 * What everyone of an audience remembers in common: a summary of what all of them perceived, which may have been shared by
 * more. Like a memory of the environment's, in whose name it is read.
 */
export function recallShared(
  memory: StoryMemory | undefined,
  path: readonly Turn[],
  audience: readonly CharacterId[],
): KnownMemory | undefined {
  return recall(
    memory,
    path,
    ({ characterId, sharedBy }) =>
      characterId === environmentReader && audience.every((id) => sharedBy?.includes(id) === true),
  )
}

function recall(
  memory: StoryMemory | undefined,
  path: readonly Turn[],
  isTheirs: (version: Remembered) => boolean,
): KnownMemory | undefined {
  if (!memory || memory.versions.length === 0) return undefined
  const places = new Map(path.slice(0, -1).map(({ id }, index) => [id, index]))
  const known = memory.versions.filter(
    (version) => isTheirs(version) && version.deletedAt === undefined && places.has(version.throughId),
  )
  const replaced = new Set(known.map(({ previousId }) => previousId))
  const standing = known.filter(({ id }) => !replaced.has(id))
  const placeOf = ({ throughId }: Remembered) => places.get(throughId) ?? -1
  const newest = standing.at(-1)
  const version = newest?.chosen
    ? newest
    : standing.reduce((best, one) => (best && placeOf(best) > placeOf(one) ? best : one), newest && standing[0])
  return version && new Known(version, placeOf(version) + 1)
}

/** True if this memory is this reader's: checked again where prompts are built. */
export function isMemoryOf(memory: KnownMemory, reader: CharacterId): boolean {
  return Known.isFor(memory, reader)
}

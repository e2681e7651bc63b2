import type { Conversation } from '#core/conversation/conversation.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { CharacterId } from '#core/ids.ts'
import type { Knower } from '#core/prompt/seal-secrets.ts'
import type { Cast } from '#core/scene/cast.ts'
import { castIdsOf } from '#core/scene/cast-of.ts'
import { environmentReader, type HeardTurns, hearBackwards, hearInCommon } from '#core/scene/hearing.ts'
import { presentAfter } from '#core/scene/presence.ts'
import { type KnownMemory, recallMemory, recallShared } from '#core/scene/remembering.ts'
import type { Remembered, StoryMemory } from '#core/story/story-memory.ts'
import type { Answerer } from './prepared-reply.ts'

/** One who remembers: a character, or all who are there together. */
export interface Mind {
  readonly character: CharacterId
  readonly knower: Knower
  readonly heard: HeardTurns
  /** Whose prompts its memory is for. */
  readonly speaker: Answerer
  /** What a version of its memory says of whose it is. */
  readonly of: Pick<Remembered, 'characterId' | 'sharedBy'>
  readonly recall: (memory: StoryMemory | undefined) => KnownMemory | undefined
}

/** @param whose a character, or `environmentReader` for what all who are there share. */
export function mindOf(conversation: Conversation, path: readonly Turn[], cast: Cast, whose: CharacterId): Mind {
  if (whose !== environmentReader) {
    return {
      character: whose,
      knower: { kind: 'character', id: whose },
      heard: hearBackwards(path, whose, cast),
      speaker: { kind: 'character', characterId: whose },
      of: { characterId: whose },
      recall: (memory) => recallMemory(memory, path, whose),
    }
  }
  const ids = presentAfter(path, castIdsOf(conversation))
  return {
    character: environmentReader,
    knower: { kind: 'common', ids },
    heard: hearInCommon(path, ids, cast),
    speaker: { kind: 'environment' },
    of: { characterId: environmentReader, sharedBy: ids },
    recall: (memory) => recallShared(memory, path, ids),
  }
}

/** Whether anybody is told what all share: an environment that tells things, or a model that chooses who speaks. */
export function needsShared({ cast, speaksNext }: Conversation, path: readonly Turn[]): boolean {
  if (!cast) return false
  return speaksNext?.by === 'model' || path.some(({ speaker, making }) => speaker.kind === 'environment' && making)
}

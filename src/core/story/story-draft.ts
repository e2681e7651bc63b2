import type { Conversation } from '#core/conversation/conversation.ts'
import type { Making, Turn } from '#core/conversation/turn.ts'
import type { CharacterId, ConversationId, PersonaId, TurnId } from '#core/ids.ts'
import type { Presence } from '#core/scene/presence.ts'
import { t } from '#lib/translate.ts'
import type { Remembered, StoryMemory } from './story-memory.ts'

/** Who a turn of a file belongs to, by the file's own keys. */
export type DraftSpeaker =
  | { readonly kind: 'user'; readonly personaKey?: string }
  | { readonly kind: 'character'; readonly characterKey: string }
  | { readonly kind: 'environment' }

/** A turn as a file has it: its keys mean something only within that file. */
export interface DraftTurn extends Pick<Turn, 'dialect' | 'raw' | 'template' | 'ending' | 'making' | 'createdAt'> {
  readonly key: string
  readonly parentKey: string | null
  readonly speaker: DraftSpeaker
  readonly editedFromKey?: string
  /** Who of the file's characters perceived it, came or went with it, or was whispered to. */
  readonly presentKeys?: readonly string[]
  readonly leftKeys?: readonly string[]
  readonly enteredKeys?: readonly string[]
  readonly whisperToKeys?: readonly string[]
}

/** A version of what one character remembers, by the file's own keys. */
export interface DraftMemory
  extends Omit<Remembered, 'id' | 'characterId' | 'sharedBy' | 'throughId' | 'previousId' | 'deletedAt'> {
  readonly key: string
  readonly characterKey: string
  readonly throughKey: string
  readonly previousKey?: string
}

/** Somebody of a file: what they have on their mind in this chat, and what the others see of them in it. */
export interface DraftCharacter {
  readonly key: string
  readonly name: string
  readonly secret?: string
  readonly appearance?: string
}

/** A chat as a file tells it, before it is anyone's. Parents stand before their children. */
export interface StoryDraft {
  readonly title: string
  readonly userName: string
  readonly characters: readonly DraftCharacter[]
  /** Where and when it plays, in the place of what the cards say of that. */
  readonly scenario?: string
  /** A scene: its characters in their order, and whom of them the reader plays. */
  readonly castKeys?: readonly string[]
  readonly userPlaysKey?: string
  readonly turns: readonly DraftTurn[]
  /** Oldest first. */
  readonly memories?: readonly DraftMemory[]
  /** The leaf that was read last. */
  readonly headKey: string | null
  readonly createdAt?: number
  readonly updatedAt?: number
}

/** What a draft needs to become a chat of this library. */
export interface Adoption {
  readonly conversationId: ConversationId
  /** Who plays whom: a character of the library for each key of the draft. */
  readonly characterIds: ReadonlyMap<string, CharacterId>
  /** Plays those whom nobody was chosen for. */
  readonly characterId: CharacterId
  readonly personaIds?: ReadonlyMap<string, PersonaId>
  readonly personaId?: PersonaId
  /** Ids sort by the order in which they are made, which keeps takes in theirs. */
  readonly createId: () => string
  readonly now: number
}

/** The rows of a chat made from a draft. A reply the file has as being written is one that was interrupted. */
export function adoptStory(
  draft: StoryDraft,
  adoption: Adoption,
): { conversation: Conversation; turns: Turn[]; memory?: StoryMemory } {
  const { conversationId, personaId, now } = adoption
  const ids = new Map(draft.turns.map(({ key }) => [key, adoption.createId() as TurnId]))
  const idOf = (key: string | null | undefined) => (key === null || key === undefined ? undefined : ids.get(key))
  const turns = draft.turns.map((drafted): Turn => {
    const { key, parentKey, speaker, editedFromKey, ending, ...others } = drafted
    const { presentKeys, leftKeys, enteredKeys, whisperToKeys, ...rest } = others
    const editedFrom = idOf(editedFromKey)
    return {
      ...rest,
      ...adoptPresence(drafted, adoption),
      id: idOf(key) as TurnId,
      conversationId,
      parentId: idOf(parentKey) ?? null,
      speaker: toSpeaker(speaker, adoption),
      ending: ending === 'draft' ? 'interrupted' : ending,
      createdAt: toTime(rest.createdAt, now),
      ...(editedFrom && { editedFrom }),
      ...(rest.making?.provenance && { making: withOrigin(rest.making, idOf) }),
    }
  })
  const conversation: Conversation = {
    id: conversationId,
    characterId: adoption.characterId,
    ...adoptCast(draft, adoption),
    ...(draft.scenario !== undefined && { scenario: draft.scenario }),
    ...adoptTexts('secrets', 'secret', draft, adoption),
    ...adoptTexts('appearances', 'appearance', draft, adoption),
    ...(personaId && { personaId }),
    title: draft.title,
    headId: idOf(draft.headKey) ?? turns.at(-1)?.id ?? null,
    createdAt: toTime(draft.createdAt, now),
    updatedAt: toTime(draft.updatedAt, now),
  }
  const versions = adoptMemories(draft.memories ?? [], ids, adoption)
  return { conversation, turns, ...(versions.length > 0 && { memory: { conversationId, versions } }) }
}

/** What was written afterwards names the turn it was written for by a key of the file. */
function withOrigin(making: Making, idOf: (key: string | undefined) => TurnId | undefined): Making {
  if (!making.provenance) return making
  const { from, ...rest } = making.provenance
  const origin = idOf(from)
  return { ...making, provenance: { ...rest, ...(origin && { from: origin }) } }
}

/** Characters that are played by one here are one, and know what each of them knew. */
function idsOf(keys: readonly string[], adoption: Adoption): CharacterId[] {
  return [...new Set(keys.map((key) => adoption.characterIds.get(key) ?? adoption.characterId))]
}

function adoptPresence({ presentKeys, leftKeys, enteredKeys, whisperToKeys }: DraftTurn, adoption: Adoption): Presence {
  return {
    ...(presentKeys && { present: idsOf(presentKeys, adoption) }),
    ...(leftKeys && { left: idsOf(leftKeys, adoption) }),
    ...(enteredKeys && { entered: idsOf(enteredKeys, adoption) }),
    ...(whisperToKeys && { whisperTo: idsOf(whisperToKeys, adoption) }),
  }
}

function adoptCast(
  { castKeys, userPlaysKey }: StoryDraft,
  adoption: Adoption,
): Pick<Conversation, 'cast' | 'userPlays'> {
  if (!castKeys) return {}
  const cast = [...new Set([...idsOf(castKeys, adoption), adoption.characterId])]
  const [userPlays] = userPlaysKey === undefined ? [] : idsOf([userPlaysKey], adoption)
  return { cast, ...(userPlays && { userPlays }) }
}

/** A text for each character here; characters that are played by one here have the texts of each. */
function adoptTexts(
  part: 'secrets' | 'appearances',
  of: 'secret' | 'appearance',
  { characters }: StoryDraft,
  adoption: Adoption,
): Pick<Conversation, 'secrets' | 'appearances'> {
  const textById = new Map<CharacterId, string>()
  for (const { key, [of]: text } of characters) {
    const [id] = idsOf([key], adoption)
    if (text === undefined || id === undefined) continue
    const known = textById.get(id)
    textById.set(id, known === undefined ? text : `${known}\n${text}`)
  }
  return textById.size > 0 ? { [part]: Object.fromEntries(textById) } : {}
}

/** The versions whose turn and whose character are in the file too; a summary of unknown turns stands for nothing. */
function adoptMemories(
  memories: readonly DraftMemory[],
  turnIds: ReadonlyMap<string, TurnId>,
  adoption: Adoption,
): Remembered[] {
  const ids = new Map(memories.map(({ key }) => [key, adoption.createId()]))
  return memories.flatMap(({ key, characterKey, throughKey, previousKey, createdAt, ...kept }): Remembered[] => {
    const throughId = turnIds.get(throughKey)
    const previousId = previousKey === undefined ? undefined : ids.get(previousKey)
    const characterId = adoption.characterIds.get(characterKey)
    if (!throughId || !characterId) return []
    return [
      {
        ...kept,
        id: ids.get(key) as string,
        characterId,
        throughId,
        ...(previousId && { previousId }),
        createdAt: toTime(createdAt, adoption.now),
      },
    ]
  })
}

/** A moment that a calendar can show, else `now`: a file may claim any number, and some have none. */
function toTime(time: number | undefined, now: number): number {
  return time !== undefined && time > 0 && time <= 8.64e15 ? time : now
}

function toSpeaker(speaker: DraftSpeaker, adoption: Adoption): Turn['speaker'] {
  switch (speaker.kind) {
    case 'environment':
      return speaker
    case 'character':
      return { kind: 'character', characterId: adoption.characterIds.get(speaker.characterKey) ?? adoption.characterId }
    case 'user': {
      const own = speaker.personaKey === undefined ? undefined : adoption.personaIds?.get(speaker.personaKey)
      const personaId = own ?? adoption.personaId
      return { kind: 'user', ...(personaId && { personaId }) }
    }
  }
}

/** What was put right in a list of turns, as sentences. */
export interface Arranged {
  readonly turns: readonly DraftTurn[]
  readonly warnings: readonly string[]
}

/**
 * Makes a tree of turns a stranger wrote: of turns with one key the first stays, parents that are not there make a
 * beginning, turns in a ring are left out, and parents are put before their children. What needs none of that is left
 * as it is.
 */
export function arrangeTurns(turns: readonly DraftTurn[]): Arranged {
  const byKey = new Map<string, DraftTurn>()
  let repeated = 0
  let orphans = 0
  for (const turn of turns) {
    if (byKey.has(turn.key)) repeated++
    else byKey.set(turn.key, turn)
  }
  const placed = new Set<string>()
  const arranged: DraftTurn[] = []
  const rings = new Set<string>()
  for (const turn of byKey.values()) {
    const chain: DraftTurn[] = []
    const inChain = new Set<string>()
    let isRing = false
    for (let at: DraftTurn | undefined = turn; at && !placed.has(at.key); ) {
      if (inChain.has(at.key) || rings.has(at.key)) {
        isRing = true
        break
      }
      inChain.add(at.key)
      const parent: DraftTurn | undefined = at.parentKey === null ? undefined : byKey.get(at.parentKey)
      if (at.parentKey !== null && !parent) orphans++
      chain.push(at.parentKey === null || parent ? at : { ...at, parentKey: null })
      at = parent
    }
    for (const one of chain.reverse()) {
      if (isRing) rings.add(one.key)
      else {
        placed.add(one.key)
        arranged.push(one)
      }
    }
  }
  const warnings = [
    ...(repeated > 0
      ? [
          t(
            '{count, plural, one {# turn had the key of another and was left out.} other {# turns had the key of another and were left out.}}',
            { count: repeated },
          ),
        ]
      : []),
    ...(orphans > 0
      ? [
          t(
            '{count, plural, one {# turn} other {# turns}} went on from one that is not in the file; the story begins there.',
            { count: orphans },
          ),
        ]
      : []),
    ...(rings.size > 0
      ? [
          t(
            '{count, plural, one {# turn went on from each other in a ring and was left out.} other {# turns went on from each other in a ring and were left out.}}',
            { count: rings.size },
          ),
        ]
      : []),
  ]
  return { turns: arranged, warnings }
}

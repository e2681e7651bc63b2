import { expandMacros, type MacroValues } from '#core/cards/macros.ts'
import { parseReply } from '#core/her/parse.ts'
import type { Reply } from '#core/her/segment.ts'
import {
  type Cast,
  type CastMember,
  everyName,
  memberOf,
  nameOf,
  namesOf,
  otherNames,
  spokenName,
  userName,
} from '#core/scene/cast.ts'
import { macrosOf } from '#core/scene/scene-macros.ts'
import type { Turn } from './turn.ts'

interface KnownReading {
  readonly namesKey: string
  readonly reply: Reply
}

const readings = new WeakMap<Turn, KnownReading>()
const namesKeys = new WeakMap<Cast, string>()
const textsKeys = new WeakMap<Cast, string>()

/**
 * The segments of a turn, all layers. Reads `turn.raw` in the turn's dialect, with its macros expanded where it is a
 * template, and drops the speaker's own name from its front. In HER text of a character another's name at the start of
 * a line ends the turn, as it did when the reply arrived; greetings and the user's own text may quote whom they like.
 * The same turn gives the same reply as long as everyone in the cast is called the same, and its macros stand for the same.
 */
export function readTurn(turn: Turn, cast: Cast): Reply {
  const namesKey = turn.template && turn.raw.includes('{{') ? textsKeyOf(cast) : namesKeyOf(cast)
  const known = readings.get(turn)
  if (known?.namesKey === namesKey) return known.reply
  const reply = read(turn, cast)
  readings.set(turn, { namesKey, reply })
  return reply
}

/** All that a reading depends on beside the turn; a cast made anew from the same cards reads nothing twice. */
function namesKeyOf(cast: Cast): string {
  const known = namesKeys.get(cast)
  if (known !== undefined) return known
  const namesKey = JSON.stringify([
    userName(cast),
    ...cast.characters.map(({ id, card }) => [id, ...namesOf(card)]),
    ...(cast.formerUsers ?? []),
  ])
  namesKeys.set(cast, namesKey)
  return namesKey
}

/** The same for a turn whose macros may stand for other texts of the cast. */
function textsKeyOf(cast: Cast): string {
  const known = textsKeys.get(cast)
  if (known !== undefined) return known
  const texts = cast.characters.map(({ card }) => [card.version, card.scenario, card.personality, card.description])
  const textsKey = JSON.stringify([namesKeyOf(cast), cast.userPlays, cast.user.description, texts])
  textsKeys.set(cast, textsKey)
  return textsKey
}

function read(turn: Turn, cast: Cast): Reply {
  const { speaker, dialect } = turn
  const member = speaker.kind === 'character' ? memberOf(speaker.characterId, cast) : undefined
  const text = turn.template ? expandMacros(turn.raw, macroValues(turn, member, cast)) : turn.raw
  if (!member) return parseReply(text, { dialect, speaker: nameOf(speaker, cast), ...endsOfNarration(turn, cast) })
  const endsAtOthers = dialect === 'her' && !turn.template && !turn.making?.keepsOthers
  return parseReply(text, {
    dialect,
    speaker: spokenName(member.card),
    aliases: namesOf(member.card),
    ...(endsAtOthers && { others: otherNames(member.id, cast) }),
  })
}

/** What a model narrated ends where it goes on to speak for someone; what a person wrote may name whom they like. */
function endsOfNarration({ speaker, dialect, making }: Turn, cast: Cast): { others?: string[] } {
  const isMade = speaker.kind === 'environment' && dialect === 'her' && making !== undefined
  return isMade && !making.keepsOthers ? { others: everyName(cast) } : {}
}

/**
 * A narrator's template speaks of the scene's first character. Chance and time are the turn's own, so that it reads the
 * same whenever it is read.
 */
function macroValues(turn: Turn, member: CastMember | undefined, cast: Cast): MacroValues {
  const named = member ?? cast.characters[0]
  const circumstances = { chance: { chat: turn.conversationId, reply: turn.id }, now: { at: turn.createdAt } }
  return named ? macrosOf(named, cast, circumstances) : { ...circumstances, char: '', user: userName(cast) }
}

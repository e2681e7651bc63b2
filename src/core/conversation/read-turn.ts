import { expandMacros } from '#core/cards/macros.ts'
import { parseReply } from '#core/her/parse.ts'
import type { Reply } from '#core/her/segment.ts'
import {
  type Cast,
  type CastMember,
  memberOf,
  nameOf,
  namesOf,
  otherNames,
  spokenName,
  userName,
} from '#core/scene/cast.ts'
import type { Turn } from './turn.ts'

const repliesByCast = new WeakMap<Cast, WeakMap<Turn, Reply>>()

/**
 * The segments of a turn, all layers. Reads `turn.raw` in the turn's dialect, with its macros expanded where it is a
 * template, and drops the speaker's own name from its front. In HER text of a character another's name at the start of
 * a line ends the turn, as it did when the reply arrived; greetings and the user's own text may quote whom they like.
 * The same turn read with the same cast gives the same reply.
 */
export function readTurn(turn: Turn, cast: Cast): Reply {
  let replies = repliesByCast.get(cast)
  if (!replies) {
    replies = new WeakMap()
    repliesByCast.set(cast, replies)
  }
  const known = replies.get(turn)
  if (known) return known
  const reply = read(turn, cast)
  replies.set(turn, reply)
  return reply
}

function read(turn: Turn, cast: Cast): Reply {
  const { speaker, dialect } = turn
  const member = speaker.kind === 'character' ? memberOf(speaker.characterId, cast) : undefined
  const text = turn.template ? expandMacros(turn.raw, macroValues(member, cast)) : turn.raw
  if (!member) return parseReply(text, { dialect, speaker: nameOf(speaker, cast) })
  const endsAtOthers = dialect === 'her' && !turn.template
  return parseReply(text, {
    dialect,
    speaker: spokenName(member.card),
    aliases: namesOf(member.card),
    ...(endsAtOthers && { others: otherNames(member.id, cast) }),
  })
}

/** A narrator's template speaks of the scene's first character. */
function macroValues(member: CastMember | undefined, cast: Cast): { char: string; user: string } {
  const named = member ?? cast.characters[0]
  return { char: named ? spokenName(named.card) : '', user: userName(cast) }
}

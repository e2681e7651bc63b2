import { createTree, pathTo, takesOf } from '#core/conversation/tree.ts'
import type { Turn } from '#core/conversation/turn.ts'
import { parseReply } from '#core/her/parse.ts'
import type { Segment } from '#core/her/segment.ts'
import { closingTag, openingTag } from '#core/her/tags.ts'
import { writeReply } from '#core/her/write.ts'
import { type Cast, nameOf, spokenName, userName } from '#core/scene/cast.ts'
import { isoTime } from '#lib/calendar.ts'
import { toTurnText } from './foreign-turn.ts'
import { chosenSegments, type LayerChoice, type Story } from './story.ts'

/** What of a story goes into a SillyTavern chat. */
export interface TavernChoice {
  readonly layers: LayerChoice
  /** All takes of the turns that are read now, as swipes, or only those that are read. */
  readonly takes: 'all' | 'shown'
  /**
   * How thoughts and actions stand in a message: in HER's tags, which come back from there as they were, or as people write
   * them, `*acts*` and `[thinks]`.
   */
  readonly marks: 'tags' | 'plain'
}

/** A take as SillyTavern has it: planning is its reasoning. */
interface Swipe {
  readonly mes: string
  readonly sendDate: string
  readonly extra: Readonly<Record<string, string>>
}

/** The path that is read now as a SillyTavern chat (JSONL): a line of header, then a line for each turn. */
export function writeTavern({ conversation, turns, cast }: Story, choice: TavernChoice): string {
  const tree = createTree(turns)
  const character = cast.characters.find(({ id }) => id === conversation.characterId) ?? cast.characters[0]
  const header = {
    user_name: userName(cast),
    character_name: character ? spokenName(character.card) : '',
    create_date: isoTime(conversation.createdAt),
    chat_metadata: {},
  }
  const messages = pathTo(tree, conversation.headId).flatMap((turn) => {
    const takes = choice.takes === 'all' ? takesOf(tree, turn).filter((take) => isAlternate(take, turn)) : [turn]
    const swipes = takes.map((take) => writeSwipe(take, cast, choice))
    const isEmpty = swipes.every(({ mes, extra }) => mes === '' && extra['reasoning'] === undefined)
    return isEmpty ? [] : [writeMessage(turn, swipes, takes.indexOf(turn), cast)]
  })
  return `${[header, ...messages].map((line) => JSON.stringify(line)).join('\n')}\n`
}

/** SillyTavern swipes between the words of one speaker; a sibling that is another's turn is no swipe. */
function isAlternate(take: Turn, turn: Turn): boolean {
  if (take.speaker.kind !== turn.speaker.kind) return false
  if (take.speaker.kind !== 'character' || turn.speaker.kind !== 'character') return true
  return take.speaker.characterId === turn.speaker.characterId
}

function writeMessage(turn: Turn, swipes: readonly Swipe[], shown: number, cast: Cast): object {
  const { mes, sendDate, extra } = swipes[shown] ?? { mes: '', sendDate: '', extra: {} }
  return {
    name: nameOf(turn.speaker, cast),
    is_user: turn.speaker.kind === 'user',
    is_system: false,
    send_date: sendDate,
    mes,
    extra,
    ...(swipes.length > 1 && {
      swipe_id: shown,
      swipes: swipes.map((swipe) => swipe.mes),
      swipe_info: swipes.map((swipe) => ({ send_date: swipe.sendDate, extra: swipe.extra })),
    }),
  }
}

function writeSwipe(turn: Turn, cast: Cast, { layers, marks }: TavernChoice): Swipe {
  const segments = chosenSegments(turn, cast, layers)
  const plans = segments.filter(({ layer }) => layer === 'system_thinking').map(({ text }) => text)
  const told = segments.filter(({ layer }) => layer !== 'system_thinking')
  return {
    mes: marks === 'tags' ? writeTagged(told, turn.speaker.kind === 'user') : told.map(writePart).join(' '),
    sendDate: isoTime(turn.createdAt),
    extra: {
      ...(turn.speaker.kind === 'environment' && { type: 'narrator' }),
      ...(turn.making?.model && { model: turn.making.model }),
      ...(plans.length > 0 && { reasoning: plans.join('\n\n') }),
    },
  }
}

/** In HER's tags. Words without any, which would be read by people's marks, get an empty one to say that they are HER. */
function writeTagged(told: readonly Segment[], isUser: boolean): string {
  const written = writeReply(told)
  const { raw, dialect } = toTurnText(written, '', isUser)
  const isReadSo = dialect === 'her' || parseReply(raw, { dialect }).segments.every(({ text }) => text === written)
  return isReadSo ? written : openingTag('role_action') + closingTag('role_action') + written
}

function writePart({ layer, text }: Segment): string {
  if (layer === 'role_action') return `*${text.trim()}*`
  return layer === 'role_thinking' ? `[${text.trim()}]` : text.trim()
}

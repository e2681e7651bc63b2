import type { CharacterId } from '#core/ids.ts'
import { type Cast, memberOf, spokenName } from '#core/scene/cast.ts'
import { environmentReader, type HeardTurns, wasHeardBy } from '#core/scene/hearing.ts'
import { isMemoryOf, type KnownMemory } from '#core/scene/remembering.ts'
import { estimateTokens } from './estimate.ts'
import { type HistoryPolicy, herHistory } from './history-policy.ts'
import { createMessage, type PromptMessage } from './prompt-message.ts'
import { disarm } from './special-tokens.ts'
import { writeHeard } from './write-heard.ts'

export interface SummaryInput {
  /** Whose memory it is to be; the environment's is what all who are there share. */
  readonly character: CharacterId
  readonly cast: Cast
  /** What this character heard of the chat, oldest first. Turns as they were written do not compile here. */
  readonly heard: HeardTurns
  /** Goes on from this one, whose turns are not read again. */
  readonly before?: KnownMemory
  /** So many of the oldest turns of the path, heard or not, are to be remembered. */
  readonly through: number
  /** With `thoughts` other than all, old turns have none in prompts, and none are remembered. */
  readonly history?: HistoryPolicy
  /** How long the summary may be, in tokens. */
  readonly summaryTokens: number
  /** What the request may take, in our tokens. */
  readonly room: number
}

export interface SummaryPrompt {
  readonly messages: readonly PromptMessage[]
  /** So many of the oldest turns its answer stands for: as many as there was room for, and one at least. */
  readonly turns: number
  /** There was nothing in them that this character knows of. */
  readonly isEmpty: boolean
}

/** The words of what a model is asked, beside the story, in tokens. */
const formTokens = 400

/** Whose memory a shared one is. */
export const everybody = 'everybody who is there'

/** English words a token. */
const wordsPerToken = 0.7

/**
 * What a model is asked for a summary of the oldest turns, as one character remembers them. Made of what that character
 * heard and of its own earlier memory; like `buildPrompt` it throws when either is someone else's. It is no role-play:
 * the card has no part in it, and nothing of it is in HER's form.
 */
export function buildSummaryPrompt(input: SummaryInput): SummaryPrompt {
  const { character, cast, before, through, summaryTokens } = input
  const member = memberOf(character, cast)
  const isShared = character === environmentReader
  if (!member && !isShared) throw new Error(`${character} is not of the cast`)
  if (before && !isMemoryOf(before, character)) throw new Error(`${character} was about to be told another's memory`)
  const name = member ? disarm(spokenName(member.card)) : everybody
  const words = Math.round((summaryTokens * wordsPerToken) / 10) * 10
  const earlier = before ? disarm(before.version.text) : ''
  const room = input.room - formTokens - estimateTokens(earlier)
  const { told, turns } = tellTurns(input, before?.turns ?? 0, Math.max(0, room), Math.max(1, through))
  return {
    messages: [
      createMessage('system', [{ source: 'form', text: rules(name, words, isShared) }]),
      createMessage('user', [
        ...(earlier
          ? [
              { source: 'form' as const, text: '===The memory so far===\n' },
              { source: 'memory' as const, text: earlier },
              { source: 'form' as const, text: '\n\n' },
            ]
          : []),
        { source: 'form', text: '===What happened next===\n' },
        { source: 'story', text: told },
        { source: 'form', text: `\n\n===Task===\n${task(name, words, earlier !== '')}` },
      ]),
    ],
    turns,
    isEmpty: told === '',
  }
}

/** The turns from one place on, oldest first, while they fit. One that fits nowhere is cut, or nothing would go on. */
function tellTurns(
  { heard, character, history = herHistory }: SummaryInput,
  from: number,
  room: number,
  through: number,
): { told: string; turns: number } {
  const told: string[] = []
  let left = room
  // Places count the turns of the path, heard or not; what is in the list at an index is at that place or a later one.
  for (let index = 0; index < Math.min(through, heard.length); index += 1) {
    const turn = heard.at(index)
    if (!turn || turn.place < from || turn.segments.length === 0) continue
    if (turn.place >= through) break
    if (!wasHeardBy(turn, character))
      throw new Error(`A turn that ${character} did not hear was about to be remembered`)
    const { head, body } = writeHeard(turn, character, { planning: false, thoughts: history.thoughts === 'all' })
    if (body === '') continue
    const cost = estimateTokens(head + body) + 1
    if (cost > left && told.length > 0) return { told: told.join('\n\n'), turns: turn.place }
    told.push(cost > left ? cutTo(head + body, left) : head + body)
    left -= cost
  }
  return { told: told.join('\n\n'), turns: through }
}

function cutTo(text: string, tokens: number): string {
  let cut = text
  while (cut !== '' && estimateTokens(cut) > tokens) cut = cut.slice(0, Math.floor(cut.length * 0.8))
  return cut
}

function rules(name: string, words: number, isShared: boolean): string {
  const thoughts = isShared
    ? 'Nobody is told what another thought: tell only what was said and done.'
    : `What stands in <role_thinking> was thought by ${name} alone. Keep what still matters of it, and say that it was never said aloud.`
  return `You keep the memory of ${name}${isShared ? ' in' : ', who is part of'} a long story. Its oldest turns can't be read again, so your summary will stand in their place.

- Tell what ${isShared ? 'they all remember' : `${name} remembers`}, in the third person and in the past tense, in the order in which it happened.
- Keep whatever the story may come back to: who everybody is and what they are to each other, names, places, times and things, promises, secrets and wounds, what was decided, and what is still open.
- ${thoughts}
- Make nothing up. Of the others tell only what they said and did.
- Write plain prose in the language of the story, without tags, headings or lists, in at most about ${words} words.`
}

function task(name: string, words: number, goesOn: boolean): string {
  const what = goesOn
    ? `Write the memory of ${name} anew, so that it holds what it held before and what happened next. Shorten what is long past.`
    : `Write what ${name} remembers of this.`
  return `${what} At most about ${words} words, and nothing but the memory itself.`
}

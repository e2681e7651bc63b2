import { readTurn } from '#core/conversation/read-turn.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { Layer } from '#core/her/segment.ts'
import type { CharacterId, TurnId } from '#core/ids.ts'
import type { Cast } from '#core/scene/cast.ts'
import { hearBackwards } from '#core/scene/hearing.ts'
import { isTurnOf } from '#core/scene/presence.ts'
import { fold } from '#core/search/fold.ts'
import type { Source } from './prompt-message.ts'
import { disarm } from './special-tokens.ts'

/** A stretch of what is sent, and where it came from. */
export interface SentText {
  readonly source: Source | 'prefill'
  readonly text: string
}

/** Words in what is sent that its reader cannot know. */
export interface Leak {
  readonly kind: 'thought' | 'line'
  readonly turnId: TurnId
  readonly layer: Layer
  readonly words: string
  readonly source: SentText['source']
}

/** What was found in a prompt before it leaves. A prompt is sealed with nothing in it. */
export interface PromptSeal {
  /** Of what others thought, and of what was planned for them. */
  readonly foreignThoughts: number
  /** Of what was said or done where the reader was not, or whispered past it. */
  readonly unheardLines: number
  readonly leaks: readonly Leak[]
}

export interface SealInput {
  /** All that is sent, the prefill included. */
  readonly sent: readonly SentText[]
  /** The path the prompt was made of, as it was written. */
  readonly path: readonly Turn[]
  readonly reader: CharacterId
  readonly cast: Cast
}

/** Shorter words are said by anybody. */
const leastLength = 12

/** Where the story may have got into; what is told of in cards, personas and our own form was there before it. */
const searched: ReadonlySet<SentText['source']> = new Set(['story', 'memory', 'lore', 'note', 'prefill'])

/**
 * Looks through what is about to be sent for sentences its reader cannot know: a last check, of the payload itself and
 * of every word of the path, which trusts none of what made the prompt. What the reader also heard or thought itself, word
 * for word, is no leak.
 */
export function sealPrompt({ sent, path, reader, cast }: SealInput): PromptSeal {
  const places = sent.filter(({ source }) => searched.has(source)).map((each) => ({ ...each, text: plain(each.text) }))
  const heard = hearBackwards(path, reader, cast)
  const known: string[] = []
  const secrets: Omit<Leak, 'source'>[] = []
  for (const [place, turn] of path.entries()) {
    const isOwn = isTurnOf(reader, turn)
    const knownHere = heard.at(place)?.segments ?? []
    known.push(...knownHere.map(({ text }) => text))
    for (const { layer, text } of readTurn(turn, cast).segments) {
      const isInside = layer === 'system_thinking' || layer === 'role_thinking'
      if (isInside ? isOwn : knownHere.some((each) => each.layer === layer && each.text === text)) continue
      const kind = isInside ? 'thought' : 'line'
      for (const words of sentencesOf(text)) secrets.push({ kind, turnId: turn.id, layer, words })
    }
  }
  const find = createFinder(places)
  // Made when something is found, and mostly nothing is.
  let isKnown: ReturnType<typeof createFinder> | undefined
  const leaks = secrets.flatMap((secret): Leak[] => {
    const words = plain(secret.words)
    const place = find(words)
    if (!place) return []
    isKnown ??= createFinder(known.map((text) => ({ source: 'story', text: plain(text) })))
    return isKnown(words) ? [] : [{ ...secret, source: place.source }]
  })
  const foreignThoughts = leaks.filter(({ kind }) => kind === 'thought').length
  return { foreignThoughts, unheardLines: leaks.length - foreignThoughts, leaks }
}

function sentencesOf(text: string): string[] {
  return text.split(/(?<=[.!?…。！？])\s+|\n+/).filter((sentence) => plain(sentence).length >= leastLength)
}

/** What texts are compared by: as prompts have them, folded, with single blanks. */
function plain(text: string): string {
  return fold(disarm(text)).replace(/\s+/g, ' ').trim()
}

/** Finds words in texts; most are in none, which the first characters of them tell at once. */
function createFinder(texts: readonly SentText[]): (words: string) => SentText | undefined {
  const beginnings = new Set<string>()
  for (const { text } of texts) {
    for (let at = 0; at + leastLength <= text.length; at += 1) beginnings.add(text.slice(at, at + leastLength))
  }
  return (words) =>
    beginnings.has(words.slice(0, leastLength)) ? texts.find(({ text }) => text.includes(words)) : undefined
}

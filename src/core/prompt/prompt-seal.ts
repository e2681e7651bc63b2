import type { Turn } from '#core/conversation/turn.ts'
import type { Layer } from '#core/her/segment.ts'
import type { TurnId } from '#core/ids.ts'
import type { Cast } from '#core/scene/cast.ts'
import type { Source, SourcedText } from './prompt-message.ts'
import {
  beginningAt,
  type Knower,
  knowledgeOf,
  plainOf,
  type Sentence,
  type Stretch,
  stretchesOf,
} from './seal-secrets.ts'

/** Where in what is sent something stands; `unlabelled` is text nobody has said the origin of. */
export type SentFrom = Source | 'prefill' | 'unlabelled'

/** Words in what is sent that must not be there. */
export interface Leak {
  readonly kind: 'thought' | 'line'
  readonly turnId: TurnId
  readonly layer: Layer
  readonly words: string
  readonly source: SentFrom
}

/** What was found in a request before it leaves. It is whole with nothing in it. */
export interface PromptSeal {
  /** Of what others thought, and of what was planned for them. */
  readonly foreignThoughts: number
  /** Of what was said or done where the knower was not, or whispered past it. */
  readonly unheardLines: number
  readonly leaks: readonly Leak[]
  /** How much was looked for, in sentences, and how many are too short to be told from what anybody says. */
  readonly lookedFor: { readonly thoughts: number; readonly lines: number; readonly skipped: number }
}

/** A request as it leaves: its messages may say where their text came from, and are not believed where that isn't all. */
export interface Payload {
  readonly messages: readonly { readonly content: string; readonly pieces?: readonly SourcedText[] }[]
  readonly prefill?: string
}

export interface SealInput {
  readonly payload: Payload
  /** The path the request was made of, as it was written; oldest first. */
  readonly path: readonly Turn[]
  readonly knower: Knower
  readonly cast: Cast
  /** What the reader had the reply begin with: their own hand, whatever it says. */
  readonly begun?: string | undefined
}

interface Sent {
  readonly source: SentFrom
  readonly text: string
}

/** Written by people, for this very prompt: cards, personas, lorebooks, notes, and our own form. */
const writtenByPeople: ReadonlySet<SentFrom> = new Set(['form', 'card', 'persona', 'lore', 'note'])

/** A summary has words of its own; only a long sentence can't be in it and in another's mind by chance. */
const leastInMemory = 48

/**
 * Looks through what is about to be sent for sentences that must not be in it: a last check, of the payload itself and of
 * every word of the path, which trusts nothing that made the prompt. See docs/decisions for what it can't tell.
 *
 * What the knower also perceived, or thought itself, word for word, is no leak: somebody said it aloud.
 */
export function sealPrompt({ payload, path, knower, cast, begun }: SealInput): PromptSeal {
  const mayKnow = knowledgeOf(path, knower, cast)
  // Between two alone there is mostly nothing to look for.
  let finder: Finder | undefined
  const find = () => (finder ??= createFinder(textsOf(payload)))
  const unknown: Stretch[] = []
  const found: Found = { sentences: new Map(), shortThoughts: new Map() }
  const lookedFor = { thoughts: 0, lines: 0, skipped: 0 }
  for (const [place, turn] of path.entries()) {
    if (isWhollyKnown(turn, (layer) => mayKnow(place, layer))) continue
    for (const stretch of stretchesOf(turn, cast)) {
      const { layer, kind, sentences, long, isShortThought } = stretch
      if (mayKnow(place, layer)) continue
      unknown.push(stretch)
      const count = isShortThought ? 1 : long
      if (kind === 'line') lookedFor.lines += count
      else lookedFor.thoughts += count
      lookedFor.skipped += sentences.length - count
      for (const sentence of sentences) look(sentence, isShortThought, find(), found)
    }
  }
  const known = function* () {
    for (let place = path.length - 1; place >= 0; place -= 1) {
      for (const stretch of stretchesOf(path[place] as Turn, cast)) if (mayKnow(place, stretch.layer)) yield stretch
    }
  }
  excuse(found, known, begun === undefined ? '' : plainOf(begun))
  const leaks = leaksOf(found, unknown)
  const foreignThoughts = leaks.filter(({ kind }) => kind === 'thought').length
  return { foreignThoughts, unheardLines: leaks.length - foreignThoughts, leaks, lookedFor }
}

/** What was found, by its words, and where it stands. */
interface Found {
  readonly sentences: Map<string, SentFrom>
  readonly shortThoughts: Map<string, SentFrom>
}

/** True for a turn that need not be read to see that nothing in it is hidden: a chat may have thousands. */
function isWhollyKnown({ raw, template }: Turn, mayKnow: (layer: Layer) => boolean): boolean {
  if (mayKnow('role_thinking')) return true
  // Every mark of a thought, and of planning, begins with one of these; what macros bring can't be seen from here.
  const hasInside = template === true || raw.includes('<') || raw.includes('[')
  return !hasInside && mayKnow('speech') && mayKnow('role_action')
}

function look(sentence: Sentence, isShortThought: boolean, find: Finder, { sentences, shortThoughts }: Found): void {
  const { plain, isLong } = sentence
  if (isLong) {
    // The same is said again and again, and looked for once.
    if (!find.mayHave(sentence) || sentences.has(plain)) return
    const source = find.sentence(plain)
    if (source !== undefined) sentences.set(plain, source)
  } else if (isShortThought) {
    const source = find.thought(plain)
    if (source !== undefined) shortThoughts.set(plain, source)
  }
}

/** Takes out what the knower also perceived or thought, and what the reader put there by hand. */
function excuse({ sentences: found, shortThoughts }: Found, known: () => Iterable<Stretch>, given: string): void {
  for (const { layer, sentences } of known()) {
    if (found.size + shortThoughts.size === 0) return
    for (const { plain } of sentences) {
      found.delete(plain)
      if (layer === 'role_thinking') shortThoughts.delete(plain)
    }
  }
  if (found.size === 0) return
  const all = Array.from(known(), ({ sentences }) => sentences.map(({ plain }) => plain).join(' '))
  const text = `${given}\n${all.join(' ')}`
  for (const plain of found.keys()) if (text.includes(plain)) found.delete(plain)
}

/** What is left, at every place of the path it could have come from. */
function leaksOf({ sentences: found, shortThoughts }: Found, unknown: readonly Stretch[]): Leak[] {
  if (found.size + shortThoughts.size === 0) return []
  return unknown.flatMap(({ kind, turnId, layer, sentences, isShortThought }) =>
    sentences.flatMap(({ words, plain, isLong }): Leak[] => {
      const source = isLong ? found.get(plain) : isShortThought ? shortThoughts.get(plain) : undefined
      return source === undefined ? [] : [{ kind, turnId, layer, words, source }]
    }),
  )
}

/** True where nothing was found, and the request may leave. */
export function isWhole({ leaks }: PromptSeal): boolean {
  return leaks.length === 0
}

/** What is searched: all of the payload, but for what people wrote. A message whose pieces are not all of it, whole. */
function textsOf({ messages, prefill = '' }: Payload): Sent[] {
  const sent = messages.flatMap(({ content, pieces }): Sent[] =>
    pieces?.map(({ text }) => text).join('') === content ? [...pieces] : [{ source: 'unlabelled', text: content }],
  )
  return [...sent, { source: 'prefill' as const, text: prefill }]
    .filter(({ source, text }) => !writtenByPeople.has(source) && text !== '')
    .map(({ source, text }) => ({ source, text: plainOf(text) }))
}

/** Finds sentences in texts. Most are in none, which tell at once the places in the texts where a word begins. */
interface Finder {
  /** False for most sentences that stand nowhere. */
  mayHave(sentence: Pick<Sentence, 'beginning'>): boolean
  /** Where a sentence stands. */
  sentence(plain: string): SentFrom | undefined
  /** Where a thought stands that is this and nothing else: a short one is told by its tag from what anybody says. */
  thought(plain: string): SentFrom | undefined
}

function createFinder(sent: readonly Sent[]): Finder {
  const beginnings = new Set<number>()
  const thoughts = new Map<string, SentFrom>()
  for (const { text, source } of sent) {
    let wasInWord = false
    for (let at = 0; at < text.length; at += 1) {
      const isInWord = isOfWord(text.charCodeAt(at))
      if (isInWord && !wasInWord) beginnings.add(beginningAt(text, at))
      wasInWord = isInWord
    }
    for (const [, words = ''] of text.matchAll(/<role_thinking>[^\p{L}\p{N}<]*([^<]*)<\/role_thinking>/gu)) {
      thoughts.set(words.trim(), source)
    }
  }
  return {
    mayHave: ({ beginning }) => beginning === 0 || beginnings.has(beginning),
    sentence: (plain) =>
      sent.find(({ source, text }) => (source !== 'memory' || plain.length >= leastInMemory) && text.includes(plain))
        ?.source,
    thought: (plain) => thoughts.get(plain),
  }
}

/** 1 for the UTF-16 units of letters and digits (of both halves of a pair too), 2 for others; 0 was not asked for yet. */
const kinds = new Uint8Array(0x10000)

function isOfWord(unit: number): boolean {
  kinds[unit] ||= /[\p{L}\p{N}\p{Cs}]/u.test(String.fromCharCode(unit)) ? 1 : 2
  return kinds[unit] === 1
}

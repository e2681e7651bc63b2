import { readTurn } from '#core/conversation/read-turn.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { Layer, Reply } from '#core/her/segment.ts'
import type { CharacterId, TurnId } from '#core/ids.ts'
import type { Cast } from '#core/scene/cast.ts'
import { fold } from '#core/search/fold.ts'
import { disarm } from './special-tokens.ts'

/** In whose name a prompt is read, and so what may be in it. */
export type Knower =
  /** One character: its own mind, and what it perceived. */
  | { readonly kind: 'character'; readonly id: CharacterId }
  /** What all of these perceived, and no thought of anyone: the environment, and who chooses the next to speak. */
  | { readonly kind: 'common'; readonly ids: readonly CharacterId[] }
  /** Who is written for the reader: what they perceived, as whom they play or as on screen, and no thought of anyone. */
  | { readonly kind: 'player' }

/** A sentence of a turn, and what it is compared by. */
export interface Sentence {
  readonly words: string
  readonly plain: string
  /** Long enough to be told from what anybody says. */
  readonly isLong: boolean
  /** Of its first letters (`beginningAt`): most sentences are found not to be in a text by this number alone. */
  readonly beginning: number
}

/** A segment of a turn, in sentences. */
export interface Stretch {
  readonly turnId: TurnId
  readonly layer: Layer
  readonly kind: 'thought' | 'line'
  readonly sentences: readonly Sentence[]
  /** How many of them are long. */
  readonly long: number
  /** A thought that is one short sentence: told from what anybody says by its tag. */
  readonly isShortThought: boolean
}

/** Shorter sentences are said by anybody. In scripts that write a word in one or two characters, a third of it. */
const leastLength = 12

/** What texts are compared by: as prompts have them, folded, with single blanks. */
export function plainOf(text: string): string {
  return fold(disarm(text)).replace(/\s+/g, ' ').trim()
}

const stretchesByReply = new WeakMap<Reply, readonly Stretch[]>()

/** Kept with the reading of a turn: a scene is sealed before each request, and of most of its turns nothing has changed. */
export function stretchesOf(turn: Turn, cast: Cast): readonly Stretch[] {
  const reply = readTurn(turn, cast)
  const read = stretchesByReply.get(reply)
  if (read) return read
  const stretches = reply.segments.map(({ layer, text }): Stretch => {
    const sentences = text
      .split(/(?<=[.!?…])\s+|(?<=[。！？])\s*|\n+/)
      .map((words) => ({ words, plain: bare(plainOf(words)) }))
      .filter(({ plain }) => plain !== '')
      .map((sentence) => ({ ...sentence, isLong: isLong(sentence.plain), beginning: beginningAt(sentence.plain, 0) }))
    const long = sentences.filter((sentence) => sentence.isLong).length
    return {
      turnId: turn.id,
      layer,
      kind: isInside(layer) ? 'thought' : 'line',
      sentences,
      long,
      isShortThought: layer === 'role_thinking' && sentences.length === 1 && long === 0,
    }
  })
  stretchesByReply.set(reply, stretches)
  return stretches
}

/** So many letters tell apart how sentences begin, also where a word is one or two of them. */
const beginningLength = 8

/** A number made of the letters at a place; 0 where fewer are left, as in a short sentence. */
export function beginningAt(text: string, at: number): number {
  if (at + beginningLength > text.length) return 0
  let value = 7
  for (let index = at; index < at + beginningLength; index += 1) {
    value = (Math.imul(value, 31) + text.charCodeAt(index)) | 0
  }
  return value & 0x3fffffff
}

/** A sentence without the quotes and dashes before it, so that it begins where a word does. */
function bare(plain: string): string {
  return plain.replace(/^[^\p{L}\p{N}]+(?=[\p{L}\p{N}])/u, '')
}

function isLong(plain: string): boolean {
  if (plain.length >= leastLength) return true
  return plain.length * 3 >= leastLength && (plain.match(dense)?.length ?? 0) * 3 >= leastLength
}

const dense = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu

/**
 * What of a path one may know, by place and layer. Who perceived what is read here a second time, from the rows alone and
 * in other words than `perceivedBy` and `hear` have for it, so that a mistake of theirs is found.
 * @param path oldest first.
 */
export function knowledgeOf(
  path: readonly Turn[],
  knower: Knower,
  cast: Cast,
): (place: number, layer: Layer) => boolean {
  switch (knower.kind) {
    case 'character': {
      const senses = sensesOf(path, knower.id)
      return (place, layer) => {
        const { was, heard, spoke } = senses[place] as Senses
        return isInside(layer) ? spoke : layer === 'speech' ? heard : was
      }
    }
    case 'common': {
      const all = knower.ids.map((id) => sensesOf(path, id))
      return (place, layer) =>
        !isInside(layer) && all.every((senses) => (layer === 'speech' ? senses[place]?.heard : senses[place]?.was))
    }
    case 'player': {
      const senses = cast.userPlays === undefined ? undefined : sensesOf(path, cast.userPlays)
      return (place, layer) =>
        !isInside(layer) && (!senses || (layer === 'speech' ? senses[place]?.heard : senses[place]?.was) === true)
    }
  }
}

function isInside(layer: Layer): boolean {
  return layer === 'role_thinking' || layer === 'system_thinking'
}

interface Senses {
  /** It was there. */
  readonly was: boolean
  /** It heard what was said. */
  readonly heard: boolean
  /** It was the one who spoke. */
  readonly spoke: boolean
}

/** From the newest turn back: where a turn does not say who was there, all were but who has yet to come in. */
function sensesOf(path: readonly Turn[], id: CharacterId): Senses[] {
  const senses = new Array<Senses>(path.length)
  let isYetToCome = false
  for (let place = path.length - 1; place >= 0; place -= 1) {
    const { speaker, present, left = [], entered = [], whisperTo } = path[place] as Turn
    const spoke = speaker.kind === 'character' && speaker.characterId === id
    const isTold = spoke || [...(present ?? []), ...left, ...entered].includes(id)
    const was = isTold || (present === undefined && !isYetToCome)
    senses[place] = { was, spoke, heard: was && (spoke || whisperTo === undefined || whisperTo.includes(id)) }
    if (isTold) isYetToCome = entered.includes(id)
  }
  return senses
}

import { expandMacros, type MacroValues } from '#core/cards/macros.ts'
import type { CharacterId } from '#core/ids.ts'
import { type HeardTurns, wasHeardBy } from '#core/scene/hearing.ts'
import type { FoundIn } from './explain.ts'
import type { Key } from './keys.ts'
import { createPiece, holds, type Piece, type PlainText, patternSteps } from './scan.ts'

/** No more of a story is searched than this, in characters: the newest. */
const maximumText = 100_000

/** The newest messages of a chat as texts to be searched, `Name: …` each. Turns in which nothing was heard don't count. */
export interface StoryText {
  /** The newest `messages` of them; U+0001 stands before each, so that a pattern can ask for who speaks. */
  newest(messages: number): Piece
  /** The last characters of the story. */
  last(characters: number): Piece
}

/**
 * Reads what a character heard: turns are asked for one by one, from the newest back, and only as far as a search needs
 * them. Throws when a turn was heard by someone else.
 */
export function createStoryText(heard: HeardTurns, reader: CharacterId, macros: MacroValues): StoryText {
  /** Newest first. */
  const texts: string[] = []
  const pieces = new Map<number, Piece>()
  let unread = heard.length
  let length = 0

  function readOne(): void {
    unread--
    const turn = heard.at(unread)
    if (!turn || turn.segments.length === 0) return
    if (!wasHeardBy(turn, reader)) throw new Error(`Lore was about to be looked for in what ${reader} did not hear`)
    const said = turn.segments.map(({ text }) => text).join('\n')
    const text = `\u0001${turn.name}: ${said.includes('{{') ? expandMacros(said, macros) : said}`.slice(-maximumText)
    texts.push(text)
    length += text.length + 1
  }

  const plain = new Map<number, PlainText>()

  /** Which of the newest messages a key is in that was found in them together: the newest that holds it. */
  const placeIn =
    (count: number) =>
    (key: Key): FoundIn => {
      const steps = { left: patternSteps.perPlace }
      for (const [back, text] of texts.slice(0, count).entries()) {
        const message = plain.get(back) ?? { text, lower: text.toLowerCase() }
        plain.set(back, message)
        if (holds(key, message, steps)) return { kind: 'story', back }
      }
      return { kind: 'story' }
    }

  const pieceOf = (count: number): Piece => {
    const known = pieces.get(count)
    if (known) return known
    const piece = createPiece(texts.slice(0, count).reverse().join('\n').slice(-maximumText), placeIn(count))
    pieces.set(count, piece)
    return piece
  }

  return {
    newest: (messages) => {
      while (unread > 0 && texts.length < messages && length < maximumText) readOne()
      return pieceOf(Math.min(messages, texts.length))
    },
    last: (characters) => {
      while (unread > 0 && length < Math.min(characters, maximumText)) readOne()
      const { text } = pieceOf(texts.length)
      return createPiece(text.slice(Math.max(0, text.length - characters)), placeIn(texts.length))
    },
  }
}

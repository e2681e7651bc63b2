import { disarm } from './special-tokens.ts'

/** What the reader tells the model of where the story is to go, as a director would and no character. */
export interface DirectorsNote {
  readonly text: string
  /** How many turns stand after it: 0 is after the newest, 1 before the newest. */
  readonly depth: number
  /** It stands until it is taken away, or is gone with the first whole reply that was given with it. */
  readonly lasts: 'standing' | 'once'
}

/** In brackets, as no turn is written, so that it is taken for nobody's words. Empty where there is nothing to tell. */
export function writeNote(note: DirectorsNote, expand: (text: string) => string): string {
  const text = expand(note.text).trim()
  return text === '' ? '' : disarm(`[Director's note: ${text}]`)
}

/** Before which of `turns` turns a note stands; one that is deeper than what is sent stands before all of it. */
export function placeOfNote({ depth }: DirectorsNote, turns: number): number {
  return Math.max(0, turns - Math.max(0, Math.round(depth)))
}

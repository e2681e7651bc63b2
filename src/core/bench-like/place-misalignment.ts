import { placeFlaw } from '#core/coser/place-flaw.ts'
import { type BenchLine, toldText } from './bench-line.ts'
import type { Misalignment } from './read-judgement.ts'

/**
 * The turn a defect is about: that which the judge named, if its quote stands there, else the turn of the character in
 * which it does stand. A quote that stands nowhere leaves it at the turn named, if that is one of the character's in this
 * stretch. Undefined where it is about none in particular, or about a line of the seed, which is not the character's fault.
 */
export function placeMisalignment(found: Misalignment, stretch: readonly BenchLine[]): number | undefined {
  const lines = stretch.filter(({ side, isScripted }) => side === 'ai' && !isScripted)
  const quote = `"${found.quote.replaceAll('"', '')}"`
  const named = lines.find(({ turn }) => turn === found.turn)
  if (named && placeFlaw(quote, [toldText(named)]) !== undefined) return named.turn
  const place = placeFlaw(quote, lines.map(toldText))
  return place === undefined ? named?.turn : lines[place]?.turn
}

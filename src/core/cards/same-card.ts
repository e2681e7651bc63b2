import type { CardDocument } from './card.ts'
import { jsonEqual } from './json-tree.ts'

/** True when two cards say the same. */
export function isSameCard(one: CardDocument, other: CardDocument): boolean {
  return one === other || (one.spec === other.spec && jsonEqual(one.raw, other.raw))
}

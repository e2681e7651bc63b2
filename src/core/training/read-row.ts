import type { Json, JsonObject } from '#core/cards/card.ts'
import { isList, isObject, own } from '#core/cards/json-tree.ts'
import { viewCard } from '#core/cards/view-card.ts'
import { readCase } from '#core/coser/read-case.ts'
import { sceneLimits } from '#core/scene-file/limits.ts'
import type { ReadScene } from '#core/scene-file/read-scenes-result.ts'
import { t } from '#lib/translate.ts'
import { casesOfConversations } from './read-conversation-row.ts'
import { caseOfSample, isSample } from './read-sample.ts'

/**
 * The scenes of a row of HER's or CoSER's training data, with planning and thoughts in their layers: one, but for a book
 * with all its plots. A string says why one can't be read.
 */
export function readRow(value: Json): (ReadScene | string)[] {
  if (!isObject(value)) return [t('it is not an object.')]
  const sample = caseOfSample(value)
  if (sample) return [readCase(sample, 'her')]
  const cases = casesOfConversations(value)
  // CoSER's test cases have no conversation: they are one.
  if (cases.length === 0) return [readCase(value)]
  return cases.map(({ value: one, outward }) => {
    const read = readCase(one, 'her')
    return typeof read === 'string' ? read : withOutward(read, outward)
  })
}

/** True for a row that `readRow` can make something of. */
export function isRow(value: Json): value is JsonObject {
  return isSample(value) || (isObject(value) && (holdsTalk(value) || isList(own(value, 'plots'))))
}

function holdsTalk(value: JsonObject): boolean {
  const talk = own(value, 'conversation')
  return isList(talk) && talk.some((one) => isObject(one) && own(one, 'dialogues') !== undefined)
}

/** What the others see of someone is what the row told them; all else of a card is its own. */
function withOutward({ draft, warnings }: ReadScene, outward: ReadonlyMap<string, string>): ReadScene {
  const characters = draft.characters.map((one) => {
    const appearance = one.bundled === undefined ? outward.get(viewCard(one.card).name) : undefined
    return appearance && appearance.length <= sceneLimits.textLength ? { ...one, appearance } : one
  })
  return { draft: { ...draft, characters }, warnings }
}

import { asRecord, asString, isRecord } from '#lib/json-value.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { t } from '#lib/translate.ts'
import { dimensionOf } from './dimensions.ts'

/** Something a reply is judged by: of the reader's own catalogue, since HER's 51 principles are not public. */
export interface Principle {
  /** Follows from dimension and name, so that a file that comes in twice changes nothing. */
  readonly id: string
  /** A published dimension's name, or one of the reader's own. */
  readonly dimension: string
  readonly name: string
  /** `negative`: a fault; whoever has it loses by it. */
  readonly polarity: 'positive' | 'negative'
  /** `session`: what came before is needed to tell. */
  readonly level: 'sentence' | 'session'
  readonly definition: string
}

export interface NoCatalogue {
  readonly sentence: string
}

/** A principle, with its id. */
export function createPrinciple(fields: Omit<Principle, 'id'>): Principle {
  const name = fields.name.trim()
  const given = fields.dimension.trim()
  const dimension = dimensionOf(given)?.name ?? given
  const { polarity, level } = fields
  return { id: slug(`${dimension} ${name}`), dimension, name, polarity, level, definition: fields.definition.trim() }
}

/**
 * Reads a catalogue from a file's text: a list of principles, or an object with one in it. What lacks a name is left out;
 * of two that are called the same the last counts.
 */
export function readCatalogue(text: string): Result<readonly Principle[], NoCatalogue> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return err({ sentence: t('This is no JSON.') })
  }
  const list = Array.isArray(value) ? value : isRecord(value) ? Object.values(value).find(Array.isArray) : undefined
  const principles = (list ?? []).flatMap((item: unknown) => readPrinciple(item) ?? [])
  if (principles.length === 0) return err({ sentence: t('There is no principle in it.') })
  return ok(mergeCatalogues([], principles))
}

/** The catalogue as a file's text: what `readCatalogue` reads, and nothing that is ours alone. */
export function writeCatalogue(principles: readonly Principle[]): string {
  return `${JSON.stringify(
    principles.map(({ id: _id, ...principle }) => principle),
    null,
    2,
  )}\n`
}

/** What was there, with what came in: the same principle takes the place of its older self. */
export function mergeCatalogues(before: readonly Principle[], added: readonly Principle[]): readonly Principle[] {
  return [...new Map([...before, ...added].map((principle) => [principle.id, principle])).values()]
}

function readPrinciple(value: unknown): Principle | undefined {
  const fields = asRecord(value)
  const name = asString(fields?.['name'])?.trim()
  if (!fields || !name) return undefined
  return createPrinciple({
    name,
    dimension: asString(fields['dimension']) ?? '',
    polarity: fields['polarity'] === 'negative' ? 'negative' : 'positive',
    level: fields['level'] === 'session' ? 'session' : 'sentence',
    definition: asString(fields['definition']) ?? '',
  })
}

function slug(words: string): string {
  return words
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]+/gu, '-')
    .replace(/^-|-$/g, '')
}

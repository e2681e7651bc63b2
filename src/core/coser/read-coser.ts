import type { Json, JsonObject } from '#core/cards/card.ts'
import { isList, isObject, own } from '#core/cards/json-tree.ts'
import { sceneLimits } from '#core/scene-file/limits.ts'
import type { ReadScene, ReadScenes, SceneProblem } from '#core/scene-file/read-scenes-result.ts'
import { isRow, readRow } from '#core/training/read-row.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { t } from '#lib/translate.ts'

/**
 * Reads CoSER's test cases (github Neph0s/CoSER) and rows of its and of HER's training data: a list of them, one by
 * itself, or an object that holds such a list.
 * `value` is what was parsed from the file.
 */
export function readCoser(value: Json): Result<ReadScenes, SceneProblem> {
  const listed = casesIn(value)
  if (!listed)
    return err({ kind: 'not-a-scene', sentence: t('There is no scene in this file that we know how to read.') })
  if (listed.length === 0) return err({ kind: 'empty', sentence: t('There is no case in this file.') })
  const read = listed.slice(0, sceneLimits.scenes).flatMap(readRow).slice(0, sceneLimits.scenes)
  const scenes = read.filter((one): one is ReadScene => typeof one !== 'string')
  const reasons = read.filter((one) => typeof one === 'string')
  if (scenes.length === 0) {
    return err({
      kind: 'not-a-scene',
      sentence: t('No case of this file can be read. The first: {reason}', { reason: String(reasons[0]) }),
    })
  }
  const warnings = [
    ...(reasons.length > 0
      ? [
          t(
            '{count, plural, one {# case can’t be read and was left out.} other {# cases can’t be read and were left out.}} The first: {reason}',
            { count: reasons.length, reason: String(reasons[0]) },
          ),
        ]
      : []),
    ...(listed.length > sceneLimits.scenes
      ? [
          t('The file has {count} cases; the first {limit} were read.', {
            count: listed.length,
            limit: sceneLimits.scenes,
          }),
        ]
      : []),
  ]
  return ok({ format: 'coser', scenes, warnings })
}

function casesIn(value: Json): readonly Json[] | undefined {
  if (isList(value)) return value.length === 0 || value.some(isCase) ? value : undefined
  if (!isObject(value)) return undefined
  if (isCase(value)) return [value]
  const held: readonly Json[] = Object.values(value)
  return held.filter(isList).find((list) => list.some(isCase))
}

/** What tells a case from any other object: who is in it, and what they say. */
function isCase(value: Json): value is JsonObject {
  if (!isObject(value)) return false
  if (isRow(value)) return true
  const hasPeople = ['key_characters', 'character_profiles', 'speaking_characters_w_env', 'major_characters'].some(
    (key) => own(value, key) !== undefined,
  )
  return hasPeople && (own(value, 'dialogues') !== undefined || own(value, 'scenario') !== undefined)
}

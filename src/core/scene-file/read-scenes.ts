import { describeJsonProblem } from '#core/cards/describe-json-problem.ts'
import { isObject, own } from '#core/cards/json-tree.ts'
import { readJson } from '#core/cards/read-json.ts'
import type { JsonProblem } from '#core/cards/tolerant-json.ts'
import { readCoser } from '#core/coser/read-coser.ts'
import { err, type Result } from '#lib/result.ts'
import { t } from '#lib/translate.ts'
import { sceneLimits } from './limits.ts'
import type { ReadScenes, SceneProblem } from './read-scenes-result.ts'
import { readSceneFile, sceneFormat } from './scene-file.ts'

/** Reads the scenes of a file's text: ours, or CoSER's test cases, one or many. Never throws, whatever the text. */
export function readScenes(text: string): Result<ReadScenes, SceneProblem> {
  if (text.length > sceneLimits.length) {
    return err({
      kind: 'too-large',
      sentence: t('This file is larger than 100 million characters, which is more than we read.'),
    })
  }
  const body = text.replace(/^[\ufeff\s]+/, '')
  if (body === '') return err({ kind: 'empty', sentence: t('This file is empty.') })
  const parsed = readJson(body)
  if (!parsed.ok) return err(describeProblem(parsed.error))
  const { value } = parsed.value
  return isObject(value) && own(value, 'format') === sceneFormat ? readSceneFile(value) : readCoser(value)
}

function describeProblem(problem: JsonProblem): SceneProblem {
  const { isTooLarge, sentence } = describeJsonProblem(problem, 'scene')
  return { kind: isTooLarge ? 'too-large' : 'not-a-scene', sentence }
}

import { isObject, own } from '#core/cards/json-tree.ts'
import { readJson } from '#core/cards/read-json.ts'
import type { JsonProblem } from '#core/cards/tolerant-json.ts'
import { readCoser } from '#core/coser/read-coser.ts'
import { err, type Result } from '#lib/result.ts'
import { sceneLimits } from './limits.ts'
import type { ReadScenes, SceneProblem } from './read-scenes-result.ts'
import { readSceneFile, sceneFormat } from './scene-file.ts'

/** Reads the scenes of a file's text: ours, or CoSER's test cases, one or many. Never throws, whatever the text. */
export function readScenes(text: string): Result<ReadScenes, SceneProblem> {
  if (text.length > sceneLimits.length) {
    return err({
      kind: 'too-large',
      sentence: 'This file is larger than 100 million characters, which is more than we read.',
    })
  }
  const body = text.replace(/^[\ufeff\s]+/, '')
  if (body === '') return err({ kind: 'empty', sentence: 'This file is empty.' })
  const parsed = readJson(body)
  if (!parsed.ok) return err(describeProblem(parsed.error))
  const { value } = parsed.value
  return isObject(value) && own(value, 'format') === sceneFormat ? readSceneFile(value) : readCoser(value)
}

function describeProblem(problem: JsonProblem): SceneProblem {
  switch (problem.type) {
    case 'json-too-many-values':
      return {
        kind: 'too-large',
        sentence: `This file holds more than ${problem.limit} values, which is more than we read.`,
      }
    case 'json-too-deep':
      return {
        kind: 'not-a-scene',
        sentence: `This file nests deeper than ${problem.limit} levels, which no scene does.`,
      }
    case 'malformed-json': {
      const place = `line ${problem.line}, column ${problem.column}`
      return { kind: 'not-a-scene', sentence: `This file is damaged at ${place}: ${problem.problem}.` }
    }
  }
}

import type { JsonProblem } from './tolerant-json.ts'

/**
 * Why a file's JSON can't be read, in a sentence.
 * @param thing what the file was taken for: a chat, a scene.
 */
export function describeJsonProblem(
  problem: JsonProblem,
  thing: string,
): { readonly isTooLarge: boolean; readonly sentence: string } {
  switch (problem.type) {
    case 'json-too-many-values':
      return {
        isTooLarge: true,
        sentence: `This file holds more than ${problem.limit} values, which is more than we read.`,
      }
    case 'json-too-deep':
      return {
        isTooLarge: false,
        sentence: `This file nests deeper than ${problem.limit} levels, which no ${thing} does.`,
      }
    case 'malformed-json': {
      const place = `line ${problem.line}, column ${problem.column}`
      return { isTooLarge: false, sentence: `This file is damaged at ${place}: ${problem.problem}.` }
    }
  }
}

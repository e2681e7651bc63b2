import { t } from '#lib/translate.ts'
import type { JsonProblem } from './tolerant-json.ts'

/**
 * Why a file's JSON can't be read, in a sentence.
 * @param thing what the file was taken for.
 */
export function describeJsonProblem(
  problem: JsonProblem,
  thing: 'chat' | 'scene',
): { readonly isTooLarge: boolean; readonly sentence: string } {
  switch (problem.type) {
    case 'json-too-many-values':
      return {
        isTooLarge: true,
        sentence: t('This file holds more than {limit} values, which is more than we read.', { limit: problem.limit }),
      }
    case 'json-too-deep':
      return {
        isTooLarge: false,
        sentence:
          thing === 'chat'
            ? t('This file nests deeper than {limit} levels, which no chat does.', { limit: problem.limit })
            : t('This file nests deeper than {limit} levels, which no scene does.', { limit: problem.limit }),
      }
    case 'malformed-json': {
      return {
        isTooLarge: false,
        sentence: t('This file is damaged at line {line}, column {column}: {problem}.', {
          line: problem.line,
          column: problem.column,
          problem: problem.problem,
        }),
      }
    }
  }
}

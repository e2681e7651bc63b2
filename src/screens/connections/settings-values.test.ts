import { expect, test } from 'vitest'
import type { Connection } from '#core/connection.ts'
import { demoConnection } from '#core/demo-connection.ts'
import { presetOf, presetValues, valuesOf, withValues } from './settings-values.ts'

const connection: Connection = { ...demoConnection, kind: 'vllm' }

test('a form that nobody touched changes nothing', () => {
  const rich: Connection = {
    ...connection,
    sampling: { temperature: 0.5, topP: 0.8, topK: 20, minP: 0.05, repetitionPenalty: 1.1, maxTokens: 900 },
    prompt: {
      form: 'plain',
      history: { planning: 'last', thoughts: 4 },
      planningTokens: 400,
      keepsOthers: true,
    },
    tokenFactor: 1.1,
  }
  for (const one of [connection, rich]) expect(withValues(one, valuesOf(one))).toEqual(one)
})

test('a preset fills what the server takes, and is told by its values', () => {
  expect(presetOf(valuesOf(connection), 'vllm')).toBe('her-demo')
  const evaluated = { ...valuesOf(connection), ...presetValues('her-evaluation', 'vllm') }
  expect(presetOf(evaluated, 'vllm')).toBe('her-evaluation')
  expect(withValues(connection, evaluated).sampling).toEqual({
    temperature: 0.7,
    topP: 1,
    repetitionPenalty: 1.15,
    maxTokens: 4096,
  })
  expect(presetValues('her-evaluation', 'openai').repetitionPenalty).toBe('')
  expect(presetOf({ ...evaluated, temperature: '1' }, 'vllm')).toBe('own')
})

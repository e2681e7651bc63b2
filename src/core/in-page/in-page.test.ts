import { expect, test } from 'vitest'
import type { GgufHead } from '../gguf/read-gguf.ts'
import { describeWeightsProblem, size } from './describe-weights-problem.ts'
import { inPageConnection } from './in-page-connection.ts'
import { chooseContext, memoryNeeded, mostBytes } from './plan-memory.ts'
import { suggestedModels } from './suggested-models.ts'
import type { WeightsProblem } from './weights.ts'
import { fileNameOf, weightsUrls } from './weights-url.ts'

const head: GgufHead = {
  architecture: 'qwen3',
  trainedTokens: 40_960,
  contextBytesPerToken: 114_688,
  vocabularySize: 151_936,
  leastBytes: 0,
}

test('a context is fair to the device, and within what a page can hold', () => {
  expect(chooseContext({ bytes: 639e6, head })).toBe(4096)
  expect(chooseContext({ bytes: 1100e6, head: { ...head, contextBytesPerToken: 28_672 } })).toBe(16_384)
  expect(chooseContext({ bytes: 3.6e9, head })).toBe(2048)
  expect(chooseContext({ bytes: 1e6, head: { ...head, contextBytesPerToken: 128, trainedTokens: 512 } })).toBe(512)
})

test('every suggestion is an address of a file, and needs no more than a page has', () => {
  for (const { url, megabytes, gigabytesNeeded } of suggestedModels) {
    expect(weightsUrls(url)).toEqual([url])
    expect(gigabytesNeeded * 1e9).toBeLessThan(mostBytes)
    expect(gigabytesNeeded * 1000).toBeGreaterThan(megabytes)
  }
  expect(memoryNeeded({ bytes: 639e6, head }, 4096)).toBeLessThan(1.45e9)
})

test('addresses: pages of a file are taken for the file, a part for all parts, and anything else for none', () => {
  expect(weightsUrls(' https://huggingface.co/a/b/blob/main/m.gguf?download=true#x ')).toEqual([
    'https://huggingface.co/a/b/resolve/main/m.gguf?download=true',
  ])
  expect(weightsUrls('http://nas.local/blob/m-00002-of-00003.gguf')).toEqual([
    'http://nas.local/blob/m-00001-of-00003.gguf',
    'http://nas.local/blob/m-00002-of-00003.gguf',
    'http://nas.local/blob/m-00003-of-00003.gguf',
  ])
  for (const text of ['', 'model.gguf', 'https://a/b.bin', 'file:///m.gguf', 'https://a/m-00001-of-99999.gguf']) {
    expect(weightsUrls(text)).toBeUndefined()
  }
  expect(fileNameOf('https://a/b/m%20one.gguf?x')).toBe('m one.gguf')
  expect(fileNameOf('https://a/b/m%E0%A4%A.gguf')).toBe('m%E0%A4%A.gguf')
})

test('a model that was tuned to HER is asked as one; another is told everything and held to the layers', () => {
  const weights = { name: 'qwen3-0.6b-q8_0.gguf', bytes: 639e6, head: { ...head, chatTemplate: '<|im_start|>' } }
  expect(inPageConnection(weights, 1)).toMatchObject({
    kind: 'in-page',
    transport: 'completions',
    keepsShape: true,
    prompt: { form: 'plain' },
    sampling: { maxTokens: 1024 },
  })
  const tuned = inPageConnection({ ...weights, name: 'HER-8B.Q4_K_M.gguf' }, 1)
  expect([tuned.keepsShape, tuned.prompt]).toEqual([undefined, undefined])
  expect(inPageConnection({ ...weights, name: 'where-is-mother.gguf' }, 1).keepsShape).toBe(true)
  const other = { ...weights, head: { ...head, chatTemplate: '<start_of_turn>' } }
  expect(inPageConnection(other, 1).transport).toBe('chat')
})

const oneOfEach: { readonly [Kind in WeightsProblem['kind']]: Extract<WeightsProblem, { kind: Kind }> } = {
  'bad-url': { kind: 'bad-url' },
  'not-gguf': { kind: 'not-gguf', name: 'a.gguf' },
  'old-version': { kind: 'old-version', name: 'a.gguf', version: 1 },
  spoiled: { kind: 'spoiled', name: 'a.gguf', what: 'it claims 9 tensors' },
  truncated: { kind: 'truncated', name: 'a.gguf', bytes: 1000, leastBytes: 5e6 },
  parts: { kind: 'parts', found: 1, wanted: 3 },
  'too-large': { kind: 'too-large', bytes: 5e9 },
  'no-room': { kind: 'no-room', bytes: 5e9, freeBytes: 1e6 },
  'no-answer': { kind: 'no-answer', host: 'a.example' },
  refused: { kind: 'refused', host: 'a.example', status: 401 },
  'no-size': { kind: 'no-size', host: 'a.example' },
  dropped: { kind: 'dropped', host: 'a.example' },
  changed: { kind: 'changed', host: 'a.example' },
  disk: { kind: 'disk', detail: 'it is full.' },
}

test.each(Object.values(oneOfEach))('$kind has a sentence', (problem) => {
  const words = describeWeightsProblem(problem)
  expect(words).toMatch(/^[A-Z“a].*\.$/)
  expect(words).not.toMatch(/undefined|null|NaN|\[object/)
})

test('sizes as people say them', () => {
  expect([size(10), size(4321), size(639e6), size(1.834e9)]).toEqual(['1 kB', '4 kB', '639 MB', '1.8 GB'])
})

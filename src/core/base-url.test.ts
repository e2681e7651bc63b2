import { describe, expect, test } from 'vitest'
import { serverRoot, toBaseUrls } from './base-url.ts'

describe('toBaseUrls', () => {
  test.each([
    ['http://localhost:8000', ['http://localhost:8000/v1', 'http://localhost:8000']],
    ['http://localhost:8000/', ['http://localhost:8000/v1', 'http://localhost:8000']],
    ['http://localhost:8000/v1', ['http://localhost:8000/v1', 'http://localhost:8000']],
    ['http://localhost:8000/v1///', ['http://localhost:8000/v1', 'http://localhost:8000']],
    ['http://localhost:8000/v1/chat/completions', ['http://localhost:8000/v1', 'http://localhost:8000']],
    ['http://localhost:8000/v1/models/', ['http://localhost:8000/v1', 'http://localhost:8000']],
    ['http://localhost:11434/api/chat', ['http://localhost:11434/v1', 'http://localhost:11434']],
    ['http://localhost:8080/#/chat/3?x=1', ['http://localhost:8080/v1', 'http://localhost:8080']],
    ['localhost:1234', ['http://localhost:1234/v1', 'http://localhost:1234']],
    ['192.168.1.5:8000', ['http://192.168.1.5:8000/v1', 'http://192.168.1.5:8000']],
    ['[::1]:8000', ['http://[::1]:8000/v1', 'http://[::1]:8000']],
    ['gpu-box:8000/v1', ['http://gpu-box:8000/v1', 'http://gpu-box:8000']],
    ['box.local:8000', ['http://box.local:8000/v1', 'http://box.local:8000']],
    ['api.example.com/v1', ['https://api.example.com/v1', 'https://api.example.com']],
    ['//api.example.com', ['https://api.example.com/v1', 'https://api.example.com']],
    ['https://example.com/llm/v1', ['https://example.com/llm/v1', 'https://example.com/llm']],
    ['https://example.com/llm', ['https://example.com/llm/v1', 'https://example.com/llm']],
    ['https://example.com/v1beta/openai/', ['https://example.com/v1beta/openai']],
    ['https://openrouter.ai', ['https://openrouter.ai/api/v1']],
    ['openrouter.ai/api/v1/chat/completions', ['https://openrouter.ai/api/v1']],
    ['http://0.0.0.0:8000', ['http://127.0.0.1:8000/v1', 'http://127.0.0.1:8000']],
    ['https://me:secret@example.com/v1', ['https://example.com/v1', 'https://example.com']],
    ['  "http://localhost:8000/v1", ', ['http://localhost:8000/v1', 'http://localhost:8000']],
    ['HTTP://LOCALHOST:8000/V1', ['http://localhost:8000/V1', 'http://localhost:8000']],
  ])('%s', (address, expected) => {
    expect(toBaseUrls(address)).toEqual(expected)
  })

  test.each(['', '   ', 'not an address', 'ftp://example.com', 'javascript:alert(1)', 'http://', 'http://a b', '/v1'])(
    '%j is none',
    (address) => {
      expect(toBaseUrls(address)).toEqual([])
    },
  )
})

test('serverRoot takes /v1 off', () => {
  expect(serverRoot('http://localhost:8000/v1')).toBe('http://localhost:8000')
  expect(serverRoot('http://localhost:8000/llm/v1/')).toBe('http://localhost:8000/llm')
  expect(serverRoot('http://localhost:8000')).toBe('http://localhost:8000')
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createEchoStripper } from './echo.ts'

function strip(prefill: string, ...chunks: string[]): string {
  const stripper = createEchoStripper(prefill)
  return chunks.map((chunk) => stripper.push(chunk)).join('') + stripper.finish()
}

describe('createEchoStripper', () => {
  test.each([
    ['echoed', '<think>', ['<think>a'], 'a'],
    ['echoed in pieces', '<think>', ['<', 'thi', 'nk', '>', 'a'], 'a'],
    ['not echoed', '<think>', ['a<think>'], 'a<think>'],
    ['almost echoed', '<think>', ['<thi', 's>'], '<this>'],
    ['only begun', '<think>', ['<thi'], '<thi'],
    ['nothing else came', '<think>', ['<think>'], ''],
    ['echoed once, said once', '<think>', ['<think><think>a'], '<think>a'],
    ['blanks before the echo', '<think>', ['\n\n<think>a'], 'a'],
    ['blanks before something else', '<think>', ['\n\na'], '\n\na'],
    ['the line break at its end was trimmed', '<think>\n', ['<think>', 'a'], 'a'],
    ['the line break at its end was kept', '<think>\n', ['<think>\na'], 'a'],
    ['more white space than was sent', '<think>\n', ['<think>\n\na'], '\na'],
    ['other white space than was sent', 'Hi\n', ['Hi you'], ' you'],
    ['a blank that belongs to what follows', 'Hello', ['Hello you'], ' you'],
    ['no prefill', '', ['a'], 'a'],
  ])('%s', (_why, prefill, chunks, expected) => {
    expect(strip(prefill, ...chunks)).toBe(expected)
  })

  test('how the text is cut makes no difference', () => {
    const unit = fc.constantFrom('a', 'b', ' ', '\n')
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 4 }), fc.string({ unit, maxLength: 8 }), (prefill, text) => {
        expect(strip(prefill, ...text.split(''))).toBe(strip(prefill, text))
        expect(strip(prefill, prefill + text).trimStart()).toBe(
          prefill.trim() === '' ? (prefill + text).trimStart() : text.trimStart(),
        )
      }),
    )
  })
})

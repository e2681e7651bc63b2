import fc from 'fast-check'
import { expect, test } from 'vitest'
import { expectBody, toBlob } from './body-ahead.ts'

const message = fc.record({
  role: fc.constantFrom('system', 'user', 'assistant'),
  content: fc.string({ unit: 'grapheme', maxLength: 40 }),
})
const body = fc.array(message, { maxLength: 6 }).map((messages) =>
  // Long enough to be worth it, with what looks like the beginning of a message inside of a text.
  JSON.stringify({
    model: 'her',
    messages: [{ role: 'system', content: `{"role":"user" ${'“long” '.repeat(2000)}` }, ...messages],
  }),
)

test('a body is what it was, byte for byte, whatever was expected before', async () => {
  await fc.assert(
    fc.asyncProperty(body, body, fc.nat(200), async (expected, sent, cut) => {
      expectBody(expected)
      for (const text of [sent, expected, expected.slice(0, -cut - 1), `${expected}é`]) {
        expect(await toBlob(text).text()).toBe(await new Blob([text]).text())
      }
    }),
  )
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bodyBlob, bodyText, expectBody } from './body-ahead.ts'
import type { WireRequest } from './build-request.ts'

type Body = WireRequest['body']

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('<|im_start|>user\nHello', '{"role":"user"'),
)
const message = fc.record({
  role: fc.constantFrom('system', 'user', 'assistant'),
  content: fc.oneof(
    { weight: 9, arbitrary: text },
    { weight: 1, arbitrary: fc.constant([{ type: 'text', text: 'x' }]) },
  ),
})
const fields = fc.record({
  model: fc.constantFrom('her', 'other'),
  temperature: fc.double({ noNaN: true }),
  stream: fc.constant(true),
})

/** Long enough to be worth it. */
const system = { role: 'system', content: `{"role":"user" ${'“long” '.repeat(2000)}` }

const bodies = fc
  .tuple(fields, fc.array(message, { maxLength: 6 }), fc.array(message, { maxLength: 3 }), fc.boolean())
  .map(([others, messages, more, isPlain]) => {
    const told = [system, ...messages]
    const plain = (all: readonly object[]) => all.map((each) => `<|im_start|>${JSON.stringify(each)}`).join('\n')
    const body = (all: readonly object[]) => ({ ...others, ...(isPlain ? { prompt: plain(all) } : { messages: all }) })
    return [body(told), body([...told, ...more])] as unknown as [Body, Body]
  })

test('a body is all it was, byte for byte, whatever was expected before', async () => {
  await fc.assert(
    fc.asyncProperty(bodies, bodies, async ([expected, next], [other]) => {
      expectBody(expected)
      for (const body of [next, expected, other]) {
        expect(JSON.parse(bodyText(body))).toEqual(JSON.parse(JSON.stringify(body)))
        expect(await bodyBlob(body).text()).toBe(await new Blob([bodyText(body)]).text())
      }
    }),
  )
})

test('what differs in a field that is no text of a message is never taken for the same', async () => {
  const named = (name: string) =>
    ({
      model: 'her',
      stream: true,
      messages: [system, { role: 'user', content: 'Hi', name }, { role: 'user', content: '' }],
    }) as Body
  expectBody(named('A'))
  expect(JSON.parse(await bodyBlob(named('B')).text())).toEqual(named('B'))
})

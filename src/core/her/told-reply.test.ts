import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createToldReply } from './told-reply.ts'

const plan = '<system_thinking>She is cornered.</system_thinking>'
const thought = '<role_thinking>Not now.</role_thinking>'
const rest = '<role_action>turns away</role_action>No.'

function read(kept: string, reply: string, sizes: readonly number[] = []) {
  const told = createToldReply(kept, ['Anna', 'Anna K.'])
  let text = ''
  let at = 0
  for (const size of [...sizes, reply.length]) {
    text += told.push(reply.slice(at, at + size))
    at += size
  }
  return { text: text + told.finish(), leftOut: told.leftOut }
}

describe('a reply that was told to go on', () => {
  test.each([
    ['goes on', rest],
    ['repeats what was kept', plan + thought + rest],
    ['repeats it behind a line break', `\n${plan}${thought}${rest}`],
    ['heads its turn with a name', `Anna: ${rest}`],
    ['heads it with another', `\nAnna K.： ${rest}`],
  ])('%s', (_how, reply) => {
    expect(read(plan + thought, reply)).toEqual({ text: rest, leftOut: '' })
  })

  test('plans once more: the new plan is left out, and remembered', () => {
    const again = '<think>Once more, from the top.</think>'
    expect(read(plan, `${again}Anna: ${rest}`)).toEqual({ text: rest, leftOut: again })
    expect(read(plan, `Anna: ${again}\n${rest}`).text.trim()).toBe(rest)
    expect(read(plan, `${again}Anna: Well. ${rest}`, [again.length, 3, 3]).text).toBe(`Well. ${rest}`)
  })

  test('may plan where no plan was kept', () => {
    expect(read(thought, plan + rest).text).toBe(plan + rest)
  })

  test('a plan that never ends leaves nothing, and loses nothing', () => {
    expect(read(plan, '<system_thinking>on and on')).toEqual({ text: '', leftOut: '<system_thinking>on and on' })
  })

  test('however it is cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(plan, thought, rest, 'Anna: ', '<', '\n', 'x', '<think>y</think>'), { maxLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 60 }),
        (parts, sizes) => {
          const reply = parts.join('')
          expect(read(plan, reply, sizes)).toEqual(read(plan, reply))
        },
      ),
    )
  })
})

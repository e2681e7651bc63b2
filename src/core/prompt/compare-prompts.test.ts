import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { comparePrompts } from './compare-prompts.ts'

type Message = Parameters<typeof comparePrompts>[0][number]

const user = (content: string): Message => ({ role: 'user', content })
const assistant = (content: string): Message => ({ role: 'assistant', content })
const system = { role: 'system', content: 'You are Anna.' } as const

describe('comparePrompts', () => {
  test('a story that only went on is new at its end, and nothing before it has to be read again', () => {
    const before = [system, user('Start'), assistant('One.'), user('Two?')]
    expect(comparePrompts(before, [...before, assistant('Two.'), user('Three?')])).toEqual({
      states: ['same', 'same', 'same', 'same', 'new', 'new'],
      gone: [],
      firstChange: undefined,
    })
    expect(comparePrompts(before, [...before.slice(0, 3), user('Two? Three?')]).firstChange).toBeUndefined()
  })

  test('a card that changed is told, and where the texts part', () => {
    const changes = comparePrompts([system, user('Start')], [{ ...system, content: 'You are Boris.' }, user('Start')])
    expect(changes).toEqual({ states: ['changed', 'same'], gone: [], firstChange: { message: 0, offset: 8 } })
  })

  test('turns that dropped out are gone', () => {
    const before = [system, user('Start, one'), assistant('Two'), user('Three'), assistant('Four'), user('Five')]
    const after = [system, user('Start, three'), assistant('Four'), user('Five'), assistant('Six'), user('Seven')]
    expect(comparePrompts(before, after)).toEqual({
      states: ['same', 'changed', 'same', 'same', 'new', 'new'],
      gone: [assistant('Two'), user('Three')],
      firstChange: { message: 1, offset: 7 },
    })
  })

  test('of any two prompts every message has one state, and counts add up', () => {
    const message = fc.record({ role: fc.constantFrom('user', 'assistant'), content: fc.constantFrom('a', 'b', 'c') })
    const prompt = fc.array(message as fc.Arbitrary<Message>, { maxLength: 9 })
    fc.assert(
      fc.property(prompt, prompt, (before, after) => {
        const { states, gone, firstChange } = comparePrompts(before, after)
        expect(states).toHaveLength(after.length)
        const kept = states.filter((state) => state !== 'new').length
        expect(kept + gone.length).toBe(before.length)
        const isLonger = JSON.stringify(after.slice(0, before.length)) === JSON.stringify(before)
        if (isLonger) expect(states.slice(0, before.length).every((state) => state === 'same')).toBe(true)
        if (isLonger) expect(firstChange).toBeUndefined()
      }),
    )
  })
})

import { describe, expect, test } from 'vitest'
import { parseReply } from './parse.ts'
import type { Layer, Segment } from './segment.ts'
import { writeReply } from './write.ts'

function segment(layer: Layer, text: string, closed = true): Segment {
  return { layer, text, closed }
}

describe('writeReply', () => {
  test('writes what HER was trained on: proper tags, no blanks between parts', () => {
    const written = writeReply([
      segment('system_thinking', 'plan'),
      segment('role_action', 'nods'),
      segment('role_thinking', 'hm'),
      segment('speech', 'Fine.'),
    ])
    expect(written).toBe(
      '<system_thinking>plan</system_thinking><role_action>nods</role_action><role_thinking>hm</role_thinking>Fine.',
    )
  })

  test('joins speech that a taken-out thought left side by side', () => {
    expect(writeReply([segment('speech', 'Fine.'), segment('speech', 'Go.')])).toBe('Fine. Go.')
  })

  test('keeps speech apart where joining it would make a tag', () => {
    const segments = [segment('speech', 'a <'), segment('speech', 'role_action>b')]
    expect(parseReply(writeReply(segments)).segments).toEqual(segments)
  })

  test('leaves only a last tag open', () => {
    expect(writeReply([segment('role_thinking', 'a', false), segment('role_action', 'b', false)])).toBe(
      '<role_thinking>a</role_thinking><role_action>b',
    )
    expect(writeReply([segment('speech', 'Hi', false)])).toBe('Hi')
    expect(writeReply([segment('system_thinking', '', false)])).toBe('<system_thinking>')
  })

  test('leaves empty segments out', () => {
    expect(writeReply([segment('role_action', ''), segment('speech', 'Hi'), segment('role_thinking', '')])).toBe('Hi')
    expect(writeReply([])).toBe('')
  })
})

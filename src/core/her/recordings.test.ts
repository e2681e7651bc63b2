import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createReasoningJoiner } from './join-reasoning.ts'
import { createReplyParser, parseReply } from './parse.ts'
import type { Reply } from './segment.ts'
import { writeReply } from './write.ts'

/** Streams recorded from llama-server. They are not part of the repository: `SUBTEXT_DATA` says where they are. */
const folder = resolve(process.env['SUBTEXT_DATA'] ?? '../shared/data', 'endpoints')
const isHere = existsSync(folder)
const why = isHere ? '' : ' (skipped: no recorded streams on this machine)'

interface Delta {
  readonly content?: string | null
  readonly reasoning_content?: string
}

function readDeltas(file: string): Delta[] {
  return readFileSync(resolve(folder, file), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('data: {'))
    .flatMap((line) => {
      const { choices } = JSON.parse(line.slice('data: '.length)) as { choices?: { delta: Delta }[] }
      return choices?.[0] ? [choices[0].delta] : []
    })
}

function replay(file: string): { text: string; seen: Reply[]; reply: Reply } {
  const join = createReasoningJoiner()
  const parser = createReplyParser()
  const seen: Reply[] = []
  let text = ''
  for (const delta of readDeltas(file)) {
    const added =
      join({ type: 'reasoning-delta', text: delta.reasoning_content ?? '' }) +
      join({ type: 'text-delta', text: delta.content ?? '' })
    text += added
    seen.push(parser.push(added))
  }
  return { text, seen, reply: parser.finish() }
}

describe.skipIf(!isHere)(`recorded streams${why}`, () => {
  test('a HER reply, token by token', () => {
    const { text, seen, reply } = replay('01-stream-her.txt')
    expect(reply.segments.map(({ layer }) => layer)).toEqual(['system_thinking', 'role_thinking', 'speech'])
    expect(reply.segments).toEqual(parseReply(text).segments)
    expect(parseReply(writeReply(reply.segments)).segments).toEqual(reply.segments)
    expect(reply.segments.map((segment) => segment.text).join('')).not.toMatch(/<\/?\w+_\w+>/)
    for (const { segments } of seen) for (const segment of segments) expect(segment.text).not.toMatch(/<\/?[a-z_]*$/)
  })

  test('planning in the reasoning field', () => {
    const { reply } = replay('03-stream-reasoning.txt')
    expect(reply.segments).toEqual([
      {
        layer: 'system_thinking',
        text: 'The door naïve naïve turns. The slowly naïve turns naïve.',
        closed: true,
      },
      {
        layer: 'speech',
        text: 'The bridge memory lantern whispers. The lantern naïve turns naïve.',
        closed: true,
      },
    ])
  })

  test.each(['22-vllm-qwen3-parser-on-her.txt', '23-sglang-qwen3-parser-on-her.txt'])(
    'what a reasoning parser made of HER: %s',
    (file) => {
      const lines = [...readFileSync(resolve(folder, file), 'utf8').matchAll(/reasoning='(.*?)' content='(.*?)'$/gm)]
      expect(lines.length).toBeGreaterThan(0)
      for (const [, reasoning = '', content = ''] of lines) {
        const join = createReasoningJoiner()
        const [first, second] = [reasoning, content].map((text) => text.replaceAll('\\n', '\n'))
        const planning = join({ type: 'reasoning-delta', text: first ?? '' })
        const { segments } = parseReply(planning + join({ type: 'text-delta', text: second ?? '' }))
        expect(segments[0]).toMatchObject({ layer: 'system_thinking', text: expect.stringMatching(/^pla/) })
        const isWhole = `${first}${second}`.includes('hm')
        expect(segments.some(({ layer, text }) => layer === 'role_thinking' && text === 'hm')).toBe(isWhole)
      }
    },
  )
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Turn } from '#core/conversation/turn.ts'
import type { ConversationId, TurnId } from '#core/ids.ts'
import { hear, hearBackwards } from '#core/scene/hearing.ts'
import { chooseHistory } from './choose-history.ts'
import { cast, ids } from './scene.test-kit.ts'
import { writeHeard } from './write-heard.ts'

const [anna] = ids as [(typeof ids)[number]]

/** The reader and Anna in turn, as many words in each as `lengths` says. */
function storyOf(lengths: readonly number[]): Turn[] {
  return lengths.map((length, place) => ({
    id: String(place).padStart(6, '0') as TurnId,
    conversationId: 'c' as ConversationId,
    parentId: null,
    speaker: place % 2 === 0 ? { kind: 'user' } : { kind: 'character', characterId: anna },
    dialect: 'her',
    raw: `${place} ${'word '.repeat(length)}`.trim(),
    createdAt: place,
    ending: 'complete',
  }))
}

/** The place of the first turn that a prompt has. */
function startOf(path: readonly Turn[], room: number): number {
  return path.length - chooseHistory(hearBackwards(path, anna, cast), anna, room).turns.length
}

/** How many of the newest turns fit, and no fewer: what the room is full of. */
function fullStartOf(path: readonly Turn[], room: number): number {
  const fits = (from: number) => {
    const part = hear(path, anna, cast).slice(from)
    return chooseHistory(part, anna, Number.POSITIVE_INFINITY).tokens <= room
  }
  let start = path.length - 1
  while (start > 0 && fits(start - 1)) start -= 1
  return start
}

test('what is chosen is the end of the story, fits, and leaves out at most an eighth of what would fit', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 0, max: 2500 }),
      (lengths, room) => {
        const path = storyOf(lengths)
        const { turns, tokens, dropped } = chooseHistory(hearBackwards(path, anna, cast), anna, room)
        const full = fullStartOf(path, room)
        const start = path.length - turns.length
        expect(turns.map(({ body }) => body)).toEqual(path.slice(start).map(({ raw }) => raw))
        if (turns.length > 1) expect(tokens).toBeLessThanOrEqual(room)
        expect(start).toBeGreaterThanOrEqual(full)
        expect((start - full) * 8).toBeLessThanOrEqual(path.length - full)
        expect(dropped.turns).toBe(start)
        expect(dropped.tokens > 0).toBe(start > 0)
        if (full === 0) expect(start).toBe(0)
      },
    ),
  )
})

test('while a chat grows its prompts begin with the same turn for a good while', () => {
  const lengths = Array.from({ length: 700 }, (_, place) => 10 + ((place * 37) % 41))
  const path = storyOf(lengths)
  const starts = Array.from({ length: 400 }, (_, more) => startOf(path.slice(0, 300 + more), 9000))
  const moves = starts.filter((start, index) => index > 0 && start !== starts[index - 1]).length
  // One for each of 400 turns, if the oldest went with each.
  expect(starts.at(-1)).toBeGreaterThan(350)
  expect(moves).toBeLessThan(40)
  expect(starts).toEqual(starts.toSorted((one, other) => one - other))
})

test('a turn that was written for its reader is not kept for anybody else', () => {
  const raw = '<system_thinking>A plan.</system_thinking>Words.'
  const [turn] = hear([{ ...(storyOf([1, 1])[1] as Turn), raw }], anna, cast)
  const kept = { planning: true, thoughts: true }
  const written = [anna, ids[2], anna].map((reader) => turn && writeHeard(turn, reader as typeof anna, kept).planning)
  expect(written).toEqual([expect.stringContaining('A plan.'), '', expect.stringContaining('A plan.')])
})

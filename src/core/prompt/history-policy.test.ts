import { expect, test } from 'vitest'
import { type CardView, emptyCard } from '#core/cards/card.ts'
import type { Speaker, Turn } from '#core/conversation/turn.ts'
import type { CharacterId, ConversationId, TurnId } from '#core/ids.ts'
import type { Cast } from '#core/scene/cast.ts'
import { hear } from '#core/scene/hearing.ts'
import { buildPrompt, type PromptInput } from './build-prompt.ts'

const anna = 'anna' as CharacterId
const card: CardView = {
  ...emptyCard,
  name: 'Anna',
  her: { book: 'The Pier' },
}
const cast: Cast = { characters: [{ id: anna, card }], user: { name: 'Tom', description: '' } }

function turn(speaker: Speaker, raw: string): Turn {
  return {
    id: raw as TurnId,
    conversationId: 'conversation' as ConversationId,
    parentId: null,
    speaker,
    dialect: speaker.kind === 'character' ? 'her' : 'player',
    raw,
    ending: 'complete',
    createdAt: 0,
  }
}

const byAnna: Speaker = { kind: 'character', characterId: anna }
const story = [
  turn({ kind: 'user' }, 'Well?'),
  turn(byAnna, '<system_thinking>Plan one.</system_thinking>Anna: <role_thinking>One</role_thinking>Yes.'),
  turn({ kind: 'user' }, 'And?'),
  turn(byAnna, '<system_thinking>Plan two.</system_thinking>Anna: <role_thinking>Two</role_thinking>No.'),
  turn(byAnna, '<system_thinking>Plan three.</system_thinking>Never.'),
  turn({ kind: 'user' }, 'Oh.'),
]

function own(more: Partial<PromptInput>): string[] {
  const { messages } = buildPrompt({ character: anna, cast, heard: hear(story, anna, cast), ...more })
  return messages.filter(({ role }) => role === 'assistant').map(({ content }) => content)
}

test('HER’s own: thoughts of all turns, planning of none', () => {
  expect(own({})).toEqual([
    'Anna: <role_thinking>One</role_thinking>Yes.',
    'Anna: <role_thinking>Two</role_thinking>No.\n\nNever.',
  ])
})

test('planning of the last turn, or of all, stands where training text has it', () => {
  expect(own({ history: { planning: 'last', thoughts: 'all' } })[1]).toBe(
    'Anna: <role_thinking>Two</role_thinking>No.\n\n<system_thinking>Plan three.</system_thinking>Never.',
  )
  expect(own({ history: { planning: 'all', thoughts: 'all' } })[0]).toBe(
    '<system_thinking>Plan one.</system_thinking>\nAnna: <role_thinking>One</role_thinking>Yes.',
  )
})

test('thoughts of the last so many turns, or of none', () => {
  expect(own({ history: { planning: 'off', thoughts: 2 } })).toEqual([
    'Anna: Yes.',
    'Anna: <role_thinking>Two</role_thinking>No.\n\nNever.',
  ])
  expect(own({ history: { planning: 'off', thoughts: 0 } }).join()).not.toContain('role_thinking')
})

test('a model that was never trained on HER is told everything, with an example', () => {
  const { messages } = buildPrompt({ character: anna, cast, heard: hear(story, anna, cast), form: 'plain' })
  const system = messages[0]?.content ?? ''
  expect(system).toMatch(/^You are Anna from The Pier\.\n\n===How to write your reply===\nThis is a role-play\./)
  expect(system).toContain('<system_thinking>Mara has been asked')
  expect(system.match(/<role_action>/g)).toHaveLength(3)
})

test('a note stands before the turn it is to stand before', () => {
  const at = (depth: number) =>
    buildPrompt({
      character: anna,
      cast,
      heard: hear(story, anna, cast),
      note: { text: 'Rain.', depth, lasts: 'standing' },
    })
      .messages.slice(1)
      .map(({ content }) => content)
  expect(at(0).at(-1)).toBe("Tom: Oh.\n\n[Director's note: Rain.]")
  expect(at(1).at(-1)).toBe("[Director's note: Rain.]\n\nTom: Oh.")
  // Between two turns of the character it is a message of its own, and parts them.
  expect(at(2).slice(-4)).toEqual([
    'Anna: <role_thinking>Two</role_thinking>No.',
    "[Director's note: Rain.]",
    'Anna: Never.',
    'Tom: Oh.',
  ])
  expect(at(3).slice(-3)[0]).toBe("Tom: And?\n\n[Director's note: Rain.]")
  expect(at(99)[0]).toBe("===Conversation Start===\n\n[Director's note: Rain.]\n\nTom: Well?")
})

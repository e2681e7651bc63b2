import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Turn } from '#core/conversation/turn.ts'
import type { CharacterId } from '#core/ids.ts'
import { hear, hearBackwards } from '#core/scene/hearing.ts'
import { buildPrompt, type Prompt } from './build-prompt.ts'
import { estimateTokens } from './estimate.ts'
import type { PromptForm } from './form.ts'
import { type HistoryPolicy, herHistory } from './history-policy.ts'
import { type Canary, cast, ids, isOwn, mayKnow, names, scene } from './scene.test-kit.ts'

/** Whatever the spelling, no prompt may hold a canary its character can't know, and every one it can, exactly once. */
function textOf(prompt: Prompt): string {
  return prompt.messages.map(({ content }) => content).join('\n')
}

/** What a history policy leaves of what a character may know; planning only where it asks for it, and only its own. */
function isKept(character: CharacterId, canary: Canary, turns: readonly Turn[], canaries: readonly Canary[]) {
  return ({ planning, thoughts }: HistoryPolicy): boolean => {
    if (!isOwn(character, canary)) return mayKnow(character, canary)
    const newer = turns.filter((turn, index) => index > canary.turn && isOwn(character, turn)).length
    const keepsThoughts = thoughts === 'all' || newer < thoughts
    // A turn of which nothing can be seen is not told at all.
    const isEmpty = !canaries.some(({ turn, kind }) => turn === canary.turn && kind !== 'plan' && kind !== 'thought')
    if (canary.kind === 'thought') return keepsThoughts
    if (canary.kind !== 'plan') return true
    return (planning === 'all' || (planning === 'last' && newer === 0)) && (keepsThoughts || !isEmpty)
  }
}

const policy = fc.oneof(
  fc.constant(herHistory),
  fc.record<HistoryPolicy>({
    planning: fc.constantFrom('off', 'last', 'all'),
    thoughts: fc.oneof(fc.constant('all' as const), fc.integer({ min: 0, max: 4 })),
  }),
)

function checkShape({ messages, endsWith }: Prompt): void {
  const roles = messages.map(({ role }) => role)
  expect(roles).toEqual(roles.map((_, index) => (index === 0 ? 'system' : index % 2 ? 'user' : 'assistant')))
  expect(roles.at(-1)).toBe(endsWith)
  for (const { content, pieces } of messages) {
    expect(pieces.map(({ text }) => text).join('')).toBe(content)
    expect(pieces.every(({ text }) => text !== '')).toBe(true)
  }
}

const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 300)

test('a prompt holds what its character may know once, and nothing else', { timeout: 120_000 }, () => {
  const form = fc.constantFrom<PromptForm>('training', 'demo', 'plain')
  fc.assert(
    fc.property(scene, form, policy, ({ turns, canaries }, form, history) => {
      for (const character of ids) {
        const prompt = buildPrompt({ character, cast, heard: hear(turns, character, cast), form, history })
        const text = textOf(prompt)
        const found = canaries.map(({ word, kind }) => ({ word, kind, times: text.split(word).length - 1 }))
        const expected = canaries.map((canary) => (isKept(character, canary, turns, canaries)(history) ? 1 : 0))
        expect(found).toEqual(found.map((each, index) => ({ ...each, times: expected[index] })))
        checkShape(prompt)
      }
    }),
    { numRuns },
  )
})

test('a note of the director is in each prompt once, in a message of the user, and breaks no alternation', () => {
  const note = fc.record({ depth: fc.integer({ min: 0, max: 14 }), lasts: fc.constantFrom('once', 'standing') })
  fc.assert(
    fc.property(scene, note, fc.constantFrom(...ids), ({ turns }, { depth, lasts }, character) => {
      const text = 'Let {{char}} doubt <|im_end|> it.'
      const heard = hear(turns, character, cast)
      const prompt = buildPrompt({ character, cast, heard, note: { text, depth, lasts } })
      checkShape(prompt)
      const name = names[ids.indexOf(character)]
      const written = `[Director's note: Let ${name} doubt ‹|im_end|> it.]`
      const holders = prompt.messages.filter(({ content }) => content.includes(written))
      expect(holders.map(({ role }) => role)).toEqual(['user'])
      expect(prompt.messages.flatMap(({ pieces }) => pieces).filter(({ source }) => source === 'note')).toHaveLength(1)
      expect(holders[0]?.content.split('\n\n')).toContain(written)
    }),
    { numRuns: Math.min(numRuns, 200) },
  )
})

test('so it does in a window too small for the scene, and stays within it', { timeout: 120_000 }, () => {
  const budgets = fc.record({
    contextTokens: fc.integer({ min: 0, max: 1200 }),
    replyTokens: fc.integer({ min: 0, max: 300 }),
    factor: fc.double({ min: 0.5, max: 3, noNaN: true }),
  })
  fc.assert(
    fc.property(scene, budgets, fc.constantFrom(...ids), ({ turns, canaries }, budget, character) => {
      const prompt = buildPrompt({ character, cast, heard: hearBackwards(turns, character, cast), budget })
      const text = textOf(prompt)
      const isSent = (canary: Canary) => mayKnow(character, canary) && canary.turn >= prompt.dropped.turns
      expect(canaries.filter(({ word }) => text.includes(word))).toEqual(canaries.filter(isSent))
      checkShape(prompt)
      const counted = prompt.messages.reduce((sum, { content }) => sum + estimateTokens(content) + 5, 3)
      expect(prompt.tokens).toBe(Math.ceil(counted * budget.factor))
      // Over its budget a prompt is only for the sake of the newest turn: nothing else is in it.
      if (prompt.overBudget > 0) expect(prompt.messages.length).toBeLessThanOrEqual(3)
      else expect(prompt.tokens).toBeLessThanOrEqual(budget.contextTokens - budget.replyTokens)
    }),
    { numRuns },
  )
})

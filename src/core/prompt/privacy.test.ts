import fc from 'fast-check'
import { expect, test } from 'vitest'
import { emptyCard } from '#core/cards/card.ts'
import type { Speaker, Turn } from '#core/conversation/turn.ts'
import type { Dialect } from '#core/her/segment.ts'
import type { CharacterId, ConversationId, TurnId } from '#core/ids.ts'
import type { Cast } from '#core/scene/cast.ts'
import { hear, hearBackwards } from '#core/scene/hearing.ts'
import { buildPrompt, type Prompt } from './build-prompt.ts'
import { estimateTokens } from './estimate.ts'
import type { PromptForm } from './form.ts'
import { type HistoryPolicy, herHistory } from './history-policy.ts'

/**
 * Random scenes with a canary, a word that occurs nowhere else, in everything that is planned, thought, done or said.
 * Whatever the spelling, no prompt may hold a canary its character can't know, and every one it can, exactly once.
 */

// Two share a name, and one is called like the user: who may know what is a matter of identity.
const ids = ['anna-1', 'anna-2', 'boris', 'clara'] as CharacterId[]
const names = ['Anna', 'Anna', 'Boris', 'Clara']
const cast: Cast = {
  characters: ids.map((id, index) => ({ id, card: { ...emptyCard, name: names[index] ?? '' } })),
  user: { name: 'Clara', description: '' },
}

type Kind = 'plan' | 'thought' | 'deed' | 'speech'

interface Part {
  readonly kind: Kind
  readonly opener: string
  readonly closer: string
}

interface Canary {
  readonly word: string
  readonly kind: Kind
  readonly turn: number
  readonly speaker: Speaker
}

const spellings = {
  plan: ['system_thinking', 'system_think', 'think', 'thinking', 'thought', 'System Thinking', ' SYSTEM-THINKING '],
  thought: ['role_thinking', 'role_think', 'long_role_thinking', 'Role Thinking', 'ROLE-THINK'],
  deed: ['role_action', 'role_act', 'Role Action', ' role-action '],
  speech: ['role_speech', 'speech'],
}

function tagged(kind: Kind): fc.Arbitrary<Part> {
  const spelling = fc.constantFrom(...spellings[kind])
  return fc.tuple(spelling, spelling).map(([one, other]) => ({ kind, opener: `<${one}>`, closer: `</${other}>` }))
}

function marked(kind: Kind, opener: string, closer: string): fc.Arbitrary<Part> {
  return fc.constant({ kind, opener, closer })
}

const plain = marked('speech', ' ', ' ')
const partsByDialect: Record<Dialect, readonly fc.Arbitrary<Part>[]> = {
  her: [tagged('thought'), tagged('deed'), tagged('speech'), plain],
  coser: [marked('thought', '[', ']'), marked('deed', '(', ')'), plain],
  markdown: [marked('deed', ' *', '* '), marked('speech', ' "', '" '), plain],
  player: [marked('thought', ' [', '] '), marked('deed', ' *', '* '), marked('deed', ' (', ') '), plain],
}

const turnRecipe = fc.constantFrom<Dialect>('her', 'her', 'her', 'coser', 'markdown', 'player').chain((dialect) =>
  fc.record({
    dialect: fc.constant(dialect),
    speaker: fc.constantFrom<Speaker>(
      ...ids.map((characterId) => ({ kind: 'character' as const, characterId })),
      { kind: 'user' },
      { kind: 'environment' },
    ),
    // A plan that mentions tags of the others has them as its own text.
    plan: fc.option(fc.tuple(tagged('plan'), fc.constantFrom('', '<role_thinking>', ' </role_action> ', 'Anna: '))),
    parts: fc.array(fc.oneof(...partsByDialect[dialect]), { minLength: 1, maxLength: 6 }),
    // Its opener was in the prompt (rule 5 of the format), or its closer was forgotten (rule 3).
    planForm: fc.constantFrom('closed', 'prefilled', 'forgotten'),
    prefix: fc.constantFrom('none', 'before', 'after', 'full-width'),
    gap: fc.constantFrom('', ' ', '\n', '\n\n'),
    isCut: fc.boolean(),
  }),
)

const scene = fc.array(turnRecipe, { minLength: 1, maxLength: 12 }).map((recipes) => {
  const canaries: Canary[] = []
  const turns = recipes.map((recipe, index): Turn => {
    const { speaker, dialect, parts, gap } = recipe
    const canary = (kind: Kind) => {
      const word = `canary${canaries.length}x`
      canaries.push({ word, kind, turn: index, speaker })
      return word
    }
    const own = speaker.kind === 'character' ? names[ids.indexOf(speaker.characterId)] : 'Clara'
    // Only HER's text may be planned and headed; in the others' dialects that would be another test.
    const isHer = dialect === 'her'
    const isRoleTag = (part: Part | undefined) => /^<[\W_]*(?:long_)?role[\W_]*(?:think|act)/i.test(part?.opener ?? '')
    const [planTag, mention] = (isHer && recipe.plan) || []
    const isForgotten = recipe.planForm === 'forgotten' && isRoleTag(parts[0]) && recipe.prefix !== 'after'
    const isPrefilled = recipe.planForm === 'prefilled' && recipe.prefix !== 'before'
    const plan = planTag
      ? `${isPrefilled ? '' : planTag.opener}A ${canary('plan')} ${isForgotten ? '' : mention}${canary('plan')} plan.${isForgotten ? '' : planTag.closer}`
      : ''
    const head = isHer && recipe.prefix !== 'none' ? `${own}${recipe.prefix === 'full-width' ? '：' : ':'} ` : ''
    const body = parts.map(({ kind, opener, closer }, at) => {
      // A tag the tokens ran out in, or that the next one ends; in brackets that would be the dialect's own question.
      const isLast = at === parts.length - 1
      const isOpen = recipe.isCut && isHer && opener.startsWith('<') && (isLast || isRoleTag(parts[at + 1]))
      return `${opener}so ${canary(kind)} it is${isOpen ? '' : closer}`
    })
    const front = recipe.prefix === 'before' ? [head, plan] : [plan, head]
    return {
      id: `turn-${index}` as TurnId,
      conversationId: 'conversation' as ConversationId,
      parentId: null,
      speaker,
      dialect,
      raw: [...front, ...body].join(gap),
      ending: 'complete',
      createdAt: 0,
    }
  })
  return { turns, canaries }
})

function textOf(prompt: Prompt): string {
  return prompt.messages.map(({ content }) => content).join('\n')
}

function isOwn(character: CharacterId, { speaker }: Pick<Canary, 'speaker'>): boolean {
  return speaker.kind === 'character' && speaker.characterId === character
}

function mayKnow(character: CharacterId, canary: Canary): boolean {
  if (canary.kind === 'plan') return false
  return canary.kind !== 'thought' || isOwn(character, canary)
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

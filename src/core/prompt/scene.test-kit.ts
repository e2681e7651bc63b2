import fc from 'fast-check'
import { emptyCard } from '#core/cards/card.ts'
import type { Speaker, Turn } from '#core/conversation/turn.ts'
import type { Dialect } from '#core/her/segment.ts'
import type { CharacterId, ConversationId, TurnId } from '#core/ids.ts'
import type { Cast } from '#core/scene/cast.ts'

// Two share a name, and one is called like the user: who may know what is a matter of identity.
export const ids = ['anna-1', 'anna-2', 'boris', 'clara'] as CharacterId[]
export const names = ['Anna', 'Anna', 'Boris', 'Clara']
export const cast: Cast = {
  characters: ids.map((id, index) => ({ id, card: { ...emptyCard, name: names[index] ?? '' } })),
  user: { name: 'Clara', description: '' },
}

type Kind = 'plan' | 'thought' | 'deed' | 'speech'

interface Part {
  readonly kind: Kind
  readonly opener: string
  readonly closer: string
}

export interface Canary {
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

/** Random scenes with a canary, a word that occurs nowhere else, in everything that is planned, thought, done or said. */
export const scene = fc.array(turnRecipe, { minLength: 1, maxLength: 12 }).map((recipes) => {
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

export function isOwn(character: CharacterId, { speaker }: Pick<Canary, 'speaker'>): boolean {
  return speaker.kind === 'character' && speaker.characterId === character
}

export function mayKnow(character: CharacterId, canary: Canary): boolean {
  if (canary.kind === 'plan') return false
  return canary.kind !== 'thought' || isOwn(character, canary)
}

import fc from 'fast-check'
import { type CardView, emptyCard } from '#core/cards/card.ts'
import type { Conversation } from '#core/conversation/conversation.ts'
import type { Speaker, Turn } from '#core/conversation/turn.ts'
import type { Layer, Segment } from '#core/her/segment.ts'
import { writeReply } from '#core/her/write.ts'
import type { CharacterId, ConversationId, PersonaId, TurnId } from '#core/ids.ts'
import type { Cast } from '#core/scene/cast.ts'
import type { Story } from './story.ts'

export const layers: readonly Layer[] = ['system_thinking', 'role_thinking', 'role_action', 'speech']
export const conversationId = 'conversation' as ConversationId
export const anna = 'anna' as CharacterId
export const boris = 'boris' as CharacterId

function card(name: string): CardView {
  return {
    ...emptyCard,
    name,
  }
}

export const cast: Cast = {
  characters: [
    { id: anna, card: card('Anna') },
    { id: boris, card: card('Boris') },
  ],
  user: { name: 'Clara', description: '' },
}

export function part(layer: Layer, text: string): Segment {
  return { layer, text, closed: true }
}

export function turn(id: string, parentId: string | null, fields: Partial<Turn> = {}): Turn {
  return {
    id: id as TurnId,
    conversationId,
    parentId: parentId as TurnId | null,
    speaker: { kind: 'character', characterId: anna },
    dialect: 'her',
    raw: id,
    ending: 'complete',
    createdAt: 1_700_000_000_000,
    ...fields,
  }
}

export function story(turns: readonly Turn[], headId?: string, fields: Partial<Conversation> = {}): Story {
  const conversation: Conversation = {
    id: conversationId,
    characterId: anna,
    title: 'The letter',
    headId: (headId as TurnId | undefined) ?? turns.at(-1)?.id ?? null,
    createdAt: 1_700_000_000_000,
    updatedAt: 1_700_000_000_001,
    ...fields,
  }
  return { conversation, turns, cast }
}

const speakers: readonly Speaker[] = [
  { kind: 'character', characterId: anna },
  { kind: 'character', characterId: boris },
  { kind: 'user' },
  { kind: 'user', personaId: 'persona' as PersonaId },
  { kind: 'environment' },
]

/** What a turn may hold; no tag and no name, which the format has no way to write as text. */
const words = fc
  .array(fc.constantFrom('lamp', 'you', 'a\nb', '<b>', '&', '"so"', '猫', '😀', '*x*', '1.', '#', '\\', '_'), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => parts.join(' '))

/** Text of `layer` that can be told from all others. */
export function canary(layer: Layer): string {
  return `canary${layer.replace('_', '')}`
}

const reply = fc
  .array(fc.record({ layer: fc.constantFrom(...layers), text: words }), { minLength: 1, maxLength: 6 })
  .map((parts) => writeReply(parts.map(({ layer, text }) => part(layer, `${canary(layer)} ${text}`))))

const playerText = words.map(
  (text) => `*${canary('role_action')}* ${canary('speech')} ${text.replaceAll('*', '')} [${canary('role_thinking')}]`,
)

const markdownText = words.map(
  (text) => `*${canary('role_action')}* "${canary('speech')} {{user}} ${text.replaceAll(/[*"]/g, '')}"`,
)

const writing = fc.oneof(
  reply.map((raw) => ({ raw, dialect: 'her' as const })),
  playerText.map((raw) => ({ raw, dialect: 'player' as const })),
  markdownText.map((raw) => ({ raw, dialect: 'markdown' as const, template: true })),
)

/** Stories with takes, several beginnings, deleted branches and all kinds of speakers. Layers hold their canary. */
export const stories: fc.Arbitrary<Story> = fc
  .tuple(
    fc.array(
      fc.record({
        parent: fc.nat(),
        isRoot: fc.nat(6),
        isDeleted: fc.nat(9),
        speaker: fc.constantFrom(...speakers),
        writing,
        ending: fc.constantFrom('complete', 'length', 'stopped'),
        model: fc.option(fc.constant('a-model'), { nil: undefined }),
      }),
      { minLength: 1, maxLength: 14 },
    ),
    fc.nat(),
  )
  .map(([shapes, head]) => {
    const turns = shapes.map(({ parent, isRoot, isDeleted, speaker, writing, ending, model }, index) =>
      turn(`t${index + 100}`, index === 0 || isRoot === 0 ? null : `t${(parent % index) + 100}`, {
        speaker,
        ...writing,
        ending,
        createdAt: 1_700_000_000_000 + index * 1000,
        ...(model && { making: { model, totalMs: index } }),
        ...(isDeleted === 0 && { deletedAt: 1 }),
        ...(index % 5 === 4 && { editedFrom: `t${(parent % index) + 100}` as TurnId }),
      }),
    )
    return story(turns, turns[head % turns.length]?.id)
  })

export const layerChoices = fc.subarray([...layers]).map((chosen) => new Set(chosen))

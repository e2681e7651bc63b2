import { emptyCard } from '#core/cards/card.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { CharacterId, ConversationId, TurnId } from '#core/ids.ts'
import type { Cast } from '#core/scene/cast.ts'

export const annaId = 'anna' as CharacterId

/** Anna, and a reader called Clara. */
export const duo: Cast = {
  characters: [{ id: annaId, card: { ...emptyCard, name: 'Anna', description: 'A clerk.' } }],
  user: { name: 'Clara', description: '' },
}

/** A turn: Anna's, unless it says otherwise. */
export function takeOf(id: string, parentId: string | null, raw: string, more: Partial<Turn> = {}): Turn {
  return {
    id: id as TurnId,
    conversationId: 'chat' as ConversationId,
    parentId: parentId as TurnId | null,
    speaker: { kind: 'character', characterId: annaId },
    dialect: 'her',
    raw,
    ending: 'complete',
    createdAt: 1,
    ...more,
  }
}

export const asked = takeOf('1', null, 'Who are you?', { speaker: { kind: 'user' }, dialect: 'player' })

/** A judge's answer: what it says is better, and who wins by each principle. */
export function answerOf(better: string, winners: readonly string[]): string {
  const principles = winners.map((_, index) => [
    `Principle ${index + 1}`,
    {
      principle_name: `P${index}`,
      dimension_name: 'Overall Quality',
      principle_level: 'session',
      main_content: `what ${index}`,
      reason_for_choosing: `why ${index}`,
    },
  ])
  return JSON.stringify({
    result: [
      {
        cand_1: 'The first.',
        cand_2: 'The second.',
        principle: Object.fromEntries(principles),
        analysis: {
          principle_comparisons: winners.map((winner, index) => ({
            principle_name: `P${index}`,
            principle_level: 'session',
            cand_1_performance: `one ${index}`,
            cand_2_performance: `two ${index}`,
            comparison_reason: `as ${index}`,
            winner,
          })),
          overall_analysis: 'Overall.',
          principle_summary: 'Summary.',
        },
        better_response: better,
      },
    ],
  })
}

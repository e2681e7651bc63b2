import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createCard } from '#core/cards/create-card.ts'
import { viewCard } from '#core/cards/view-card.ts'
import type { Speaker, Turn } from '#core/conversation/turn.ts'
import type { Dialect } from '#core/her/segment.ts'
import type { CharacterId, ConversationId, TurnId } from '#core/ids.ts'
import { buildPrompt } from '#core/prompt/build-prompt.ts'
import type { Cast } from './cast.ts'
import { hear } from './hearing.ts'
import { playerId, swapRoles } from './swap-roles.ts'

const anna = 'anna' as CharacterId
const cast: Cast = {
  characters: [
    {
      id: anna,
      card: viewCard(
        createCard({
          name: 'Anna',
          description: 'CANARY-CARD',
          scenario: 'CANARY-SCENE',
          exampleDialogue: 'CANARY-TALK',
        }),
      ),
    },
  ],
  user: { name: 'Clara', description: 'A clerk.' },
}

const speakers: readonly (Speaker & { dialect: Dialect })[] = [
  { kind: 'character', characterId: anna, dialect: 'her' },
  { kind: 'user', dialect: 'player' },
  { kind: 'environment', dialect: 'markdown' },
]

const secret = {
  her: '<system_thinking>CANARY-PLAN</system_thinking><role_thinking>CANARY-THOUGHT</role_thinking>',
  player: '[CANARY-MINE] ',
  markdown: '',
  coser: '',
}

test('who is written for knows what was said and done, and no thought, plan or card', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...speakers), { minLength: 1, maxLength: 12 }), (story) => {
      const path = story.map(
        ({ dialect, ...speaker }, index): Turn => ({
          id: `${index}` as TurnId,
          conversationId: 'chat' as ConversationId,
          parentId: index > 0 ? (`${index - 1}` as TurnId) : null,
          speaker,
          dialect,
          raw: `${secret[dialect]}Word${index}.`,
          ending: 'complete',
          createdAt: index,
        }),
      )
      const swapped = swapRoles(path, cast, anna)
      const { messages } = buildPrompt({
        character: playerId,
        cast: swapped.cast,
        heard: hear(swapped.path, playerId, swapped.cast),
      })
      const prompt = messages.map(({ content }) => content).join('\n')
      expect(prompt).not.toContain('CANARY')
      expect(prompt).toContain('You are Clara.')
      expect(prompt).toContain('A clerk.')
      for (const [index, { kind }] of story.entries()) {
        expect(prompt.split(`Word${index}.`)).toHaveLength(2)
        if (kind === 'character') expect(prompt).toContain(`Anna: Word${index}.`)
      }
    }),
  )
})

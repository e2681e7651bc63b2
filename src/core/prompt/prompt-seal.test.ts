import { describe, expect, test } from 'vitest'
import { emptyCard } from '#core/cards/card.ts'
import type { Speaker, Turn } from '#core/conversation/turn.ts'
import type { CharacterId, ConversationId, TurnId } from '#core/ids.ts'
import type { Cast } from '#core/scene/cast.ts'
import { createMessage, type Source } from './prompt-message.ts'
import { isWhole, sealPrompt } from './prompt-seal.ts'
import type { Knower } from './seal-secrets.ts'

const anna = 'anna' as CharacterId
const boris = 'boris' as CharacterId
const cast: Cast = {
  characters: [
    { id: anna, card: { ...emptyCard, name: 'Anna' } },
    { id: boris, card: { ...emptyCard, name: 'Boris' } },
  ],
  user: { name: 'Clara', description: '' },
}

function turn(speaker: Speaker, raw: string, more: Partial<Turn> = {}): Turn {
  return {
    id: raw as TurnId,
    conversationId: 'conversation' as ConversationId,
    parentId: null,
    speaker,
    dialect: speaker.kind === 'user' ? 'player' : 'her',
    raw,
    ending: 'complete',
    createdAt: 0,
    ...more,
  }
}

const by = (characterId: CharacterId): Speaker => ({ kind: 'character', characterId })
const forAnna: Knower = { kind: 'character', id: anna }

function sealed(path: readonly Turn[], text: string, source: Source = 'story', knower = forAnna, begun?: string) {
  const payload = { messages: [createMessage('user', [{ source, text }])] }
  const { foreignThoughts, unheardLines } = sealPrompt({ payload, path, knower, cast, begun })
  return [foreignThoughts, unheardLines]
}

const thinking = turn(by(boris), '<role_thinking>He is lying to us.</role_thinking>Good evening.')

describe('a seal', () => {
  test('finds a thought as it was written, in other letters and over several lines', () => {
    expect(sealed([thinking], 'Boris: Good evening.')).toEqual([0, 0])
    expect(sealed([thinking], 'Boris: “He is lying\nTO US.” Good evening.')).toEqual([1, 0])
    expect(sealed([thinking], 'He is lying to us.', 'story', { kind: 'character', id: boris })).toEqual([0, 0])
  })

  test('is not broken by what was also said aloud', () => {
    const aloud = turn({ kind: 'user' }, 'Well, he is lying to us. Is he not?')
    expect(sealed([thinking, aloud], 'Clara: Well, he is lying to us. Is he not?')).toEqual([0, 0])
    const elsewhere = { ...aloud, present: [boris] }
    expect(sealed([thinking, elsewhere], 'Clara: Well, he is lying to us. Is he not?')).toEqual([1, 1])
  })

  test('tells a short thought from what anybody says by its tag', () => {
    const short = turn(by(boris), '<role_thinking>Mud.</role_thinking>Hm.')
    const aloud = turn(by(anna), 'Mud.')
    expect(sealed([short, aloud], 'Anna: Mud.')).toEqual([0, 0])
    expect(sealed([short, aloud], 'Boris: <role_thinking>Mud.</role_thinking>Hm.')).toEqual([1, 0])
    const own = turn(by(anna), '<role_thinking>Mud.</role_thinking>Oh.')
    expect(sealed([short, own], 'Anna: <role_thinking>Mud.</role_thinking>Oh.')).toEqual([0, 0])
  })

  test('finds what was whispered past its knower, and what was done where it was not', () => {
    const path = [
      turn(by(boris), 'The key is under the stone.', { whisperTo: [boris] }),
      turn(by(boris), '<role_action>hides the letter</role_action>', { present: [boris] }),
    ]
    const text = 'Boris: The key is under the stone. <role_action>hides the letter</role_action>'
    expect(sealed(path, text)).toEqual([0, 2])
    expect(sealed(path, text, 'story', { kind: 'common', ids: [anna, boris] })).toEqual([0, 2])
    expect(sealed(path, text, 'story', { kind: 'common', ids: [boris] })).toEqual([0, 0])
    expect(sealed(path, text, 'story', { kind: 'player' })).toEqual([0, 0])
  })

  test('believes a summary its short sentences, which anybody may write, and no long one', () => {
    expect(sealed([thinking], 'She felt he is lying to us.', 'memory')).toEqual([0, 0])
    const long = 'The captain has sold the ship twice, and both of the buyers are aboard.'
    const plotting = turn(by(boris), `<role_thinking>${long}</role_thinking>`)
    expect(sealed([plotting], `It rained. ${long}`, 'memory')).toEqual([1, 0])
  })

  test('leaves people what they wrote for the prompt themselves', () => {
    for (const source of ['card', 'persona', 'lore', 'note', 'form'] as const) {
      expect(sealed([thinking], 'He is lying to us.', source)).toEqual([0, 0])
    }
    expect(sealed([thinking], 'He is lying to us.', 'story', forAnna, 'I see. He is lying to us.')).toEqual([0, 0])
  })

  test('does not believe a message whose origins are not all of it', () => {
    const message = { content: 'He is lying to us.', pieces: [{ source: 'card', text: 'He is' }] } as const
    const payload = { messages: [message], prefill: 'He is lying to us.' }
    const seal = sealPrompt({ payload, path: [thinking], knower: forAnna, cast })
    expect(seal.leaks).toMatchObject([{ kind: 'thought', source: 'unlabelled', turnId: thinking.id }])
    expect(isWhole(seal)).toBe(false)
    expect(
      sealPrompt({ payload: { ...payload, messages: [] }, path: [thinking], knower: forAnna, cast }).leaks,
    ).toEqual([expect.objectContaining({ source: 'prefill' })])
  })

  test('reads scripts that write no blanks', () => {
    const path = [turn(by(boris), '<role_thinking>他在对我们撒谎。我不信他。</role_thinking>晚上好。')]
    expect(sealed(path, 'Boris: 晚上好。他在对我们撒谎。')).toEqual([1, 0])
  })
})

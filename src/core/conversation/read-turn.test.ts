import { describe, expect, test } from 'vitest'
import { type CardView, emptyCard } from '#core/cards/card.ts'
import type { CharacterId, ConversationId, TurnId } from '#core/ids.ts'
import type { Cast } from '#core/scene/cast.ts'
import { readTurn } from './read-turn.ts'
import type { Turn } from './turn.ts'

const anna = 'anna' as CharacterId

const annaCard: CardView = {
  ...emptyCard,
  name: 'Anna of the Pier',
  nickname: 'Anna',
}

function castWith(userName: string): Cast {
  return { characters: [{ id: anna, card: annaCard }], user: { name: userName, description: '' } }
}

function turn(fields: Partial<Turn>): Turn {
  return {
    id: 'turn' as TurnId,
    conversationId: 'conversation' as ConversationId,
    parentId: null,
    speaker: { kind: 'character', characterId: anna },
    dialect: 'her',
    raw: '',
    ending: 'complete',
    createdAt: 0,
    ...fields,
  }
}

function layers(fields: Partial<Turn>): string[] {
  return readTurn(turn(fields), castWith('Clara')).segments.map(({ layer, text }) => `${layer}: ${text}`)
}

describe('readTurn', () => {
  test('drops the speaker’s own name, be it name or nickname', () => {
    expect(layers({ raw: 'Anna: Fine.' })).toEqual(['speech: Fine.'])
    expect(layers({ raw: 'Anna of the Pier: Fine.' })).toEqual(['speech: Fine.'])
    expect(layers({ raw: 'Clara: Fine.', speaker: { kind: 'user' }, dialect: 'player' })).toEqual(['speech: Fine.'])
  })

  test('reads in the dialect the turn was written in', () => {
    expect(layers({ raw: '*nods* "Fine."', dialect: 'markdown' })).toEqual(['role_action: nods', 'speech: Fine.'])
    expect(layers({ raw: '*nods* Fine.' })).toEqual(['speech: *nods* Fine.'])
    expect(layers({ raw: '(nods) Fine. [He lies.]', dialect: 'player', speaker: { kind: 'user' } })).toEqual([
      'role_action: nods',
      'speech: Fine.',
      'role_thinking: He lies.',
    ])
  })

  test('a greeting may stand for other texts, as they are now', () => {
    const greeting = turn({ raw: '{{persona}} {{scenario}}', template: true, dialect: 'markdown' })
    const textOf = (scenario: string, description: string) =>
      readTurn(greeting, {
        characters: [{ id: anna, card: { ...annaCard, scenario } }],
        user: { name: 'Clara', description },
      }).segments.map(({ text }) => text)
    expect(textOf('{{char}} waits.', 'A clerk.')).toEqual(['A clerk. Anna waits.'])
    expect(textOf('{{char}} leaves.', 'A spy.')).toEqual(['A spy. Anna leaves.'])
  })

  test('ends a reply where its model goes on as someone else, and leaves greetings and the user their quotes', () => {
    const raw = 'Fine.\nClara: Is it?'
    expect(layers({ raw })).toEqual(['speech: Fine.'])
    expect(layers({ raw, dialect: 'markdown' }).join()).toContain('Is it?')
    expect(layers({ raw, template: true }).join()).toContain('Is it?')
  })

  test('cuts a leaked special token off a reply, and nothing off what a person typed', () => {
    const raw = 'Fine.<|im_end|> Is it?'
    expect(layers({ raw })).toEqual(['speech: Fine.'])
    expect(layers({ raw, speaker: { kind: 'user' }, dialect: 'player' })).toEqual([`speech: ${raw}`])
  })

  test('expands macros in templates only', () => {
    expect(layers({ raw: 'Hello, {{user}}, I am {{char}}.', template: true })).toEqual([
      'speech: Hello, Clara, I am Anna.',
    ])
    expect(layers({ raw: 'Hello, {{user}}.' })).toEqual(['speech: Hello, {{user}}.'])
    expect(layers({ raw: '{{char}} waits.', template: true, speaker: { kind: 'environment' } })).toEqual([
      'speech: Anna waits.',
    ])
  })

  test('reads a turn once, and anew when someone is called otherwise', () => {
    const greeting = turn({ raw: 'Hello, {{user}}.', template: true })
    const reply = readTurn(greeting, castWith('Clara'))
    expect(readTurn(greeting, castWith('Clara'))).toBe(reply)
    expect(readTurn(greeting, castWith('Dora')).segments[0]?.text).toBe('Hello, Dora.')
    expect(readTurn(greeting, castWith('Clara')).segments[0]?.text).toBe('Hello, Clara.')
  })
})

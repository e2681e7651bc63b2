import { describe, expect, test } from 'vitest'
import { type CardView, emptyCard } from '#core/cards/card.ts'
import type { Speaker, Turn } from '#core/conversation/turn.ts'
import type { CharacterId, ConversationId, TurnId } from '#core/ids.ts'
import type { Cast } from './cast.ts'
import { type HeardTurn, hear, hearBackwards, wasHeardBy } from './hearing.ts'

const anna = 'anna' as CharacterId
const namesake = 'namesake' as CharacterId

const annaCard: CardView = {
  ...emptyCard,
  name: 'Anna',
}

const cast: Cast = {
  characters: [
    { id: anna, card: annaCard },
    { id: namesake, card: annaCard },
  ],
  user: { name: 'Clara', description: '' },
}

function turn(speaker: Speaker, raw: string, dialect: Turn['dialect'] = 'her'): Turn {
  return {
    id: raw as TurnId,
    conversationId: 'conversation' as ConversationId,
    parentId: null,
    speaker,
    dialect,
    raw,
    ending: 'complete',
    createdAt: 0,
  }
}

const byAnna = turn(
  { kind: 'character', characterId: anna },
  '<system_thinking>plan</system_thinking>Anna: One.<role_thinking>secret</role_thinking>Two.<role_action>nods</role_action>',
)

function heardBy(reader: CharacterId, written: Turn): string[] {
  return hear([written], reader, cast).flatMap(({ segments }) => segments.map(({ layer, text }) => `${layer}: ${text}`))
}

describe('hear', () => {
  test('a character knows its own thoughts, and no planning', () => {
    expect(heardBy(anna, byAnna)).toEqual([
      'speech: One.',
      'role_thinking: secret',
      'speech: Two.',
      'role_action: nods',
    ])
  })

  test('nobody else does, not even of the same name', () => {
    expect(heardBy(namesake, byAnna)).toEqual(['speech: One.', 'speech: Two.', 'role_action: nods'])
    expect(hear([byAnna], namesake, cast)[0]).toMatchObject({ name: 'Anna', isOwn: false })
  })

  test('the user’s thoughts are the user’s', () => {
    const byUser = turn({ kind: 'user' }, '*waves* Hello. [I hope it works]', 'player')
    expect(heardBy(anna, byUser)).toEqual(['role_action: waves', 'speech: Hello.'])
    const unclosed = turn({ kind: 'user' }, 'Hello. [I hope it works', 'player')
    expect(heardBy(anna, unclosed)).toEqual(['speech: Hello.'])
  })

  test('a turn with nothing to hear is there, and empty', () => {
    const silent = turn({ kind: 'character', characterId: anna }, '<role_thinking>secret</role_thinking>')
    expect(hear([silent, byAnna], namesake, cast).map(({ segments }) => segments.length)).toEqual([0, 3])
  })

  test('what was left open is closed, and what is open and empty is not there', () => {
    const cut = turn({ kind: 'character', characterId: anna }, '<role_action>nods</role_action><role_thinking>He li')
    expect(hear([cut], anna, cast)[0]?.segments).toEqual([
      { layer: 'role_action', text: 'nods', closed: true },
      { layer: 'role_thinking', text: 'He li', closed: true },
    ])
    const opened = turn({ kind: 'character', characterId: anna }, 'Well.<role_action>')
    expect(heardBy(anna, opened)).toEqual(['speech: Well.'])
  })

  test('backwards hears the same, one turn at a time', () => {
    const turns = [byAnna, turn({ kind: 'user' }, 'Well?', 'player')]
    const lazy = hearBackwards(turns, anna, cast)
    expect(lazy.length).toBe(2)
    expect([lazy.at(0), lazy.at(1), lazy.at(2)]).toEqual([...hear(turns, anna, cast), undefined])
    const unread = new Proxy(byAnna, {
      get: () => {
        throw new Error('read')
      },
    })
    expect(hearBackwards([unread, ...turns], anna, cast).at(-1)?.segments).toHaveLength(1)
  })
})

describe('a heard turn', () => {
  test('knows for whom it was made', () => {
    const [heard] = hear([byAnna], anna, cast)
    expect(heard && wasHeardBy(heard, anna)).toBe(true)
    expect(heard && wasHeardBy(heard, namesake)).toBe(false)
  })

  test('is not forged, by type or at run time', () => {
    const [heard] = hear([byAnna], namesake, cast)
    if (!heard) throw new Error('nothing was heard')
    // @ts-expect-error a literal is no heard turn
    const literal: HeardTurn = { speaker: byAnna.speaker, name: 'Anna', segments: [], isOwn: true }
    // @ts-expect-error nor is a copy with other segments
    const copy: HeardTurn = { ...heard, segments: [] }
    expect(wasHeardBy(literal, namesake)).toBe(false)
    expect(wasHeardBy(copy, namesake)).toBe(false)
  })
})

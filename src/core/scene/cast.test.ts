import { describe, expect, test } from 'vitest'
import { type CardView, emptyCard } from '#core/cards/card.ts'
import type { CharacterId } from '#core/ids.ts'
import { type Cast, nameOf, namesOf, otherNames, spokenName } from './cast.ts'

function card(name: string, nickname?: string): CardView {
  return { ...emptyCard, name, ...(nickname !== undefined && { nickname }) }
}

const anna = 'anna' as CharacterId
const boris = 'boris' as CharacterId
const namesake = 'anna-the-other' as CharacterId

const cast: Cast = {
  characters: [
    { id: anna, card: card('Anna (v2, by someone)', 'Anna') },
    { id: boris, card: card('Boris') },
    { id: namesake, card: card('Anna') },
  ],
  user: { name: 'Clara', description: '' },
}

describe('names', () => {
  test('a nickname is what a character is called, on one line', () => {
    expect(spokenName(card('Anna (v2)', ' Anna\nBell '))).toBe('Anna Bell')
    expect(spokenName(card('Anna', '  '))).toBe('Anna')
    expect(namesOf(card('Anna (v2)', 'Anna'))).toEqual(['Anna', 'Anna (v2)'])
    expect(namesOf(card('Anna', 'Anna'))).toEqual(['Anna'])
  })

  test('a speaker is named by who it is', () => {
    expect(nameOf({ kind: 'user' }, cast)).toBe('Clara')
    expect(nameOf({ kind: 'environment' }, cast)).toBe('Environment')
    expect(nameOf({ kind: 'character', characterId: anna }, cast)).toBe('Anna')
    expect(nameOf({ kind: 'character', characterId: boris }, cast)).toBe('Boris')
    expect(nameOf({ kind: 'character', characterId: 'gone' as CharacterId }, cast)).toBe('Someone')
  })

  test('a turn is ended by the names of the others, and by none of its own', () => {
    expect(otherNames(boris, cast)).toEqual(['Clara', 'Anna', 'Anna (v2, by someone)', 'Environment'])
    expect(otherNames(namesake, cast)).toEqual(['Clara', 'Anna (v2, by someone)', 'Boris', 'Environment'])
    expect(otherNames(anna, cast)).toEqual(['Clara', 'Boris', 'Environment'])
    expect(otherNames(boris, { ...cast, user: { name: 'BORIS', description: '' } })).not.toContain('BORIS')
  })
})

import { expect, test } from 'vitest'
import type { CharacterId } from '#core/ids.ts'
import { findPlayers, type Player } from './find-players.ts'
import { cast } from './story.test-kit.ts'

function player(id: string, name: string, nickname?: string): Player {
  const [anna] = cast.characters
  if (!anna) throw new Error('No card')
  return { id: id as CharacterId, card: { ...anna.card, name, ...(nickname && { nickname }) } }
}

const file = (...names: readonly string[]) => ({
  characters: names.map((name, index) => ({ key: `key-${index}`, name })),
})

test('who is called the same plays, by name or nickname', () => {
  const library = [player('a', 'Anna Karenina', 'Anna'), player('b', 'Boris')]
  expect([...findPlayers(file('anna  karenina', 'BORIS', 'Nobody'), library)]).toEqual([
    ['key-0', 'a'],
    ['key-1', 'b'],
  ])
  expect([...findPlayers(file('Anna'), library).values()]).toEqual(['a'])
})

test('of two namesakes nobody is guessed, but the one the file knows by id is taken', () => {
  const library = [player('a', 'Anna'), player('b', 'Anna')]
  expect(findPlayers(file('Anna'), library).size).toBe(0)
  expect(findPlayers({ characters: [{ key: 'b', name: 'Anna' }] }, library).get('b')).toBe('b')
})

test('an id alone is no match: another may have it elsewhere', () => {
  expect(findPlayers({ characters: [{ key: 'a', name: 'Vera' }] }, [player('a', 'Anna')]).size).toBe(0)
})

test('a file without a name matches nobody', () => {
  expect(findPlayers(file(''), [player('a', 'Anna')]).size).toBe(0)
})

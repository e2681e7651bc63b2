import { expect, test } from 'vitest'
import type { CharacterId } from '#core/ids.ts'
import { type CatalogueEntry, catalogueEntry, distinctTags } from './catalogue.ts'
import type { Character } from './character.ts'
import { type CardFilter, countFolders, countTags, filterCards, namedLike, sortCards } from './choose-cards.ts'
import { createCard } from './create-card.ts'

const everything: CardFilter = { favourites: false, folder: undefined, tags: [], found: undefined }

function entry(name: string, part: Partial<Character> & { cardTags?: string[]; description?: string } = {}) {
  const { cardTags = [], description = '', ...row } = part
  return catalogueEntry({
    id: name as CharacterId,
    document: createCard({ name, description, tags: cardTags }),
    hue: 1,
    origin: 'imported',
    createdAt: 1,
    updatedAt: 1,
    ...row,
  })
}

const names = (entries: readonly CatalogueEntry[]) => entries.map(({ name }) => name)

const anna = entry('Anna', { cardTags: ['Fantasy', 'elf'], createdAt: 30, isFavourite: true })
const bea = entry('béa 2', { cardTags: ['fantasy'], tags: ['mine', 'FANTASY'], createdAt: 20, folder: 'Work' })
const cleo = entry('béa 10', { createdAt: 40, description: 'long '.repeat(99) })
const bundled = entry('Elizabeth', { origin: 'bundled', createdAt: 99 })
const all = [anna, bea, cleo, bundled]

test('an entry has the tags of the card and of the reader once each, and nothing of the card’s text', () => {
  expect(bea.tags).toEqual(['fantasy', 'mine'])
  expect(distinctTags([' a', 'A ', '', 'b'])).toEqual(['a', 'b'])
  expect(JSON.stringify(cleo)).not.toContain('long long')
})

test('filters are met all at once', () => {
  expect(names(filterCards(all, everything))).toEqual(names(all))
  expect(names(filterCards(all, { ...everything, favourites: true }))).toEqual(['Anna'])
  expect(names(filterCards(all, { ...everything, tags: ['fantasy'] }))).toEqual(['Anna', 'béa 2'])
  expect(names(filterCards(all, { ...everything, tags: ['fantasy', 'mine'] }))).toEqual(['béa 2'])
  expect(names(filterCards(all, { ...everything, folder: 'Work' }))).toEqual(['béa 2'])
  expect(names(filterCards(all, { ...everything, folder: '' }))).toEqual(['Anna', 'béa 10', 'Elizabeth'])
  expect(filterCards(all, { ...everything, found: new Set() })).toEqual([])
})

test('sorts as a reader would, and puts those that came with the app behind what was imported', () => {
  expect(names(sortCards(all, 'name', new Map()))).toEqual(['Anna', 'béa 2', 'béa 10', 'Elizabeth'])
  expect(names(sortCards(all, 'newest', new Map()))).toEqual(['béa 10', 'Anna', 'béa 2', 'Elizabeth'])
  expect(names(sortCards(all, 'used', new Map([[bundled.id, 50]])))).toEqual(['Elizabeth', 'béa 10', 'Anna', 'béa 2'])
  expect(names(sortCards(all, 'size', new Map()))[0]).toBe('béa 10')
})

test('tags are counted in whatever case, folders by name', () => {
  expect(countTags(all).map(({ key, count }) => [key, count])).toEqual([
    ['fantasy', 2],
    ['elf', 1],
    ['mine', 1],
  ])
  expect(countFolders(all)).toEqual([{ key: 'Work', name: 'Work', count: 1 }])
})

test('names are found without their diacritics', () => {
  expect([...namedLike(all, 'bea 1')]).toEqual(['béa 10'])
})

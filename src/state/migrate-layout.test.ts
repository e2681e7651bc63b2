import { expect, test } from 'vitest'
import { migrateLayout } from './migrate-layout.ts'

// One fixture for each version that ever landed, as that version's page left it.
test('a layout of version 1 keeps all it had, and its layers for every character', () => {
  const kept = {
    layers: 'thoughts',
    theme: 'dark',
    openByHand: { t1: { 0: true } },
    draftsByConversation: { c1: 'A half-written' },
    hasOpenedThought: true,
  }
  expect(migrateLayout(kept, 1)).toEqual({
    defaultLayers: 'thoughts',
    layersByCharacter: {},
    openedChats: {},
    theme: 'dark',
    openByHand: { t1: { 0: true } },
    draftsByConversation: { c1: 'A half-written' },
    hasOpenedThought: true,
  })
})

test('a layout of this version, or of a newer page, is left alone', () => {
  const kept = { defaultLayers: 'words', layersByCharacter: { anna: 'planning' }, more: 1 }
  expect(migrateLayout(kept, 2)).toBe(kept)
  expect(migrateLayout(kept, 3)).toBe(kept)
})

test('what is no layout does not stop the page', () => {
  expect(migrateLayout(null, 1)).toBeNull()
  expect(migrateLayout('x', 1)).toBe('x')
  expect(migrateLayout({}, 1)).toMatchObject({ defaultLayers: 'words' })
})

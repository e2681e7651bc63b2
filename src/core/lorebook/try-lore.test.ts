import { expect, test } from 'vitest'
import type { Character } from '#core/cards/character.ts'
import { createCard } from '#core/cards/create-card.ts'
import { ana, bookOf, reasons, texts } from './lorebook.test-kit.ts'
import { tryLore } from './try-lore.ts'

const book = bookOf(
  [
    { keys: ['pier'], content: 'Burned.' },
    { keys: ['pier'], content: 'Secret.', extensions: { her: { knownTo: ['Ana'] } } },
    { keys: ['storm'], content: 'Wet.' },
  ],
  { scan_depth: 2 },
)

const reader: Character = {
  id: ana,
  document: createCard({ name: 'Ana' }),
  hue: 0,
  origin: 'authored',
  createdAt: 0,
  updatedAt: 0,
}

test('paragraphs are messages, and the author is told why of every entry', () => {
  const lore = tryLore(book, 'A storm.\n\nThe pier\nburned.\n \nWhat now?')
  expect(texts(lore)).toEqual(['Burned.'])
  expect(reasons(lore)).toEqual([
    'Fired: "pier" was found in the message before last.',
    'Did not fire: only Ana may know it.',
    'Did not fire: none of its keys is in the newest 2 messages.',
  ])
})

test('a character that is chosen knows what it may know', () => {
  expect(texts(tryLore(book, 'The pier?', reader))).toEqual(['Burned.', 'Secret.'])
  expect(texts(tryLore(book, '', reader))).toEqual([])
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createMemoryStorage } from '#adapters/memory-storage.ts'
import type { Character } from '#core/cards/character.ts'
import { createCard } from '#core/cards/create-card.ts'
import type { CharacterId } from '#core/ids.ts'
import { createCardSearch } from './search-cards.ts'

const words = ['ferry', 'ferryman', 'ash', 'Ash-grey', 'ä', '"', ',', '渡し', ' ', 'man']
const text = fc.array(fc.constantFrom(...words), { maxLength: 8 }).map((parts) => parts.join(' '))

function character(id: string, description: string): Character {
  return {
    id: id as CharacterId,
    document: createCard({ name: id, description }),
    hue: 0,
    origin: 'imported',
    createdAt: 0,
    updatedAt: 0,
  }
}

async function setup(descriptions: readonly string[]) {
  const storage = createMemoryStorage()
  const put = (row: Character) => storage.write([{ type: 'put', table: 'characters', row }])
  for (const [index, description] of descriptions.entries()) await put(character(`c${index}`, description))
  const { search } = createCardSearch(storage, async () => {})
  while (!(await search('')).isComplete) await new Promise((resolve) => setTimeout(resolve))
  return { put, find: async (typed: string) => [...(await search(typed)).ids].sort() }
}

test('what is typed key by key is found as if it were typed at once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(text, { maxLength: 5 }), text, async (descriptions, typed) => {
      const byKey = await setup(descriptions)
      const atOnce = await setup(descriptions)
      for (let length = 0; length <= typed.length; length++) {
        const found = await byKey.find(typed.slice(0, length))
        await atOnce.find('')
        expect(found).toEqual(await atOnce.find(typed.slice(0, length)))
      }
    }),
  )
})

test('a card that is written between two keys is found', async () => {
  const { put, find } = await setup(['ferry'])
  expect(await find('fer')).toEqual(['c0'])
  await put(character('c1', 'The ferryman.'))
  expect(await find('ferr')).toEqual(['c0', 'c1'])
  await put(character('c0', 'Nothing.'))
  expect(await find('ferry')).toEqual(['c1'])
})

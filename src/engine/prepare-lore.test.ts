import { expect, test } from 'vitest'
import type { JsonObject } from '#core/cards/card.ts'
import { createCard } from '#core/cards/create-card.ts'
import { editField } from '#core/cards/edit-card.ts'
import { annaId, end, setupChat, text } from './chat.test-kit.ts'

/** A chat with a character whose card, as it was imported, holds this book. */
async function setupBook(book: JsonObject, replies: number) {
  const reply = () => [text('Plan.</system_thinking>Aye.'), end()]
  const set = await setupChat(Array.from({ length: replies }, reply))
  const character = await set.storage.get('characters', annaId)
  if (!character) throw new Error('no character')
  const document = editField(createCard({ name: 'Anna', greetings: ['Yes?'] }), 'character_book', book)
  await set.storage.write([{ type: 'put', table: 'characters', row: { ...character, document } }])
  const id = await set.chat.begin(annaId, { kind: 'greetings', greetings: ['Yes?'], chosen: 0 })
  const said = async (words: string) => {
    await set.chat.send(id, words)
    await set.quiet(id)
    return (
      set.requests
        .at(-1)
        ?.messages.map(({ content }) => content)
        .join('\n') ?? ''
    )
  }
  return { ...set, id, said }
}

test('a book in the card is in the prompt when the chat calls for it', async () => {
  const { said } = await setupBook(
    {
      entries: [
        { keys: ['pier'], content: 'The pier burned, {{user}}.', extensions: {} },
        { keys: ['fire'], content: 'Nobody knows who.', extensions: { position: 4, depth: 0 } },
        { keys: ['pier'], content: 'not hers', extensions: { her: { knownTo: 'Boris' } } },
        { content: '@@is_greeting 0\nBegan with yes.', constant: true },
        { content: '@@is_greeting 1\nBegan otherwise.', constant: true },
      ],
    },
    2,
  )
  const first = await said('Where is the pier?')
  expect(first).toContain('===Background===\nThe pier burned, Stranger.\n\nBegan with yes.')
  expect(first).not.toMatch(/Nobody knows|not hers|otherwise/)
  const second = await said('[A pier?] A fire?')
  expect(second).toMatch(/===Background===\nNobody knows who\.$/)
  expect(second).not.toContain('The pier burned')
})

test('what stays, stays, on this branch of the chat', async () => {
  const { said, chat, id, shown, quiet, requests } = await setupBook(
    { scan_depth: 1, entries: [{ keys: ['pier'], content: 'Burned.', extensions: { sticky: 3 } }] },
    6,
  )
  expect(await said('The pier')).toContain('Burned.')
  expect(await said('And then?')).toContain('Burned.')
  expect(await said('And now?')).not.toContain('Burned.')
  const turns = await shown(id)
  const firstWords = turns.find(({ raw }) => raw === 'The pier')
  if (!firstWords) throw new Error('no turn')
  const edited = await chat.edit(id, firstWords.id, 'The town', 'player')
  await chat.again(id, edited)
  await quiet(id)
  expect(JSON.stringify(requests.at(-1))).not.toContain('Burned.')
  expect(await said('And then?')).not.toContain('Burned.')
})

test('chance in lore falls the same when a reply is made again', async () => {
  const entries = Array.from({ length: 12 }, (_, index) => ({
    content: `Entry ${index}.`,
    constant: true,
    extensions: { probability: 50 },
  }))
  const { said, chat, id, shown, quiet, requests } = await setupBook({ entries }, 2)
  const first = await said('Hello')
  const reply = (await shown(id)).at(-1)
  if (!reply) throw new Error('no reply')
  await chat.again(id, reply.id)
  await quiet(id)
  expect(requests).toHaveLength(2)
  expect(requests[1]?.messages.map(({ content }) => content).join('\n')).toBe(first)
  expect(first.match(/Entry/g)?.length).toBeLessThan(12)
})

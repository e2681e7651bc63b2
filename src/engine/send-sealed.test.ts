import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { CharacterId, TurnId } from '#core/ids.ts'
import { annaId, end, setupChat, text } from './chat.test-kit.ts'

const secret = 'The lamp in the tower was put out by my own hand, and nobody saw me.'

test('a request that holds what is not its character’s to know stays here, and the turn says so', async () => {
  const { chat, storage, requests, quiet, shown } = await setupChat([[text('Good evening.'), end()]])
  const id = await chat.begin(annaId, { kind: 'greetings', greetings: ['Good evening.'], chosen: 0 })
  await chat.send(id, `Hm. [${secret}]`)
  await quiet(id)
  expect((await shown(id)).at(-1)).toMatchObject({ ending: 'complete', making: { sealedFrom: 1 } })
  requests.length = 0
  // It can't come there but by a fault of ours, or by hand.
  const [first] = await shown(id)
  const version = {
    id: 'version',
    characterId: annaId as CharacterId,
    throughId: first?.id as TurnId,
    turns: 1,
    text: `They met. ${secret}`,
    writtenBy: 'model',
    createdAt: 1,
  } as const
  await storage.write([{ type: 'put', table: 'memories', row: { conversationId: id, versions: [version] } }])
  await chat.send(id, 'Well?')
  await quiet(id)
  expect(requests).toEqual([])
  const held = (await shown(id)).at(-1)
  expect(held).toMatchObject({ ending: 'failed', failure: { kind: 'unsealed', thoughts: 1, lines: 0 } })
  expect(held?.making).not.toHaveProperty('sealedFrom')
})

test('no request about a story leaves by another way', () => {
  const folder = fileURLToPath(new URL('.', import.meta.url))
  const senders = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.includes('.test'))
    // A file's stream is given nothing.
    .filter((name) => /\.stream\([^)]/.test(readFileSync(folder + name, 'utf8')))
  // Of jobs, whose prompts are sealed where they are made; about a card; and a take that was asked for already, handed on
  // to who sends it sealed.
  expect(senders.sort()).toEqual(['calls/create-calls.ts', 'card-help.ts', 'send-sealed.ts', 'takes-ahead.ts'])
})

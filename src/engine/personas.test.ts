import fc from 'fast-check'
import { expect, test } from 'vitest'
import { defaultPersonaId, nobodyId } from '#core/conversation/persona.ts'
import type { PersonaId } from '#core/ids.ts'
import { createBin } from './bin.ts'
import { annaId, end, setupChat, text } from './chat.test-kit.ts'
import { createPersonas } from './personas.ts'
import { createShelves } from './shelve-cards.ts'

async function setup(replies = 2) {
  const kit = await setupChat(Array.from({ length: replies }, () => [text('x</system_thinking>Yes.'), end()]))
  const lookAtPicture = async () => ({ hue: 1 })
  const personas = createPersonas({ ...kit, lookAtPicture })
  const shelves = createShelves(kit.storage, lookAtPicture, kit.now)
  const begin = async () => kit.chat.begin(annaId, { kind: 'greetings', greetings: ['Hello, {{user}}.'], chosen: 0 })
  const playedIn = async (id: Awaited<ReturnType<typeof begin>>) =>
    (await kit.storage.get('conversations', id))?.personaId
  const say = async (id: Awaited<ReturnType<typeof begin>>, words: string) => {
    await kit.chat.send(id, words)
    await kit.quiet(id)
  }
  const create = (name: string) => personas.create({ name, description: `${name} is tall.`, notes: '' })
  return { ...kit, personas, shelves, begin, playedIn, say, create, bin: createBin(kit.storage) }
}

test('the first persona is that of chats that name none; others are chosen for new chats or for a character', async () => {
  const { personas, shelves, begin, playedIn, create } = await setup()
  const stranger = await begin()
  expect(await create('Clara')).toBe(defaultPersonaId)
  const bea = await create('Bea')
  expect([await playedIn(stranger), await playedIn(await begin())]).toEqual([undefined, undefined])
  await personas.choose(bea)
  expect(await playedIn(await begin())).toBe(bea)
  await shelves.bindPersona(annaId, defaultPersonaId)
  expect(await playedIn(await begin())).toBeUndefined()
  await shelves.bindPersona(annaId, undefined)
  expect(await playedIn(await begin())).toBe(bea)
})

test('a deleted persona begins no chat, stays in those it is played in, and comes back with Undo', async () => {
  const { personas, begin, playedIn, create, bin, storage } = await setup()
  await create('Clara')
  const bea = await create('Bea')
  await personas.choose(bea)
  const chat = await begin()
  const undo = await personas.remove(bea)
  expect([await playedIn(chat), await playedIn(await begin())]).toEqual([bea, undefined])
  expect(await bin.list()).toMatchObject([{ kind: 'persona', keptFor: { reason: 'chats', chats: 1 } }])
  await bin.empty()
  expect(await storage.get('personas', bea)).toBeDefined()
  await undo()
  expect(await playedIn(await begin())).toBe(bea)
  await personas.remove(bea)
  await personas.remove(defaultPersonaId)
  expect(await playedIn(await begin())).toBe(nobodyId)
})

test('a duplicate has everything but the name', async () => {
  const { personas, storage, create } = await setup()
  const id = await create('Clara')
  await personas.save(id, { name: 'Clara', description: 'Tall.', notes: 'Mine.', portrait: new Blob(['face']) })
  const copy = await storage.get('personas', await personas.duplicate(id))
  expect(copy).toMatchObject({ name: 'Clara (copy)', description: 'Tall.', notes: 'Mine.' })
  expect(await (await storage.get('files', copy?.portraitId ?? ''))?.blob.text()).toBe('face')
  await personas.save(id, { name: 'Clara', description: '', notes: '', portrait: null })
  expect(await storage.keys('files')).toEqual([copy?.portraitId])
})

test('what was said before another persona is played stays whose it was, on its way to the model too', async () => {
  const { personas, begin, say, create, requests } = await setup()
  await create('Clara')
  const bea = await create('Bea')
  const chat = await begin()
  await say(chat, 'I am the first.')
  await personas.play(chat, bea)
  await say(chat, 'I am the second.')
  const prompt = JSON.stringify(requests.at(-1)?.messages)
  expect(prompt).toContain('Clara: I am the first.')
  expect(prompt).toContain('Bea: I am the second.')
  expect(prompt).toContain('Bea is tall.')
  expect(prompt).not.toContain('Clara is tall.')
  await personas.play(chat, defaultPersonaId)
  await say(chat, 'I am back.')
  const later = JSON.stringify(requests.at(-1)?.messages)
  for (const line of ['Clara: I am the first.', 'Bea: I am the second.', 'Clara: I am back.']) {
    expect(later).toContain(line)
  }
})

test('no prompt holds a word of a persona’s notes, whoever is played when', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('clara', 'bea', 'nobody', 'say'), { minLength: 1, maxLength: 8 }),
      async (steps) => {
        const { personas, begin, say, requests, chat } = await setup(steps.length + 1)
        const make = (name: string) =>
          personas.create({ name, description: 'Seen.', notes: `canary-${name} <system_thinking>{{user}}` })
        const ids: Record<string, PersonaId> = { clara: await make('Clara'), bea: await make('Bea'), nobody: nobodyId }
        const id = await begin()
        for (const step of [...steps, 'say']) {
          const persona = ids[step]
          if (persona) await personas.play(id, persona)
          else await say(id, 'Well?')
        }
        expect(requests.length).toBeGreaterThan(0)
        expect(JSON.stringify(requests)).not.toContain('canary')
        expect(JSON.stringify((await chat.previews.next(id, 'Draft')).prepared.request)).not.toContain('canary')
      },
    ),
    { numRuns: 25 },
  )
})

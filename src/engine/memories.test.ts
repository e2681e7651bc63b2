import { describe, expect, test } from 'vitest'
import { ModelFailure } from '#ports/model.ts'
import { annaId, end, type Script, setupChat, text } from './chat.test-kit.ts'

const plan = text('She listens.</system_thinking>')
const never = new Promise<never>(() => {})
const kind = 'vllm' as const

/** What a turn of the reader's is: long enough that a dozen fill the window of these tests. */
const long = (index: number) =>
  `Line ${index}. ${'He goes on about the harbour and the rain. '.repeat(8)}[UNSAID${index}]`

const reply = (index: number): Script => [
  text(`PLAN${index}.</system_thinking>`),
  text(`<role_thinking>OWN${index}</role_thinking>Answer ${index}. ${'She tells of the old lighthouse. '.repeat(8)}`),
  end(),
]

const narrow = {
  kind,
  capabilities: {
    prefill: 'trailing',
    echo: false,
    thinkingSwitch: false,
    contextTokens: 1900,
    speaksHer: true,
    completions: false,
  },
  sampling: { temperature: 0.7, topP: 0.9, maxTokens: 300 },
} as const

/** A chat of so many exchanges, in which nothing goes on between replies. */
async function setupStory(exchanges: number, ...scripts: Script[]) {
  const replies = Array.from({ length: exchanges }, (_, index) => reply(index))
  const set = await setupChat([...replies, ...scripts], { connection: narrow })
  const id = await set.chat.begin(annaId, { kind: 'greetings', greetings: ['*looks up* Yes?'], chosen: 0 })
  for (let index = 0; index < exchanges; index += 1) {
    await set.chat.send(id, long(index))
    await set.quiet(id)
  }
  set.requests.length = 0
  const signal = new AbortController().signal
  const versions = async () => (await set.storage.get('memories', id))?.versions ?? []
  const next = async () => (await set.chat.previews.next(id, 'And?')).prepared
  return { ...set, id, signal, versions, next }
}

const summary = (words: string): Script => [text(`<system_thinking>A plan.</system_thinking>${words}`), end()]

describe('a memory', () => {
  test('is made when turns would drop, of what Anna heard, and stands in the next prompt in their place', async () => {
    const { memories, id, signal, requests, versions, next, background } = await setupStory(
      8,
      summary('They met. It rained.'),
    )
    expect((await next()).droppedTurns).toBeGreaterThan(0)
    await memories.keepRoom(id, signal)
    const asked = JSON.stringify(requests)
    expect(requests).toHaveLength(1)
    expect(asked).toContain('Line 0.')
    expect(asked).toContain('OWN0')
    for (const secret of ['UNSAID', 'PLAN']) expect(asked).not.toContain(secret)
    const [version] = await versions()
    expect(version).toMatchObject({ characterId: annaId, text: 'They met. It rained.', writtenBy: 'model' })
    const prepared = await next()
    expect(prepared).toMatchObject({ droppedTurns: 0, rememberedTurns: version?.turns })
    const sent = JSON.stringify(prepared.request)
    expect(sent).toContain('They met. It rained.')
    expect(sent).not.toContain('Line 0.')
    expect(sent).not.toContain('A plan.')
    // A quarter of the room is free again: nothing more is due.
    await memories.keepRoom(id, signal)
    expect(requests).toHaveLength(1)
    expect(background.getState().summaries.size).toBe(0)
  })

  test('goes on from the one before, and says so', async () => {
    const { chat, memories, id, signal, requests, versions, quiet } = await setupStory(
      8,
      summary('First.'),
      ...[8, 9, 10, 11].map(reply),
      summary('Second.'),
    )
    await memories.keepRoom(id, signal)
    for (let index = 8; index < 12; index += 1) {
      await chat.send(id, long(index))
      await quiet(id)
    }
    await memories.keepRoom(id, signal)
    const [first, second, ...more] = await versions()
    expect(more).toEqual([])
    expect(second).toMatchObject({ text: 'Second.', previousId: first?.id })
    expect(second?.turns).toBeGreaterThan(first?.turns ?? 0)
    const asked = JSON.stringify(requests.at(-1))
    expect(asked).toContain('First.')
    expect(asked).not.toContain('Line 0.')
    expect((await chat.previews.next(id, '')).prepared.rememberedTurns).toBe(second?.turns)
  })

  test('is of the branches its turns are in, and no edit of theirs leaves it standing', async () => {
    const { chat, memories, id, signal, next, shown } = await setupStory(8, summary('They met.'))
    await memories.keepRoom(id, signal)
    const [, , second] = await shown(id)
    if (!second) throw new Error('There is no second turn')
    await chat.edit(id, second.id, 'No, never.', 'her')
    expect((await next()).rememberedTurns).toBe(0)
    expect(JSON.stringify((await next()).request)).not.toContain('They met.')
    await chat.select(id, second.id)
    expect((await next()).rememberedTurns).toBeGreaterThan(0)
  })

  test('that fails blocks nothing, and is told quietly', async () => {
    const { chat, memories, id, signal, versions, background, quiet, shown } = await setupStory(
      8,
      [new ModelFailure({ kind: 'empty' })],
      [text('<think>Only a plan'), end()],
      reply(8),
    )
    for (let tries = 0; tries < 2; tries += 1) {
      await memories.keepRoom(id, signal)
      expect(background.getState().summaries.get(id)).toEqual({ phase: 'failed', error: { kind: 'empty' } })
    }
    expect(await versions()).toEqual([])
    await chat.send(id, 'And?')
    await quiet(id)
    expect((await shown(id)).at(-1)).toMatchObject({ ending: 'complete' })
  })

  test('is not made by itself where the chat or the demo says no', async () => {
    const { memories, id, signal, requests, storage } = await setupStory(8)
    await memories.setAutomatic(id, false)
    await memories.keepRoom(id, signal)
    expect(requests).toEqual([])
    await memories.setAutomatic(id, true)
    expect(await storage.get('conversations', id)).not.toHaveProperty('remembers')
    const [connection] = await storage.list('connections')
    if (!connection) throw new Error('There is no connection')
    await storage.write([{ type: 'put', table: 'connections', row: { ...connection, kind: 'demo' } }])
    await memories.keepRoom(id, signal)
    expect(requests).toEqual([])
  })

  test('is asked for by hand, written by the reader, restored, written anew, forgotten and brought back', async () => {
    const { memories, id, versions, next } = await setupStory(7, summary('By hand.'), summary('Anew.'))
    const sent = async () => JSON.stringify((await next()).request)
    expect(await memories.summarise(id)).toEqual({ kind: 'done' })
    expect(await memories.summarise(id)).toEqual({ kind: 'early' })
    await memories.write(id, 'The reader’s own.')
    expect(await sent()).toContain('The reader’s own.')
    const [first] = await versions()
    await memories.restore(id, first?.id ?? '')
    expect(await sent()).toContain('By hand.')
    expect(await memories.writeAnew(id)).toEqual({ kind: 'done' })
    expect(await sent()).toContain('Anew.')
    expect((await versions()).map(({ text: words, writtenBy }) => [words, writtenBy])).toEqual([
      ['By hand.', 'model'],
      ['The reader’s own.', 'reader'],
      ['By hand.', 'model'],
      ['Anew.', 'model'],
    ])
    const undo = await memories.forget(id)
    expect((await next()).rememberedTurns).toBe(0)
    await undo()
    expect(await sent()).toContain('Anew.')
  })
})

describe('between replies', () => {
  test('a summary begins by itself, and whatever the reader asks stops it', async () => {
    const replies = Array.from({ length: 9 }, (_, index) => reply(index))
    const set = await setupChat([...replies, [text('They'), never], [plan, text('Yes.'), end()]], {
      connection: narrow,
      isBusyBetween: true,
    })
    const id = await set.chat.begin(annaId, { kind: 'blank' })
    const work = () => set.background.getState().summaries.get(id)
    await set.memories.setAutomatic(id, false)
    for (let index = 0; index < 9; index += 1) {
      await set.chat.send(id, long(index))
      await set.quiet(id)
      if (index === 7) await set.memories.setAutomatic(id, true)
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(work()).toEqual({ phase: 'writing' })
    await set.memories.setAutomatic(id, false)
    await set.chat.send(id, 'And?')
    await set.quiet(id)
    expect(work()).toBeUndefined()
    expect(await set.storage.get('memories', id)).toBeUndefined()
    expect((await set.shown(id)).at(-1)).toMatchObject({ ending: 'complete' })
  })
})

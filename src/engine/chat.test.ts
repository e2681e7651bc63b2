import { describe, expect, test } from 'vitest'
import { createMemoryStorage } from '#adapters/memory-storage.ts'
import type { Layer, Segment } from '#core/her/segment.ts'
import type { TurnId } from '#core/ids.ts'
import { ModelFailure } from '#ports/model.ts'
import { StorageFailure } from '#ports/storage.ts'
import { annaId, end, setupChat, text } from './chat.test-kit.ts'
import { WrittenElsewhere } from './written-elsewhere.ts'

const plan = text('She listens.</system_thinking>')
const never = new Promise<never>(() => {})

async function setupTalk(...scripts: Parameters<typeof setupChat>[0]) {
  const set = await setupChat(scripts)
  const id = await set.chat.begin(annaId, { kind: 'greetings', greetings: ['*looks up* Yes?', 'Go away.'], chosen: 0 })
  return { ...set, id }
}

describe('a message', () => {
  test('is on disk, and so is the place of its reply, before the request leaves', async () => {
    const order: string[] = []
    const storage = createMemoryStorage()
    storage.onChange((changes) => order.push(...changes.map((change) => change.table)))
    const set = await setupChat([[plan, text('Good.'), end()]], { storage })
    const id = await set.chat.begin(annaId, { kind: 'blank' })
    order.length = 0
    await set.chat.send(id, 'Hello')
    expect(order).toEqual(['turns', 'turns', 'conversations'])
    expect((await set.shown(id)).map((turn) => turn.ending)).toEqual(['complete', 'draft'])
    await set.quiet(id)
  })

  test('is answered with planning opened for the model', async () => {
    const { chat, id, quiet, shown, requests } = await setupTalk([plan, text('Good day.'), end()])
    await chat.send(id, '*nods* Hello [he lies]')
    await quiet(id)
    expect(requests[0]?.prefill).toBe('<system_thinking>')
    expect(requests[0]?.messages.at(-1)).toMatchObject({
      role: 'user',
      content: expect.stringContaining('Stranger: <role_action>nods</role_action>Hello'),
    })
    expect(JSON.stringify(requests)).not.toContain('he lies')
    expect((await shown(id)).at(-1)).toMatchObject({
      raw: '<system_thinking>She listens.</system_thinking>Good day.',
      ending: 'complete',
    })
  })

  test('that can not be saved is not sent', async () => {
    const { chat, id, storage, requests, words } = await setupTalk()
    const before = await words(id)
    storage.write = async () => {
      throw new StorageFailure('full', 'no room')
    }
    await expect(chat.send(id, 'Hello')).rejects.toThrow(StorageFailure)
    expect(requests).toEqual([])
    expect(await words(id)).toEqual(before)
  })
})

describe('another tab', () => {
  test('that writes what a message would follow is waited for', async () => {
    const { chat, id, held, requests, shown, storage } = await setupTalk()
    const [greeting] = await shown(id)
    if (!greeting) throw new Error('There is no greeting')
    const draft = { ...greeting, id: 'theirs' as TurnId, parentId: greeting.id, raw: 'Half', ending: 'draft' } as const
    const conversation = await storage.get('conversations', id)
    if (!conversation) throw new Error('There is no chat')
    await storage.write([
      { type: 'put', table: 'turns', row: draft },
      { type: 'put', table: 'conversations', row: { ...conversation, headId: draft.id } },
    ])
    held.add(draft.id)
    const before = await shown(id)
    await expect(chat.send(id, 'Hello')).rejects.toThrow(WrittenElsewhere)
    expect([requests.length, await shown(id)]).toEqual([0, before])
  })

  test('that bookmarks a reply while it comes has it bookmarked when it has ended', async () => {
    const { chat, id, save, shown, storage, quiet } = await setupTalk([plan, text('Half'), never])
    await chat.send(id, 'Hello')
    await expect.poll(() => chat.runs.getState().byConversation.get(id)?.phase).toBe('streaming')
    const draft = (await shown(id)).at(-1)
    if (!draft) throw new Error('There is no draft')
    await storage.write([{ type: 'put', table: 'turns', row: { ...draft, bookmarked: true, name: 'Here' } }])
    save()
    chat.stop(id)
    await quiet(id)
    expect(await storage.get('turns', [id, draft.id])).toMatchObject({
      bookmarked: true,
      name: 'Here',
      ending: 'stopped',
    })
  })

  test('that deletes a reply while it comes has it deleted, and ended', async () => {
    const { chat, id, save, shown, storage, quiet } = await setupTalk([plan, text('Half'), never])
    await chat.send(id, 'Hello')
    await expect.poll(() => chat.runs.getState().byConversation.get(id)?.phase).toBe('streaming')
    const draft = (await shown(id)).at(-1)
    if (!draft) throw new Error('There is no draft')
    await storage.write([{ type: 'put', table: 'turns', row: { ...draft, deletedAt: 5 } }])
    save()
    await quiet(id)
    expect(await storage.get('turns', [id, draft.id])).toMatchObject({
      deletedAt: 5,
      ending: 'stopped',
      raw: expect.stringContaining('Half'),
    })
  })
})

describe('a reply', () => {
  test('is saved while it comes', async () => {
    const { chat, id, save, shown, quiet } = await setupTalk([plan, text('Half a'), never])
    await chat.send(id, 'Hello')
    await new Promise((resolve) => setTimeout(resolve, 5))
    save()
    await new Promise((resolve) => setTimeout(resolve, 1))
    expect((await shown(id)).at(-1)).toMatchObject({ raw: expect.stringContaining('Half a'), ending: 'draft' })
    chat.stop(id)
    await quiet(id)
    expect((await shown(id)).at(-1)).toMatchObject({ raw: expect.stringContaining('Half a'), ending: 'stopped' })
  })

  test('that breaks keeps what arrived, and Retry keeps it as a take', async () => {
    const cut = new ModelFailure({ kind: 'cut' })
    const { chat, id, quiet, shown, storage } = await setupTalk(
      [plan, text('Half'), cut],
      [plan, text('Whole.'), end()],
    )
    await chat.send(id, 'Hello')
    await quiet(id)
    const broken = (await shown(id)).at(-1)
    expect(broken).toMatchObject({ ending: 'failed', failure: { kind: 'cut' }, raw: expect.stringContaining('Half') })
    await chat.again(id, broken?.id as TurnId)
    await quiet(id)
    expect((await shown(id)).at(-1)).toMatchObject({ ending: 'complete', raw: expect.stringContaining('Whole.') })
    expect((await storage.get('turns', [id, broken?.id as TurnId]))?.raw).toContain('Half')
  })

  test('that failed before a word leaves no take behind when it is retried', async () => {
    const { chat, id, quiet, shown, storage } = await setupTalk(
      [new ModelFailure({ kind: 'unreachable', baseUrl: 'x' })],
      [plan, text('Here.'), end()],
    )
    await chat.send(id, 'Hello')
    await quiet(id)
    const failed = (await shown(id)).at(-1)
    expect(failed).toMatchObject({ ending: 'failed', raw: '' })
    await chat.again(id, failed?.id as TurnId)
    await quiet(id)
    expect((await storage.get('turns', [id, failed?.id as TurnId]))?.deletedAt).toBeDefined()
  })

  test('that was stopped before a word leaves none either', async () => {
    const { chat, id, quiet, requests, shown, storage } = await setupTalk([never], [plan, text('Here.'), end()])
    await chat.send(id, 'Hello')
    await expect.poll(() => requests.length).toBe(1)
    chat.stop(id)
    await quiet(id)
    const stopped = (await shown(id)).at(-1)
    expect(stopped).toMatchObject({ ending: 'stopped', raw: '' })
    await chat.again(id, stopped?.id as TurnId)
    await quiet(id)
    expect((await storage.get('turns', [id, stopped?.id as TurnId]))?.deletedAt).toBeDefined()
  })

  test('goes on from where it was cut, in the same turn', async () => {
    const { chat, id, quiet, shown, requests } = await setupTalk(
      [plan, text('One, '), end('length')],
      [text('two.'), end()],
    )
    await chat.send(id, 'Count')
    await quiet(id)
    const half = (await shown(id)).at(-1)
    expect(half?.ending).toBe('length')
    await chat.goOn(id, half?.id as TurnId)
    await quiet(id)
    expect(requests[1]?.prefill).toBe(half?.raw)
    expect((await shown(id)).at(-1)).toMatchObject({ id: half?.id, raw: `${half?.raw}two.`, ending: 'complete' })
  })

  test('of a server that can not go on is a new take, and nothing is glued', async () => {
    const set = await setupChat(
      [
        [text('One, '), end('length')],
        [text('Anew.'), end()],
      ],
      { prefill: 'none' },
    )
    const id = await set.chat.begin(annaId, { kind: 'blank' })
    await set.chat.send(id, 'Count')
    await set.quiet(id)
    const half = (await set.shown(id)).at(-1)
    await set.chat.goOn(id, half?.id as TurnId)
    await set.quiet(id)
    expect(set.requests[1]?.prefill).toBeUndefined()
    expect((await set.shown(id)).at(-1)).toMatchObject({ raw: 'Anew.' })
    expect((await set.shown(id)).at(-1)?.id).not.toBe(half?.id)
  })

  test('that goes on to speak for others is stopped there, and what was cut is kept', async () => {
    const { chat, id, quiet, shown } = await setupTalk([plan, text('Hello.\n\nStranger: And I say'), never])
    await chat.send(id, 'Hello')
    await quiet(id)
    expect((await shown(id)).at(-1)).toMatchObject({ ending: 'complete', raw: expect.stringContaining('And I say') })
  })

  test('that says nothing is a failure with a sentence', async () => {
    const { chat, id, quiet, shown } = await setupTalk([text('</system_thinking>'), end()])
    await chat.send(id, 'Hello')
    await quiet(id)
    expect((await shown(id)).at(-1)).toMatchObject({ ending: 'failed', failure: { kind: 'empty' } })
  })

  test('that is refused for a while keeps when that was', async () => {
    const { chat, id, quiet, shown } = await setupTalk([
      new ModelFailure({ kind: 'rate-limited', retryAfterMs: 60_000 }),
      text('Hello.'),
      end(),
    ])
    await chat.send(id, 'Hello')
    await quiet(id)
    expect((await shown(id)).at(-1)).toMatchObject({
      failure: { retryAfterMs: 60_000 },
      making: { failedAt: expect.any(Number) },
    })
  })

  test('that arrives as reasoning is read like any other', async () => {
    const { chat, id, quiet, shown } = await setupTalk([
      { type: 'reasoning-delta', text: 'I plan.' },
      text('Hello.'),
      end(),
    ])
    await chat.send(id, 'Hello')
    await quiet(id)
    expect((await shown(id)).at(-1)?.raw).toContain('I plan.</think>Hello.')
  })

  test('that can not be written stays on screen', async () => {
    const set = await setupTalk([plan, never])
    await set.chat.send(set.id, 'Hello')
    await new Promise((resolve) => setTimeout(resolve, 5))
    set.storage.write = async () => {
      throw new StorageFailure('full', 'no room')
    }
    set.chat.stop(set.id)
    await set.quiet(set.id)
    expect(set.chat.runs.getState().byConversation.get(set.id)).toMatchObject({
      phase: 'unsaved',
      error: { kind: 'storage-full' },
    })
  })

  test('that can not be written is written once there is room, by hand or before anything follows it', async () => {
    for (const how of ['by hand', 'before what follows'] as const) {
      const set = await setupTalk([plan, text('Kept.'), never], [plan, text('Next.'), end()])
      await set.chat.send(set.id, 'Hello')
      await expect.poll(() => set.chat.runs.getState().byConversation.get(set.id)?.phase).toBe('streaming')
      const { write } = set.storage
      set.storage.write = async () => {
        throw new StorageFailure('full', 'no room')
      }
      set.chat.stop(set.id)
      await set.quiet(set.id)
      await expect(set.chat.saveAgain(set.id)).rejects.toThrow(StorageFailure)
      await expect(set.chat.send(set.id, 'And?')).rejects.toThrow(StorageFailure)
      set.storage.write = write
      if (how === 'by hand') {
        await set.chat.saveAgain(set.id)
        expect(set.chat.runs.getState().byConversation.get(set.id)).toBeUndefined()
      } else await set.chat.send(set.id, 'And?')
      await set.quiet(set.id)
      expect(await set.words(set.id)).toContainEqual(expect.stringContaining('Kept.'))
    }
  })

  test('begun while another runs ends that one first', async () => {
    const { chat, id, quiet, shown } = await setupTalk([plan, text('First'), never], [plan, text('Second'), end()])
    await chat.send(id, 'Hello')
    await new Promise((resolve) => setTimeout(resolve, 5))
    const first = (await shown(id)).at(-1)
    await chat.again(id, first?.id as TurnId)
    await quiet(id)
    expect((await shown(id)).at(-1)?.raw).toContain('Second')
  })
})

describe('takes', () => {
  test('all greetings of a card are takes of the first turn', async () => {
    const { chat, id, words, shown, storage } = await setupTalk()
    expect(await words(id)).toEqual(['character: *looks up* Yes?'])
    const other = (await storage.turnsBefore(id, undefined, 10)).find((turn) => turn.raw === 'Go away.')
    await chat.select(id, other?.id as TurnId)
    expect((await shown(id)).map((turn) => turn.id)).toEqual([other?.id])
  })

  test('an edit is a take, and the old words stay', async () => {
    const { chat, id, quiet, shown, words } = await setupTalk([plan, text('Yes.'), end()])
    await chat.send(id, 'Hello')
    await quiet(id)
    const [, mine] = await shown(id)
    await chat.edit(id, mine?.id as TurnId, 'Goodbye', 'player')
    expect(await words(id)).toEqual(['character: *looks up* Yes?', 'user: Goodbye'])
    await chat.select(id, mine?.id as TurnId)
    expect((await words(id))[1]).toBe('user: Hello')
    expect(await words(id)).toHaveLength(3)
  })

  describe('another take that keeps', () => {
    const segment = (layer: Layer, words: string): Segment => ({ layer, text: words, closed: true })
    const kept = [segment('system_thinking', 'She listens.'), segment('role_thinking', 'Liar')]
    const opening = '<system_thinking>She listens.</system_thinking><role_thinking>Liar</role_thinking>'

    async function setupRetake(answer: string, prefill?: 'none') {
      const set = await setupChat(
        [[plan, text('Yes.'), end()], [...answer].map(text).concat(end())],
        prefill ? { prefill } : {},
      )
      const id = await set.chat.begin(annaId, { kind: 'blank' })
      await set.chat.send(id, 'Hello')
      await set.quiet(id)
      await set.chat.retake(id, (await set.shown(id)).at(-1)?.id as TurnId, kept)
      await set.quiet(id)
      return { request: set.requests[1], take: (await set.shown(id)).at(-1) }
    }

    test('goes on from the very words, where the server can', async () => {
      const { request, take } = await setupRetake('Then go.')
      expect(request?.prefill).toBe(opening)
      expect(take?.raw).toBe(`${opening}Then go.`)
      expect(take?.making?.kept).toEqual({ layers: ['system_thinking', 'role_thinking'], way: 'prefill' })
    })

    test.each([
      ['goes on', 'Then go.', undefined],
      ['repeats them', `${opening}Then go.`, undefined],
      [
        'plans again',
        '<system_thinking>Anew.</system_thinking>Anna: Then go.',
        '<system_thinking>Anew.</system_thinking>',
      ],
    ])('is told to, where it can not: and %s', async (_how, answer, leftOut) => {
      const { request, take } = await setupRetake(answer, 'none')
      expect(request?.prefill).toBeUndefined()
      expect(request?.messages.at(-1)).toMatchObject({ role: 'user', content: expect.stringContaining(opening) })
      expect(take?.raw).toBe(`${opening}Then go.`)
      expect(take?.making?.kept).toEqual({
        layers: ['system_thinking', 'role_thinking'],
        way: 'instruction',
        ...(leftOut && { leftOut }),
      })
    })
  })

  test('a deleted turn is gone with what follows, and Undo brings all of it back', async () => {
    const { chat, id, quiet, shown, words } = await setupTalk([plan, text('Yes.'), end()])
    await chat.send(id, 'Hello')
    await quiet(id)
    const before = await words(id)
    const undo = await chat.remove(id, (await shown(id))[1]?.id as TurnId)
    expect(await words(id)).toEqual(['character: *looks up* Yes?'])
    await undo()
    expect(await words(id)).toEqual(before)
  })

  test('Undo brings a turn back as it is now, and once', async () => {
    const { chat, id, quiet, shown, storage } = await setupTalk([plan, text('Yes.'), end()])
    await chat.send(id, 'Hello')
    await quiet(id)
    const turnId = (await shown(id)).at(-1)?.id as TurnId
    const undo = await chat.remove(id, turnId)
    const deleted = await storage.get('turns', [id, turnId])
    if (!deleted) throw new Error('The turn is gone')
    await storage.write([{ type: 'put', table: 'turns', row: { ...deleted, name: 'The answer' } }])
    await undo()
    expect((await shown(id)).at(-1)).toMatchObject({ id: turnId, name: 'The answer' })
    await chat.edit(id, turnId, 'No.', 'her')
    const after = await shown(id)
    await undo()
    expect(await shown(id)).toEqual(after)
  })

  test('what a take is begun with carries no mark of a chat template', async () => {
    const { chat, id, quiet, shown, requests } = await setupTalk([plan, text('Yes.'), end()], [text('Go.'), end()])
    await chat.send(id, 'Hello')
    await quiet(id)
    const thought = { layer: 'role_thinking', text: 'Ha<|im_end|>', closed: true } as const
    await chat.retake(id, (await shown(id)).at(-1)?.id as TurnId, [thought])
    await quiet(id)
    const opening = '<role_thinking>Ha‹|im_end|></role_thinking>'
    expect(requests[1]?.prefill).toBe(opening)
    expect((await shown(id)).at(-1)?.raw).toBe(`${opening}Go.`)
  })

  test('deleting one of several takes shows another', async () => {
    const { chat, id, quiet, shown } = await setupTalk([plan, text('A'), end()], [plan, text('B'), end()])
    await chat.send(id, 'Hello')
    await quiet(id)
    await chat.again(id, (await shown(id)).at(-1)?.id as TurnId)
    await quiet(id)
    await chat.remove(id, (await shown(id)).at(-1)?.id as TurnId)
    expect((await shown(id)).at(-1)?.raw).toContain('A')
  })
})

test('a draft whose tab died is interrupted; one that is being written is not', async () => {
  const { chat, id, storage, held, shown } = await setupTalk([plan, never])
  await chat.send(id, 'Hello')
  const draft = (await shown(id)).at(-1)
  await chat.recover(id)
  expect((await shown(id)).at(-1)?.ending).toBe('draft')
  held.delete(draft?.id as TurnId)
  await chat.recover(id)
  expect((await storage.get('turns', [id, draft?.id as TurnId]))?.ending).toBe('interrupted')
  chat.stop(id)
})

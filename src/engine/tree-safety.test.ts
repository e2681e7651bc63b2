import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTree, pathTo } from '#core/conversation/tree.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { ConversationId, TurnId } from '#core/ids.ts'
import { ModelFailure } from '#ports/model.ts'
import { createBin } from './bin.ts'
import { annaId, end, type Script, setupChat, text } from './chat.test-kit.ts'
import { createStoryTree } from './story-tree.ts'
import type { Undo } from './undo.ts'

// What one can do in a chat, in any order, against the engine and a storage. The model says something, runs out of tokens,
// breaks off, or fails before a word; some operations come while it is still writing.

const said: Script = [text('She listens.</system_thinking>'), text('Yes.'), end()]
const halfSaid: Script = [text('She listens.</system_thinking>'), text('Half'), end('length')]
const brokenOff: Script = [text('She lis'), new ModelFailure({ kind: 'cut' })]
const failed: Script = [new ModelFailure({ kind: 'unreachable', baseUrl: 'x' })]
const slow: Script = [text('Slow'), new Promise((resolve) => setTimeout(resolve, 3)), text('ly.'), end()]

const operations = fc.record({
  kind: fc.constantFrom(
    'send',
    'send',
    'again',
    'again',
    'edit',
    'select',
    'select',
    'retake',
    'goOn',
    'stop',
    'remove',
    'remove',
    'remove and undo',
    'undo',
    'remove chat and undo',
    'remove and restore',
    'branch',
    'branch',
    'mark',
  ),
  place: fc.nat(),
  waits: fc.boolean(),
})

type Rows = ReadonlyMap<TurnId, Turn>

async function setupStory(scripts: readonly Script[]) {
  const kit = await setupChat(scripts.map((script) => [...script]))
  const id = await kit.chat.begin(annaId, { kind: 'greetings', greetings: ['One?', 'Two?'], chosen: 0 })
  const rows = async (): Promise<Rows> =>
    new Map((await kit.storage.turnsBefore(id, undefined, 1000)).map((turn) => [turn.id, turn]))
  /** Everything on disk that makes the chat. */
  const snapshot = async () => ({
    turns: [...(await rows()).values()],
    conversation: await kit.storage.get('conversations', id),
  })
  return { ...kit, id, rows, snapshot }
}

type Setup = Awaited<ReturnType<typeof setupStory>>

/** Turns a reader can get at: alive, and so is all they follow from. */
function reachable(rows: Rows): Turn[] {
  return [...rows.values()].filter((turn) => {
    for (let at: Turn | undefined = turn; at; at = at.parentId === null ? undefined : rows.get(at.parentId)) {
      if (at.deletedAt !== undefined) return false
    }
    return true
  })
}

/** Turns are never changed but for their end being written, and for being deleted and brought back. */
function expectNothingLost(
  before: Rows,
  after: Rows,
  removed: ReadonlySet<TurnId>,
  continued: ReadonlySet<TurnId>,
): void {
  for (const [id, was] of before) {
    const is = after.get(id)
    if (!is) throw new Error(`Turn ${id} is gone`)
    const kept = ({ conversationId, parentId, speaker, dialect, template, createdAt }: Turn) =>
      JSON.stringify([conversationId, parentId, speaker, dialect, template, createdAt])
    expect(kept(is)).toBe(kept(was))
    // Only a reply that is being written, or is gone on with, has more words than before; none has others.
    if (was.ending === 'draft' || continued.has(id)) expect(is.raw.startsWith(was.raw)).toBe(true)
    else expect(is.raw).toBe(was.raw)
    const isEmptyFailure = is.ending === 'failed' && is.raw === ''
    if (is.deletedAt !== undefined && was.deletedAt === undefined) expect(removed.has(id) || isEmptyFailure).toBe(true)
  }
}

async function perform(setup: Setup, kind: string, target: Turn, undos: Map<TurnId, Undo>): Promise<void> {
  const { chat, id, snapshot, rows } = setup
  switch (kind) {
    case 'send':
      return chat.send(id, 'Hello')
    case 'again':
      return chat.again(id, target.id)
    case 'edit':
      return void (await chat.edit(id, target.id, `${target.raw} Or so.`, target.dialect))
    case 'select':
      await chat.select(id, target.id)
      expect((await setup.shown(id)).map((turn) => turn.id)).toContain(target.id)
      return
    case 'retake':
      return target.speaker.kind === 'character'
        ? chat.retake(id, target.id, [{ layer: 'role_thinking', text: 'No', closed: true }])
        : undefined
    case 'goOn':
      return target.speaker.kind === 'character' ? chat.goOn(id, target.id) : undefined
    case 'stop':
      return chat.stop(id)
    case 'remove':
      undos.set(target.id, await chat.remove(id, target.id))
      expect((await setup.shown(id)).map((turn) => turn.id)).not.toContain(target.id)
      return
    case 'remove and undo': {
      await setup.quiet(id)
      const before = await snapshot()
      await (await chat.remove(id, target.id))()
      expect(await snapshot()).toEqual(before)
      return
    }
    case 'undo': {
      const [removed] = [...undos.keys()].slice(-1)
      if (removed === undefined) return
      await undos.get(removed)?.()
      undos.delete(removed)
      expect((await rows()).get(removed)?.deletedAt).toBeUndefined()
      return
    }
    case 'remove and restore': {
      await setup.quiet(id)
      const before = await snapshot()
      await chat.remove(id, target.id)
      const bin = createBin(setup.storage)
      const item = (await bin.list()).find((one) => one.kind === 'turn' && one.turn.id === target.id)
      // A reply that failed before a word is missed by nobody.
      if (!item) return expect(target.raw).toBe('')
      await bin.restore(item)
      expect((await snapshot()).turns).toEqual(before.turns)
      return
    }
    case 'branch':
      await createStoryTree(setup.storage).branchFrom(id, target.id)
      expect((await setup.shown(id)).at(-1)?.id).toBe(target.id)
      return
    case 'mark':
      await setup.quiet(id)
      await createStoryTree(setup.storage).bookmark(id, target.id, !target.bookmarked)
      return createStoryTree(setup.storage).nameTurn(id, target.id, 'A place')
    case 'remove chat and undo': {
      await setup.quiet(id)
      const before = await snapshot()
      await (await chat.removeConversation(id))()
      expect(await snapshot()).toEqual(before)
      return
    }
  }
}

async function play(setup: Setup, steps: readonly { kind: string; place: number; waits: boolean }[]): Promise<void> {
  const { id, rows, storage, quiet } = setup
  const undos = new Map<TurnId, Undo>()
  const removed = new Set<TurnId>()
  const continued = new Set<TurnId>()
  for (const { kind, place, waits } of steps) {
    const before = await rows()
    const living = reachable(before)
    const target = living[place % living.length]
    if (!target && kind !== 'undo' && kind !== 'send') continue
    if (kind === 'remove' && target) removed.add(target.id)
    if (kind === 'goOn' && target) continued.add(target.id)
    await perform(setup, kind, target as Turn, undos)
    if (waits) await quiet(id)
    const after = await rows()
    expectNothingLost(before, after, removed, continued)
    await expectReadable(storage, id, after)
  }
  await quiet(id)
  const last = await rows()
  // Undone from the last to the first, all that was removed is there again.
  for (const undo of [...undos.values()].reverse()) await undo()
  const restored = await rows()
  expectNothingLost(last, restored, removed, continued)
  for (const turnId of removed) expect(restored.get(turnId)?.deletedAt).toBeUndefined()
}

/** The head is a turn of this chat, and what is read ends there or at what lives above it. */
async function expectReadable(storage: Setup['storage'], id: ConversationId, rows: Rows): Promise<void> {
  const headId = (await storage.get('conversations', id))?.headId ?? null
  if (headId !== null) expect(rows.has(headId)).toBe(true)
  const path = pathTo(createTree([...rows.values()]), headId)
  for (const [index, turn] of path.entries()) {
    expect(turn.deletedAt).toBeUndefined()
    expect(turn.parentId).toBe(path[index - 1]?.id ?? null)
  }
}

test('no sequence of operations loses a turn, and undo brings back exactly what was', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(operations, { maxLength: 14 }),
      fc.array(fc.constantFrom(said, halfSaid, brokenOff, failed, slow), { minLength: 16, maxLength: 16 }),
      async (steps, scripts) => play(await setupStory(scripts), steps),
    ),
    { numRuns: 60 },
  )
}, 60_000)

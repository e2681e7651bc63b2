import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTree, pathTo } from '#core/conversation/tree.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { CharacterId, ConversationId, TurnId } from '#core/ids.ts'
import type { Remembered, StoryMemory } from '#core/story/story-memory.ts'
import { isMemoryOf, recallMemory } from './remembering.ts'

const anna = 'anna' as CharacterId
const boris = 'boris' as CharacterId
const conversationId = 'conversation' as ConversationId

function turn(id: string, parentId: string | null): Turn {
  return {
    id: id as TurnId,
    conversationId,
    parentId: parentId as TurnId | null,
    speaker: { kind: 'user' },
    dialect: 'player',
    raw: id,
    ending: 'complete',
    createdAt: 0,
  }
}

function version(id: string, throughId: string, more: Partial<Remembered> = {}): Remembered {
  return {
    id,
    characterId: anna,
    throughId: throughId as TurnId,
    turns: 1,
    text: id,
    writtenBy: 'model',
    createdAt: 0,
    ...more,
  }
}

const memoryOf = (...versions: Remembered[]): StoryMemory => ({ conversationId, versions })

/** One line of turns, t0 to t9, and a branch that leaves it after t3. */
const line = Array.from({ length: 10 }, (_, index) => turn(`t${index}`, index === 0 ? null : `t${index - 1}`))
const branch = [...line.slice(0, 4), turn('b4', 't3'), turn('b5', 'b4'), turn('b6', 'b5')]

const told = (memory: StoryMemory, path: readonly Turn[], reader = anna) => {
  const known = recallMemory(memory, path, reader)
  return known && [known.version.id, known.turns]
}

test('of what stands for turns of a path the one that goes furthest is known', () => {
  const memory = memoryOf(version('short', 't2'), version('long', 't6', { previousId: 'short' }))
  expect(told(memory, line)).toEqual(['long', 7])
  expect(told(memory, branch)).toEqual(['short', 3])
  const both = memoryOf(...memory.versions, version('branched', 't3', { previousId: 'short' }))
  expect(told(both, branch)).toEqual(['branched', 4])
  expect(told(both, line)).toEqual(['long', 7])
})

test('what the reader chose by hand stands until another is made from it', () => {
  const long = version('long', 't6', { previousId: 'short' })
  const chosen = version('again', 't2', { previousId: 'long', chosen: true })
  const memory = memoryOf(version('short', 't2'), long, version('stray', 't3'), chosen)
  expect(told(memory, line)).toEqual(['again', 3])
  const next = memoryOf(...memory.versions, version('next', 't7', { previousId: 'again' }))
  expect(told(next, line)).toEqual(['next', 8])
})

test('of the newest turn nothing is remembered: it has to be answered', () => {
  expect(told(memoryOf(version('all', 't9')), line)).toBeUndefined()
})

test('what was deleted, and what is another’s, is not known', () => {
  const memory = memoryOf(version('gone', 't2', { deletedAt: 1 }), version('his', 't3', { characterId: boris }))
  expect(told(memory, line)).toBeUndefined()
  expect(told(memory, line, boris)).toEqual(['his', 4])
  const known = recallMemory(memory, line, boris)
  expect([known && isMemoryOf(known, boris), known && isMemoryOf(known, anna)]).toEqual([true, false])
})

test('on any tree a memory stands for turns that are read, before the newest, whatever the versions say', () => {
  const shape = fc.array(fc.nat(), { minLength: 1, maxLength: 12 })
  const versions = fc.array(
    fc.record({ through: fc.nat(13), previous: fc.nat(6), isHis: fc.boolean(), isChosen: fc.boolean() }),
    { maxLength: 6 },
  )
  fc.assert(
    fc.property(shape, versions, fc.nat(), (parents, drafts, head) => {
      const turns = parents.map((parent, index) =>
        turn(`t${index + 10}`, index === 0 ? null : `t${(parent % index) + 10}`),
      )
      const path = pathTo(createTree(turns), turns[head % turns.length]?.id ?? null)
      const memory = memoryOf(
        ...drafts.map(({ through, previous, isHis, isChosen }, index) =>
          version(`v${index}`, `t${through + 10}`, {
            previousId: `v${previous}`,
            characterId: isHis ? boris : anna,
            ...(isChosen && { chosen: true }),
          }),
        ),
      )
      const known = recallMemory(memory, path, anna)
      if (!known) return
      expect(known.version.characterId).toBe(anna)
      expect(path[known.turns - 1]?.id).toBe(known.version.throughId)
      expect(known.turns).toBeLessThan(path.length)
    }),
  )
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ConversationId, TurnId } from '#core/ids.ts'
import { createTree, newestLeafUnder, pathTo, takesOf } from './tree.ts'
import type { Turn } from './turn.ts'

function turn(id: string, parentId: string | null, deletedAt?: number): Turn {
  return {
    id: id as TurnId,
    conversationId: 'c' as ConversationId,
    parentId: parentId as TurnId | null,
    speaker: { kind: 'user' },
    dialect: 'player',
    raw: id,
    ending: 'complete',
    createdAt: 0,
    ...(deletedAt !== undefined && { deletedAt }),
  }
}

const id = (value: string) => value as TurnId
const ids = (turns: readonly Turn[]) => turns.map((one) => one.id)

test('the path is read from the root to the head', () => {
  const tree = createTree([turn('a', null), turn('b', 'a'), turn('c', 'b'), turn('d', 'a')])
  expect(ids(pathTo(tree, id('c')))).toEqual(['a', 'b', 'c'])
  expect(ids(pathTo(tree, id('d')))).toEqual(['a', 'd'])
  expect(pathTo(tree, null)).toEqual([])
})

test('takes are the living children of one parent', () => {
  const b = turn('b', 'a')
  const tree = createTree([turn('a', null), b, turn('c', 'a', 1), turn('d', 'a')])
  expect(ids(takesOf(tree, b))).toEqual(['b', 'd'])
})

test('choosing a take leads to the newest leaf under it', () => {
  const tree = createTree([turn('a', null), turn('b', 'a'), turn('c', 'b'), turn('d', 'b'), turn('e', 'd')])
  expect(newestLeafUnder(tree, id('a'))).toBe('e')
  expect(newestLeafUnder(tree, id('c'))).toBe('c')
})

test('a head under a deleted turn leads to the nearest living ancestor', () => {
  const tree = createTree([turn('a', null), turn('b', 'a', 1), turn('c', 'b'), turn('d', 'c')])
  expect(ids(pathTo(tree, id('d')))).toEqual(['a'])
})

test('a path whose older part is not loaded begins where it is', () => {
  expect(ids(pathTo(createTree([turn('b', 'a'), turn('c', 'b')]), id('c')))).toEqual(['b', 'c'])
})

test('every living turn whose ancestors live is on the path to the leaf that choosing it leads to', () => {
  const rows = fc
    .array(fc.record({ parent: fc.nat(), isDeleted: fc.boolean() }), { minLength: 1, maxLength: 40 })
    .map((shapes) =>
      shapes.map(({ parent, isDeleted }, index) =>
        turn(`t${index + 100}`, index === 0 ? null : `t${(parent % index) + 100}`, isDeleted ? 1 : undefined),
      ),
    )
  fc.assert(
    fc.property(rows, (turns) => {
      const tree = createTree(turns)
      const isAlive = (one: Turn): boolean => {
        if (one.deletedAt !== undefined) return false
        const parent = one.parentId === null ? undefined : tree.turnsById.get(one.parentId)
        return parent === undefined || isAlive(parent)
      }
      for (const one of turns.filter(isAlive)) {
        const path = ids(pathTo(tree, newestLeafUnder(tree, one.id)))
        expect(path).toContain(one.id)
        expect(path).toContain(takesOf(tree, one)[0]?.parentId ?? one.id)
      }
    }),
  )
})

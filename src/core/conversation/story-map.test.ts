import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ConversationId, TurnId } from '#core/ids.ts'
import { createStoryMap, type StoryMap } from './story-map.ts'
import { createTree, pathTo } from './tree.ts'
import type { Turn } from './turn.ts'

const id = (value: string) => value as TurnId

function turn(name: string, parent: string | null, deletedAt?: number): Turn {
  return {
    id: id(name),
    conversationId: 'c' as ConversationId,
    parentId: parent === null ? null : id(parent),
    speaker: { kind: 'user' },
    dialect: 'player',
    raw: name,
    ending: 'complete',
    createdAt: 0,
    ...(deletedAt !== undefined && { deletedAt }),
  }
}

/** "turns @lane,row", a star for what is read now. */
function picture(map: StoryMap): string[] {
  return map.nodes.map(({ turns, lane, row, isOnPath }) => `${turns.join('')} @${lane},${row}${isOnPath ? ' *' : ''}`)
}

describe('a story map', () => {
  test('of a chat without alternates is one run', () => {
    const map = createStoryMap(createTree([turn('a', null), turn('b', 'a'), turn('c', 'b')]), id('c'))
    expect(picture(map)).toEqual(['abc @0,0 *'])
    expect([map.forks, map.leaves, map.lanes, map.rows]).toEqual([[], [0], 1, 1])
  })

  test('forks where there are takes, what is read now straight down', () => {
    const turns = [turn('a', null), turn('b', 'a'), turn('c', 'b'), turn('d', 'b'), turn('e', 'c'), turn('f', 'd')]
    const map = createStoryMap(createTree(turns), id('e'))
    expect(picture(map)).toEqual(['ab @0,0 *', 'ce @0,1 *', 'df @1,1'])
    expect(map.forks).toEqual([0])
    expect(map.leaves).toEqual([1, 2])
  })

  test('ends a run at the head and at marked turns', () => {
    const turns = [turn('a', null), turn('b', 'a'), turn('c', 'b'), turn('d', 'c')]
    expect(picture(createStoryMap(createTree(turns), id('b')))).toEqual(['ab @0,0 *', 'cd @0,1'])
    expect(picture(createStoryMap(createTree(turns), id('d'), new Set([id('a')])))).toEqual(['a @0,0 *', 'bcd @0,1 *'])
  })

  test('has every greeting, leaves deleted branches out, and begins where the story is loaded from', () => {
    expect(picture(createStoryMap(createTree([turn('a', null), turn('b', null)]), id('a')))).toEqual([
      'a @0,0 *',
      'b @1,0',
    ])
    expect(picture(createStoryMap(createTree([turn('a', null), turn('b', 'a', 1), turn('c', 'b')]), null))).toEqual([
      'a @0,0',
    ])
    expect(picture(createStoryMap(createTree([turn('m', 'l'), turn('n', 'm')]), id('n')))).toEqual(['mn @0,0 *'])
    expect(createStoryMap(createTree([]), null)).toMatchObject({ nodes: [], lanes: 0, rows: 0 })
  })

  test('has each living turn once, parents above children, nothing on top of another, and the path straight', () => {
    const story = fc
      .array(fc.record({ parent: fc.nat(), isDeleted: fc.boolean(), isRoot: fc.nat(9) }), { maxLength: 60 })
      .map((shapes) =>
        shapes.map(({ parent, isDeleted, isRoot }, index) =>
          turn(
            `t${index + 100}`,
            index === 0 || isRoot === 0 ? null : `t${(parent % index) + 100}`,
            isDeleted && index % 4 === 3 ? 1 : undefined,
          ),
        ),
      )
    fc.assert(
      fc.property(story, fc.nat(), (turns, choice) => {
        const tree = createTree(turns)
        const headId = turns.length === 0 ? null : (turns[choice % turns.length]?.id ?? null)
        const map = createStoryMap(tree, headId)
        const isReachable = (one: Turn): boolean => {
          const parent = one.parentId === null ? undefined : tree.turnsById.get(one.parentId)
          return one.deletedAt === undefined && (parent === undefined || isReachable(parent))
        }
        expect(map.nodes.flatMap((node) => node.turns).sort()).toEqual(turns.filter(isReachable).map((one) => one.id))
        const places = new Set<string>()
        for (const [index, node] of map.nodes.entries()) {
          const parent = node.parent === null ? undefined : map.nodes[node.parent]
          expect(node.row).toBe(parent ? parent.row + 1 : 0)
          expect(node.lane).toBeGreaterThanOrEqual(parent?.lane ?? 0)
          if (parent) expect(parent.children).toContain(index)
          places.add(`${node.lane},${node.row}`)
          for (const [at, turnId] of node.turns.entries()) {
            expect(map.nodeByTurn.get(turnId)).toBe(index)
            const before = at === 0 ? (parent?.turns.at(-1) ?? null) : node.turns[at - 1]
            const parentId = tree.turnsById.get(turnId)?.parentId ?? null
            expect(parentId).toBe(before)
          }
          expect(node.lane < map.lanes && node.row < map.rows).toBe(true)
        }
        expect(places.size).toBe(map.nodes.length)
        expect(map.nodes.filter((node) => node.isOnPath).flatMap((node) => node.turns)).toEqual(
          pathTo(tree, headId).map((one) => one.id),
        )
        expect(map.nodes.every((node) => !node.isOnPath || node.lane === 0)).toBe(true)
      }),
    )
  })

  // The bench measures; here a square or a recursion would run into the time limit or the stack.
  test('of ten thousand turns is laid out whatever their shape', () => {
    const shapes = {
      line: (index: number) => index - 1,
      comb: (index: number) => (index % 2 ? index - 1 : index - 2),
      bush: (index: number) => (index * 7919) % index,
      star: () => 0,
    }
    for (const [name, parentOf] of Object.entries(shapes)) {
      const turns = Array.from({ length: 10_000 }, (_, index) =>
        turn(`t${index + 100_000}`, index === 0 ? null : `t${Math.max(0, parentOf(index)) + 100_000}`),
      )
      const tree = createTree(turns)
      expect(createStoryMap(tree, turns.at(-1)?.id ?? null).nodeByTurn.size, name).toBe(10_000)
    }
  })
})

import type { Edge, Syntax } from './syntax.ts'

/** One step of a program; `next` and `other` are places in it. */
export type Instruction =
  | { readonly type: 'character'; readonly test: (character: string) => boolean; next: number }
  | { readonly type: 'edge'; readonly edge: Edge; next: number }
  /** `look` is a place in the list of looks. */
  | { readonly type: 'look'; readonly look: number; readonly negative: boolean; next: number }
  | { readonly type: 'fork'; next: number; other: number }
  | { readonly type: 'match' }

export type Program = readonly Instruction[]

/** A look ahead or behind, run over the whole text before what it stands in. Inner ones come before outer ones. */
export interface Look {
  readonly ahead: boolean
  readonly program: Program
}

export interface Compiled {
  readonly program: Program
  readonly looks: readonly Look[]
}

/** The pattern would unfold into more steps than it may. */
export class TooLarge extends Error {}

/**
 * Turns a tree into a program for a machine that follows all its paths at once. A look ahead is compiled backwards:
 * run from the end of a text to its start, it tells of each place whether it matches from there on.
 * @param testOf makes the test of one character from how the pattern writes it.
 */
export function compile(
  syntax: Syntax,
  testOf: (source: string) => (character: string) => boolean,
  limit: number,
): Compiled {
  const looks: Look[] = []
  let size = 0
  const main = programOf(syntax, false)
  return { program: main, looks }

  function programOf(tree: Syntax, backwards: boolean): Program {
    const program: Instruction[] = []
    emit(tree)
    push({ type: 'match' })
    return program

    function grow(): void {
      if (++size > limit) throw new TooLarge()
    }

    function push(instruction: Instruction): void {
      grow()
      program.push(instruction)
    }

    /** Each part, once emitted, goes on at the end of the program. */
    function emit(node: Syntax): void {
      switch (node.type) {
        case 'character':
          push({ type: 'character', test: testOf(node.source), next: program.length + 1 })
          break
        case 'edge':
          push({ type: 'edge', edge: node.edge, next: program.length + 1 })
          break
        case 'look': {
          looks.push({ ahead: node.ahead, program: programOf(node.body, node.ahead) })
          push({ type: 'look', look: looks.length - 1, negative: node.negative, next: program.length + 1 })
          break
        }
        case 'sequence':
          for (const item of backwards ? node.items.toReversed() : node.items) emit(item)
          break
        case 'choice':
          emitChoice(node.options)
          break
        case 'repeat':
          emitRepeat(node.body, node.least, node.most)
      }
    }

    function emitChoice(options: readonly Syntax[]): void {
      const exits: { next: number }[] = []
      for (const [index, option] of options.entries()) {
        const isLast = index === options.length - 1
        const fork = { type: 'fork' as const, next: program.length + 1, other: 0 }
        if (!isLast) push(fork)
        emit(option)
        if (isLast) break
        const exit = { type: 'fork' as const, next: 0, other: 0 }
        push(exit)
        exits.push(exit)
        fork.other = program.length
      }
      for (const exit of exits) Object.assign(exit, { next: program.length, other: program.length })
    }

    function emitRepeat(body: Syntax, least: number, most: number): void {
      for (let count = 0; count < least; count++) {
        // Counted by itself too: a body with nothing in it could be repeated for ever.
        grow()
        emit(body)
      }
      if (most === Number.POSITIVE_INFINITY) {
        const start = program.length
        const fork = { type: 'fork' as const, next: start + 1, other: 0 }
        push(fork)
        emit(body)
        push({ type: 'fork', next: start, other: start })
        fork.other = program.length
        return
      }
      const forks: { other: number }[] = []
      for (let count = least; count < most; count++) {
        const fork = { type: 'fork' as const, next: program.length + 1, other: 0 }
        push(fork)
        forks.push(fork)
        emit(body)
      }
      for (const fork of forks) fork.other = program.length
    }
  }
}

/** How many steps an engine that tries one path after the other takes from one place, at most. */
export function backtrackingSteps(syntax: Syntax): number {
  return stepsAndWays(syntax).steps
}

function stepsAndWays(node: Syntax): { steps: number; ways: number } {
  switch (node.type) {
    case 'character':
    case 'edge':
      return { steps: 1, ways: 1 }
    case 'look':
      return { steps: 1 + stepsAndWays(node.body).steps, ways: 1 }
    case 'sequence': {
      let steps = 0
      let ways = 1
      for (const item of node.items) {
        const each = stepsAndWays(item)
        steps += ways * each.steps
        ways *= each.ways
      }
      return { steps, ways }
    }
    case 'choice': {
      const each = node.options.map(stepsAndWays)
      return {
        steps: each.reduce((sum, { steps }) => sum + steps, 1),
        ways: each.reduce((sum, { ways }) => sum + ways, 0),
      }
    }
    case 'repeat': {
      const body = stepsAndWays(node.body)
      // What is large is as bad as what is endless, and need not be counted out.
      if (node.most > 1000) return { steps: Number.POSITIVE_INFINITY, ways: Number.POSITIVE_INFINITY }
      let steps = 1
      let ways = node.least === 0 ? 1 : 0
      let reached = 1
      for (let count = 1; count <= node.most; count++) {
        steps += reached * body.steps
        reached *= body.ways
        if (count >= node.least) ways += reached
      }
      return { steps, ways }
    }
  }
}

import { err, ok, type Result } from '#lib/result.ts'
import { backtrackingSteps, type Compiled, compile, TooLarge } from './program.ts'
import { type Reading, runProgram, type Steps } from './run-program.ts'
import { readSyntax, type Syntax, UnsupportedSyntax } from './syntax.ts'

/** Why a pattern is not used. `backreference`: it asks for what a group matched, which no engine can do in linear time. */
export type RegexProblem = 'invalid' | 'backreference' | 'unsupported' | 'too-large'

/** A pattern that can be asked whether it matches a text. Nothing of what it matched is kept. */
export interface LinearRegex {
  /** Takes its steps from `steps`; nothing when they ran out before there was an answer. */
  matches(text: string, steps: Steps): boolean | undefined
}

export type { Steps } from './run-program.ts'

const maximumPattern = 2000
const maximumProgram = 4000

/** Up to so many steps from each place of a text the browser's own engine is as safe as ours, and far faster. */
const ownEngineSteps = 64

const surrogate = /[\ud800-\udfff]/

/** The browser's engine takes this many of its steps in the time of one of ours. */
const ownEngineSpeed = 10

/**
 * Makes a pattern whose time follows the length of the text, whatever the pattern: the result is that of JavaScript's
 * own engine, but paths are followed side by side and not one after the other. Where counting shows that the browser's
 * engine can't take long either, it is used.
 *
 * Understands all of JavaScript's syntax but back-references and inline flags. Of the flags `g` means nothing here.
 */
export function createLinearRegex(pattern: string, flags: string): Result<LinearRegex, RegexProblem> {
  if (pattern.length > maximumPattern) return err('too-large')
  if (/[^gimsuy]/.test(flags)) return err('invalid')
  const native = nativeRegex(pattern, flags)
  if (!native) return err('invalid')
  try {
    const unicode = flags.includes('u')
    const syntax = readSyntax(pattern, unicode)
    return ok(fromNative(syntax, native) ?? fromSyntax(syntax, flags))
  } catch (error) {
    if (error instanceof UnsupportedSyntax) return err(error.what === 'backreference' ? 'backreference' : 'unsupported')
    if (error instanceof TooLarge || error instanceof RangeError) return err('too-large')
    throw error
  }
}

function nativeRegex(pattern: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(pattern, flags)
  } catch {
    return undefined
  }
}

function fromNative(syntax: Syntax, native: RegExp): LinearRegex | undefined {
  const cost = backtrackingSteps(syntax)
  if (!(cost <= ownEngineSteps)) return undefined
  return {
    matches: (text, steps) => {
      steps.left -= Math.ceil((text.length * cost) / ownEngineSpeed)
      if (steps.left < 0) return undefined
      native.lastIndex = 0
      return native.test(text)
    },
  }
}

function fromSyntax(syntax: Syntax, flags: string): LinearRegex {
  const unicode = flags.includes('u')
  const characterFlags = flags.replace(/[gmy]/g, '')
  const tests = new Map<string, (character: string) => boolean>()
  const testOf = (source: string) => {
    const known = tests.get(source)
    if (known) return known
    const test = characterTest(source, characterFlags)
    tests.set(source, test)
    return test
  }
  const compiled: Compiled = compile(syntax, testOf, maximumProgram)
  const reading: Reading = {
    multiline: flags.includes('m'),
    sticky: flags.includes('y'),
    isWord: testOf('\\w'),
  }
  return {
    matches: (text, steps) => {
      // Every character costs a step at least; what can't be done is not begun.
      if (steps.left < text.length) {
        steps.left = 0
        return undefined
      }
      return runProgram(compiled, unicode && surrogate.test(text) ? Array.from(text) : text, reading, steps)
    },
  }
}

/** Asks the browser's engine about single characters, each once: so classes and cases are just what they are there. */
function characterTest(source: string, flags: string): (character: string) => boolean {
  const native = nativeRegex(`^(?:${source})$`, flags)
  if (!native) throw new UnsupportedSyntax('other')
  const known = new Map<string, boolean>()
  return (character) => {
    const answer = known.get(character)
    if (answer !== undefined) return answer
    const found = native.test(character)
    known.set(character, found)
    return found
  }
}

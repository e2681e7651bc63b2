import { isSpace } from './space.ts'

/** Takes a prefill that a server repeats off the front of its stream. Both give the text that may go on. */
export interface EchoStripper {
  push(chunk: string): string
  /** The stream is over: what was held back was no echo, unless the whole prefill was there. */
  finish(): string
}

/**
 * Some servers repeat the prefill before they go on from it, some do not, and no field says which. Text is held as long as
 * it repeats `prefill`, dropped once all of it was repeated, and let through unchanged where it differs. White space
 * before the echo is dropped with it; at the end of the prefill only as much white space is dropped as was repeated.
 */
export function createEchoStripper(prefill: string): EchoStripper {
  const words = prefill.trim()
  const space = prefill.slice(prefill.trimEnd().length)
  let held = ''
  let matched = 0
  let matchedSpace = 0
  let isDecided = words === ''

  function isWhole(): boolean {
    return matched === words.length
  }

  /** Whether the character `code` goes on with the echo. */
  function takes(code: number): boolean {
    if (isWhole()) return matchedSpace < space.length && space.charCodeAt(matchedSpace++) === code
    if (words.charCodeAt(matched) === code) {
      matched++
      return true
    }
    return matched === 0 && isSpace(code)
  }

  return {
    push(chunk) {
      if (isDecided) return chunk
      for (let index = 0; index < chunk.length; index++) {
        if (takes(chunk.charCodeAt(index))) continue
        isDecided = true
        return isWhole() ? chunk.slice(index) : held + chunk
      }
      held += chunk
      return ''
    },
    finish() {
      if (isDecided) return ''
      isDecided = true
      return isWhole() ? '' : held
    },
  }
}

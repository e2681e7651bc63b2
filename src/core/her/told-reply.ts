import { escapePattern } from '#lib/escape-pattern.ts'
import { createEchoStripper } from './echo.ts'

/** Takes off the front of a reply what its model was told to go on from and wrote once more. */
export interface ToldReply {
  /** Gives the text that goes on from what was kept. */
  push(chunk: string): string
  /** The stream is over: gives what was held back. */
  finish(): string
  /** What was taken off, beside a plain repetition. */
  readonly leftOut: string
}

const planOpener = /^\s*<\s*(?:system[\s_-]*think\w*|think\w*|thought)\s*>/i
const planCloser = /<\s*\/\s*(?:system[\s_-]*think\w*|think\w*|thought)\s*>/i
/** Longer than any opener of planning with a name before it, but not much: until then nothing is shown. */
const decidedAt = 120

/**
 * A server that can't go on from words it is given is told in words to do so, and most models then begin again: they
 * repeat what was kept (dropped), plan once more (dropped where a plan was kept, but remembered in `leftOut`), or head
 * their turn with the speaker's name (dropped).
 * @param kept the reply so far, in HER's wire form.
 * @param names what the speaker may be called.
 */
export function createToldReply(kept: string, names: readonly string[]): ToldReply {
  const echo = createEchoStripper(kept)
  const keepsPlan = planCloser.test(kept)
  const name = new RegExp(`^\\s*(?:${names.map(escapePattern).join('|') || '(?!)'})\\s*[:：]\\s*`, 'i')
  let state: 'before-plan' | 'in-plan' | 'before-words' | 'open' = keepsPlan ? 'before-plan' : 'before-words'
  let held = ''
  let leftOut = ''

  function read(isOver: boolean): string {
    const isClear = isOver || held.length >= decidedAt || held.includes('>')
    if (state === 'before-plan' && isClear) {
      state = planOpener.test(held.replace(name, '')) ? 'in-plan' : 'before-words'
    }
    if (state === 'in-plan') {
      const closer = planCloser.exec(held)
      if (!closer && !isOver) return ''
      const end = closer ? closer.index + closer[0].length : held.length
      leftOut = held.slice(0, end)
      held = held.slice(end)
      state = 'before-words'
      return read(isOver)
    }
    if (state !== 'before-words' || !isClear) return ''
    state = 'open'
    const words = held.replace(name, '')
    held = ''
    return words
  }

  return {
    push: (chunk) => {
      const text = echo.push(chunk)
      if (state === 'open') return text
      held += text
      return held === '' ? '' : read(false)
    },
    finish: () => {
      const text = echo.finish()
      if (state === 'open') return text
      held += text
      return read(true)
    },
    get leftOut() {
      return leftOut
    },
  }
}

import type { PromptMessage } from './prompt-message.ts'

type Message = Pick<PromptMessage, 'role' | 'content'>

/** How a prompt differs from the one before it. */
export interface PromptChanges {
  /** For each message of the new prompt. */
  readonly states: readonly ('same' | 'changed' | 'new')[]
  /** Messages of the old prompt that are not in the new one any more. */
  readonly gone: readonly Message[]
  /**
   * Where the prompts part: a server that keeps what it has read has to read anew from here on. Undefined when the new
   * one only goes on where the old one ended, or is the same.
   */
  readonly firstChange: { readonly message: number; readonly offset: number } | undefined
}

/**
 * Compares two prompts message by message. Messages that are the same are matched in order; what lies between two
 * matches is paired by role as changed, and what is left over is new or gone. Linear but for long gaps.
 */
export function comparePrompts(before: readonly Message[], after: readonly Message[]): PromptChanges {
  const states: ('same' | 'changed' | 'new')[] = []
  const gone: Message[] = []
  const places = new Map<string, number[]>()
  for (const [index, message] of before.entries()) {
    const key = keyOf(message)
    const known = places.get(key)
    if (known) known.push(index)
    else places.set(key, [index])
  }
  let next = 0
  let waiting: Message[] = []
  const settleGap = (end: number) => {
    const lost = before.slice(next, end)
    for (const message of waiting) {
      const pair = lost.findIndex(({ role }) => role === message.role)
      gone.push(...lost.splice(0, Math.max(0, pair)))
      if (pair >= 0) lost.shift()
      states.push(pair >= 0 ? 'changed' : 'new')
    }
    gone.push(...lost)
    waiting = []
  }
  for (const message of after) {
    const place = places.get(keyOf(message))?.find((index) => index >= next)
    if (place === undefined) waiting.push(message)
    else {
      settleGap(place)
      states.push('same')
      next = place + 1
    }
  }
  settleGap(before.length)
  return { states, gone, firstChange: firstChangeOf(before, after) }
}

function keyOf({ role, content }: Message): string {
  return `${role} ${content}`
}

function firstChangeOf(before: readonly Message[], after: readonly Message[]): PromptChanges['firstChange'] {
  for (const [index, old] of before.entries()) {
    const fresh = after[index]
    if (!fresh || fresh.role !== old.role) return { message: index, offset: 0 }
    if (fresh.content === old.content) continue
    // What goes on at the end of the last message the old prompt had is no change of what was read.
    if (index === before.length - 1 && fresh.content.startsWith(old.content)) return undefined
    return { message: index, offset: sharedLength(old.content, fresh.content) }
  }
  return undefined
}

function sharedLength(one: string, other: string): number {
  let length = 0
  while (length < one.length && one[length] === other[length]) length += 1
  return length
}

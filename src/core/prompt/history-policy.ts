/** What of a character's own earlier turns stays in its prompts. Of everybody else's there is nothing to choose. */
export interface HistoryPolicy {
  /** Its planning: of none of its turns, of its last, or of all that fit. */
  readonly planning: 'off' | 'last' | 'all'
  /** Its thoughts: of all its turns, of its last so many, or (0) of none. */
  readonly thoughts: 'all' | number
}

/** As HER was trained, and as its demo does: no planning, all of its own thoughts. */
export const herHistory: HistoryPolicy = { planning: 'off', thoughts: 'all' }

/** What stays of one own turn. */
export interface Kept {
  readonly planning: boolean
  readonly thoughts: boolean
}

/** What stays of the own turn that `newer` own turns follow. */
export function keptOf({ planning, thoughts }: HistoryPolicy, newer: number): Kept {
  return {
    planning: planning === 'all' || (planning === 'last' && newer === 0),
    thoughts: thoughts === 'all' || newer < thoughts,
  }
}

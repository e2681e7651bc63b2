/** What a model did with a prefill: went on from it, went on after repeating it, or began anew. */
export type Continuation = 'continued' | 'echoed' | 'restarted' | 'unclear'

/**
 * A prefill that shows whether it was continued: whoever goes on from it counts four, and no new reply begins so. It
 * stops at a word's end, where every tokenizer has a seam.
 */
export const countingPrefill =
  '<system_thinking>Anna is asked how many lanterns she sees. She counts them: one, two, three,'

/** A finished planning: whoever goes on from it must come to the reply, in HER's tags if it knows them. */
export const plannedPrefill =
  '<system_thinking>Anna sees four lanterns. She should smile, think of home, and answer in a few words.</system_thinking>'

/** Judges the text that came after `countingPrefill`, as it came from the server. */
export function judgeContinuation(text: string, prefill = countingPrefill): Continuation {
  const start = text.trimStart()
  if (start === '') return 'unclear'
  if (start.startsWith(prefill)) return 'echoed'
  // A tag at the very start opens a reply of its own; only a closer can follow on from the open planning.
  if (/^<(?!\/)/.test(start)) return 'restarted'
  if (/^four\b/i.test(start)) return 'continued'
  if (/^[^<]*<\/\s*(system[\s_-]*)?think/i.test(start)) return 'continued'
  // After a comma in the middle of a sentence nothing goes on with a capital, a quotation mark or an asterisk.
  return /^[\p{Lu}\p{Lo}"“«'*([{#-]/u.test(start) ? 'restarted' : 'continued'
}

/** Whether a text, without the prefill it went on from, holds a mark of HER's format: its author set it. */
export function showsHer(text: string): boolean {
  return /<\s*\/?\s*(role[\s_-]*(think|act)|system[\s_-]*think)/i.test(text)
}

import { judgeCaseOfRow, readPairRow, sideOf, writeJudge } from '#core/taste/pair-row.ts'
import type { Preference } from '#core/taste/preference.ts'
import { type Judging, judgePair } from './judge-pair.ts'

/** A line of a file that was judged, or what is wrong with it. */
export type JudgedLine =
  | {
      readonly kind: 'judged'
      readonly text: string
      readonly preference: Pick<Preference, 'verdict' | 'by'>
      readonly human: string | undefined
    }
  | { readonly kind: 'unreadable'; readonly line: number; readonly sentence: string }

/** Lines that are under way at once; how many requests that makes is the calls' own business. */
const linesAtOnce = 256

/**
 * Judges the pairs of a file, line by line, and gives them back in their order with the judge's word in each. However long
 * the file is, no more than what is under way is in memory. A line is known to the journal by its number: begun again with
 * the same file, it goes on where it was.
 */
export async function* judgeRows(judging: Judging, lines: AsyncIterable<string>): AsyncGenerator<JudgedLine> {
  const waiting: Promise<JudgedLine>[] = []
  let number = 0
  for await (const line of lines) {
    number += 1
    if (line.trim() === '') continue
    const judged = judgeLine(judging, line, number)
    // Whoever reads is told of it in its turn.
    judged.catch(() => undefined)
    waiting.push(judged)
    if (waiting.length >= linesAtOnce) yield await (waiting.shift() as Promise<JudgedLine>)
  }
  for (const judged of waiting) yield await judged
}

async function judgeLine(judging: Judging, line: string, number: number): Promise<JudgedLine> {
  const read = readPairRow(line)
  if (!read.ok) return { kind: 'unreadable', line: number, sentence: read.error.sentence }
  const { row, rest } = read.value
  const { verdict, by } = await judgePair(judging, `line/${number}`, judgeCaseOfRow(row))
  const text = JSON.stringify({ ...rest, better_response: sideOf[verdict], judge: writeJudge(by) })
  return { kind: 'judged', text, preference: { verdict, by }, human: row.human }
}

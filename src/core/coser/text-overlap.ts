import { roundedExp, roundedLog } from '#lib/rounded-exponentials.ts'
import { englishWords } from './english-words.ts'

const orders = [1, 2, 3, 4] as const

/** The logarithm of the least normal number, which nltk takes in the place of nought. */
const logOfLeast = -708.3964185322641

/** BLEU of a whole text against one reference as nltk computes it: four orders, even weights, nothing smoothed. */
export function bleu(reference: string, candidate: string): number {
  return bleuOfWords(englishWords(reference.toLowerCase()), englishWords(candidate.toLowerCase()))
}

/** The same of words. */
export function bleuOfWords(reference: readonly string[], candidate: readonly string[]): number {
  const matches = orders.map((order) => overlapOf(gramsOf(reference, order), gramsOf(candidate, order)))
  if (matches[0]?.shared === 0 || candidate.length === 0) return 0
  const terms = matches.map(({ shared, all }) => 0.25 * (shared === 0 ? logOfLeast : roundedLog(shared / all)))
  const brevity =
    candidate.length > reference.length ? 1 : roundedExp(Math.max(-700, 1 - reference.length / candidate.length))
  return brevity * roundedExp(Math.min(0, Math.max(-700, exactSum(terms))))
}

function gramsOf(words: readonly string[], order: number): Map<string, number> {
  const grams = new Map<string, number>()
  for (let at = 0; at + order <= words.length; at++) {
    const gram = words.slice(at, at + order).join(' ')
    grams.set(gram, (grams.get(gram) ?? 0) + 1)
  }
  return grams
}

function overlapOf(reference: ReadonlyMap<string, number>, candidate: ReadonlyMap<string, number>) {
  let shared = 0
  let all = 0
  for (const [gram, count] of candidate) {
    shared += Math.min(count, reference.get(gram) ?? 0)
    all += count
  }
  return { shared, all }
}

/** A sum whose rounding is made up for (Neumaier). */
function exactSum(terms: readonly number[]): number {
  let sum = 0
  let lost = 0
  for (const term of terms) {
    const next = sum + term
    lost += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum
    sum = next
  }
  return sum + lost
}

/**
 * ROUGE-L as the scores of CoSER's files were made: the longest common run of words, as written, with `?` and `!` taken
 * for blanks and periods left where they stand; the harmonic mean of its share in both texts.
 */
export function rougeL(reference: string, candidate: string): number {
  const theirs = rougeWords(reference)
  const ours = rougeWords(candidate)
  if (theirs.length === 0 || ours.length === 0) return 0
  const shared = longestCommon(theirs, ours)
  const recall = shared / theirs.length
  const precision = shared / ours.length
  return 2 * ((precision * recall) / (precision + recall + 1e-8))
}

function rougeWords(text: string): string[] {
  return text
    .replace(/[?!]/g, ' ')
    .split(/\s+/u)
    .filter((word) => word !== '')
}

function longestCommon(one: readonly string[], other: readonly string[]): number {
  let above = new Uint32Array(other.length + 1)
  for (const word of one) {
    const row = new Uint32Array(other.length + 1)
    for (const [index, candidate] of other.entries()) {
      row[index + 1] = word === candidate ? (above[index] ?? 0) + 1 : Math.max(above[index + 1] ?? 0, row[index] ?? 0)
    }
    above = row
  }
  return above[other.length] ?? 0
}

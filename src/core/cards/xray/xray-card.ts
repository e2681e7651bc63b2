import type { Layer } from '#core/her/segment.ts'
import type { TurnId } from '#core/ids.ts'
import { fold } from '#core/search/fold.ts'
import type { CardDocument } from '../card.ts'
import { viewCard } from '../view-card.ts'
import { type CardLine, cardLines } from './card-lines.ts'
import { readSentences } from './sentences.ts'
import { stemsOf } from './stems.ts'

/** What was planned, or thought, in one turn. */
export interface Planned {
  readonly turnId: TurnId
  readonly layer: Extract<Layer, 'system_thinking' | 'role_thinking'>
  readonly text: string
}

/** A sentence of a plan that rests on a line of the card. */
export interface LineUse {
  readonly turnId: TurnId
  readonly layer: Planned['layer']
  readonly excerpt: string
}

/** A line of the card and what became of it. */
export interface XrayedLine extends CardLine {
  /** Turns that used it. */
  readonly turns: number
  /** Where that is clearest, a sentence a turn. */
  readonly uses: readonly LineUse[]
}

/** Sentences shown of those that rest on one line. */
const mostUses = 5
/** A stem in more lines than this tells nothing of any of them. */
const mostLines = 12
/** A stem in more than this share of all sentences is what every plan says. */
const everywhereShare = 0.2

interface Sentence {
  readonly planned: Planned
  readonly start: number
  readonly end: number
  /** Which stems of the card it has, in their order; -1 for others. */
  readonly stems: readonly number[]
}

interface Use extends LineUse {
  readonly score: number
}

/**
 * Which lines of a card its character's plans and thoughts rest on. A sentence rests on a line with which it shares
 * enough words that are rare in the card, more so where they follow each other; a name that only one or two lines have
 * is enough by itself. What every line or every plan says, and the character's own name, count for nothing. It is a
 * reading of words and not of minds: what is paraphrased altogether is missed.
 */
export function xrayCard(document: CardDocument, planned: readonly Planned[]): readonly XrayedLine[] {
  const lines = cardLines(document)
  const index = indexLines(document, lines)
  const sentences = readPlans(planned, index)
  const frequency = new Int32Array(index.linesByStem.length)
  for (const { stems } of sentences)
    for (const stem of new Set(stems)) if (stem >= 0) frequency[stem] = (frequency[stem] ?? 0) + 1
  const everywhere = Math.max(10, sentences.length * everywhereShare)
  const weights = index.linesByStem.map((holders, stem) =>
    holders.length > mostLines || (frequency[stem] ?? 0) > everywhere ? 0 : Math.log(1 + lines.length / holders.length),
  )
  const needed = 1.3 * Math.log(1 + lines.length)

  const uses = lines.map((): Use[] => [])
  const turns = lines.map(() => new Set<TurnId>())
  for (const sentence of sentences) {
    for (const { line, score } of linesUnder(sentence, index, weights, needed)) {
      const { planned: plan, start, end } = sentence
      turns[line]?.add(plan.turnId)
      keepBest(uses[line] ?? [], {
        turnId: plan.turnId,
        layer: plan.layer,
        excerpt: plan.text.slice(start, end),
        score,
      })
    }
  }
  return lines.map((line, at) => ({
    ...line,
    turns: turns[at]?.size ?? 0,
    uses: (uses[at] ?? []).map(({ score: _score, ...use }) => use),
  }))
}

interface LineIndex {
  readonly stemIds: ReadonlyMap<string, number>
  readonly linesByStem: readonly (readonly number[])[]
  /** Stems that are names, and in few lines. */
  readonly names: ReadonlySet<number>
  /** For each line, the pairs of stems that follow each other in it. */
  readonly pairs: readonly ReadonlySet<string>[]
}

function indexLines(document: CardDocument, lines: readonly CardLine[]): LineIndex {
  const view = viewCard(document)
  const own = new Set(stemsOf(`${view.name} ${view.nickname ?? ''} char user`))
  const stemIds = new Map<string, number>()
  const linesByStem: number[][] = []
  const properStems = new Set<string>()
  const pairs = lines.map((line, at) => {
    for (const stem of properNouns(line.text)) properStems.add(stem)
    const stems = stemsOf(line.text).filter((stem) => !own.has(stem))
    for (const stem of new Set(stems)) {
      const id = stemIds.get(stem) ?? stemIds.size
      stemIds.set(stem, id)
      linesByStem[id] ??= []
      linesByStem[id].push(at)
    }
    const ids = stems.map((stem) => stemIds.get(stem) ?? -1)
    return new Set(ids.slice(1).map((id, before) => `${ids[before]} ${id}`))
  })
  const names = [...stemIds].filter(([stem, id]) => properStems.has(stem) && (linesByStem[id]?.length ?? 0) <= 2)
  return { stemIds, linesByStem, names: new Set(names.map(([, id]) => id)), pairs }
}

/** Words with a capital letter in the middle of a sentence. */
function properNouns(text: string): string[] {
  return [...text.matchAll(/(?<=[\p{Ll}\p{Lo},;:’'] )\p{Lu}\p{L}{3,40}/gu)].flatMap(([name]) => stemsOf(fold(name)))
}

function readPlans(planned: readonly Planned[], { stemIds }: LineIndex): readonly Sentence[] {
  return planned.flatMap((plan) =>
    readSentences(plan.text).map(({ start, end }) => ({
      planned: plan,
      start,
      end,
      stems: stemsOf(plan.text.slice(start, end)).map((stem) => stemIds.get(stem) ?? -1),
    })),
  )
}

/** The lines a sentence rests on: the best, and a second that is nearly as good. */
function linesUnder(
  { stems }: Sentence,
  { linesByStem, names, pairs }: LineIndex,
  weights: readonly number[],
  needed: number,
): readonly { readonly line: number; readonly score: number }[] {
  const scores = new Map<number, { score: number; shared: number; isNamed: boolean }>()
  for (const stem of new Set(stems)) {
    const weight = weights[stem] ?? 0
    if (weight === 0) continue
    for (const line of linesByStem[stem] ?? []) {
      const sum = scores.get(line) ?? { score: 0, shared: 0, isNamed: false }
      scores.set(line, {
        score: sum.score + weight,
        shared: sum.shared + 1,
        isNamed: sum.isNamed || names.has(stem),
      })
    }
  }
  const found = [...scores].flatMap(([line, { score, shared, isNamed }]) => {
    if (shared < 2 && !isNamed) return []
    const whole = score + pairBonus(stems, pairs[line], weights)
    return whole >= needed || isNamed ? [{ line, score: whole }] : []
  })
  const best = Math.max(...found.map(({ score }) => score))
  return found
    .filter(({ score }) => score >= best * 0.8)
    .sort((one, other) => other.score - one.score)
    .slice(0, 2)
}

function pairBonus(stems: readonly number[], pairs: ReadonlySet<string> | undefined, weights: readonly number[]) {
  return stems.slice(1).reduce((sum, stem, before) => {
    const first = stems[before] ?? -1
    if (first < 0 || stem < 0 || !pairs?.has(`${first} ${stem}`)) return sum
    return sum + ((weights[first] ?? 0) + (weights[stem] ?? 0)) / 2
  }, 0)
}

/** Keeps the best uses of a line, one a turn, best first. */
function keepBest(uses: Use[], use: Use): void {
  const same = uses.findIndex(({ turnId }) => turnId === use.turnId)
  if (same >= 0) {
    if ((uses[same]?.score ?? 0) >= use.score) return
    uses.splice(same, 1)
  }
  const at = uses.findIndex(({ score }) => score < use.score)
  uses.splice(at < 0 ? uses.length : at, 0, use)
  if (uses.length > mostUses) uses.pop()
}

import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readEvaluationCases } from './evaluation-case.ts'
import { judgedTexts } from './judge-prompt.ts'
import { presets } from './preset.ts'
import published from './published-scores.test-data.json' with { type: 'json' }
import { readJudgement } from './read-judgement.ts'
import { dimensions } from './rubric.ts'
import { averagesOf, byDimension, caseScore, dimensionScore } from './score.ts'
import { bleu, rougeL } from './text-overlap.ts'

const preset = presets['coser-2025-02']

test.each(Object.entries(published))('%s: every dimension follows from severities and rounds', (_, one) => {
  const results = byDimension((dimension) => {
    const flaws = one.severities[dimension].map((severity) => ({ instance: '', type: '', severity }))
    return { state: 'judged' as const, flaws, score: dimensionScore(flaws, one.actor_rounds, preset), asked: 1 }
  })
  expect(byDimension((dimension) => results[dimension].score)).toEqual(one.scores)
  expect(caseScore(results)).toBe(one.score)
})

/** A checkout of github Neph0s/CoSER, whose texts are not ours to keep here. */
const repository = process.env['COSER_REPO'] ?? ''
const hasRepository = existsSync(`${repository}/exp/evaluation/test_set_gpt-4o.json`)

// Without the repository this says so: it is counted as skipped.
describe.skipIf(!hasRepository)('CoSER’s published results, from its repository (COSER_REPO)', () => {
  const read = (path: string) => JSON.parse(readFileSync(`${repository}/${path}`, 'utf8'))

  function playsOf(path: string) {
    return read(path).map((one: never) => {
      const { circumstance, simulation } = one as {
        circumstance: never
        simulation: { role: string; content: string }[]
      }
      const test = readEvaluationCases(circumstance, 'published').cases[0]
      if (!test) throw new Error('A published case can’t be read')
      const lines = simulation
        .filter(({ role }) => role !== 'NSP')
        .map(({ role, content }) => ({ speaker: role, text: content }))
      return { test, texts: judgedTexts(test, lines, preset) }
    })
  }

  test('every number of the judged run, to the last digit', () => {
    const evaluation = read('exp/evaluation/test_set_gpt-4o.json')
    const scored = playsOf('exp/simulation/test_set_gpt-4o.json').map(
      ({ test, texts }: ReturnType<typeof playsOf>[0]) => {
        const expected = evaluation.cases[test.id]
        expect(texts.simulation).toBe(expected.simulation_str)
        const judgements = byDimension((dimension) => {
          const flaws = readJudgement(JSON.stringify({ [dimension]: expected.critique[dimension] }), dimension) ?? []
          const score = dimensionScore(flaws, texts.actorRounds, preset)
          expect(score).toBe(expected.critique[dimension].score)
          return { state: 'judged' as const, flaws, score, asked: 1 }
        })
        expect(caseScore(judgements)).toBe(expected.score)
        const overlap = { bleu: bleu(texts.original, texts.played), rougeL: rougeL(texts.original, texts.played) }
        expect(overlap).toEqual({ bleu: expected.critique.bleu, rougeL: expected.critique.rouge_l })
        return { judgements, ...overlap }
      },
    )
    expect(scored).toHaveLength(3)
    const averages = averagesOf(scored)
    expect({ ...averages.dimensions, avg: averages.average, bleu: averages.bleu, rouge_l: averages.rougeL }).toEqual(
      evaluation.scores,
    )
    expect(dimensions.every((dimension) => averages.dimensions[dimension] !== undefined)).toBe(true)
  })

  test.each([
    [
      'gpt-4o',
      [
        [0.023854968, 0.08333333],
        [0.025689874, 0.076990374],
        [0.05994349, 0.113207543],
      ],
    ],
    [
      'gpt-4o-mini',
      [
        [0.016181936, 0.068645638],
        [0.011951692, 0.062590973],
        [0.036502366, 0.087248319],
      ],
    ],
  ])('BLEU and ROUGE-L of the published plays of %s with retrieval, as recomputed elsewhere', (model, expected) => {
    for (const [index, { texts }] of playsOf(`exp/simulation/test_set_${model}_rag=expr3_conv1.json`).entries()) {
      expect(bleu(texts.original, texts.played)).toBeCloseTo(expected[index]?.[0] ?? -1, 8)
      expect(rougeL(texts.original, texts.played)).toBeCloseTo(expected[index]?.[1] ?? -1, 8)
    }
  })

  test('the whole test set can be acted out', () => {
    const { cases, problems } = readEvaluationCases(read('data/test/test_set.json'), 'motivation-or-thought')
    expect(problems).toEqual([])
    expect(new Set(cases.map(({ id }) => id)).size).toBe(200)
    expect(cases.filter(({ tag }) => tag === 'ood')).toHaveLength(100)
    expect(cases.reduce((sum, { motivations }) => sum + motivations.size, 0)).toBe(456)
    const strictly = readEvaluationCases(read('data/test/test_set.json'), 'published').cases
    expect(strictly.every(({ motivations }) => motivations.size === 0)).toBe(true)
  })
})

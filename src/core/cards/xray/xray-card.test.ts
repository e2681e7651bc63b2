import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TurnId } from '#core/ids.ts'
import { cpuTime } from '#lib/cpu-time.test-kit.ts'
import type { JsonObject } from '../card.ts'
import { createCard } from '../create-card.ts'
import { readSentences } from './sentences.ts'
import { type Planned, xrayCard } from './xray-card.ts'

const card = createCard({
  name: 'Mara Quill',
  description:
    '{{char}} keeps the ferry at Low Water. She hoards unopened letters under the floorboards. Her left hand was broken by a winch and never healed straight.',
  personality: 'Dry, patient, exact about money.',
  scenario: 'The river is rising, and the last crossing leaves at dusk.',
  her: {
    motivation: 'She wants to be owed nothing.',
    relationships: { Tobias: 'Her brother, drowned near Harrow Point.' },
  },
})

function plan(text: string, turn = 't1', layer: Planned['layer'] = 'system_thinking'): Planned {
  return { turnId: turn as TurnId, layer, text }
}

function used(...planned: Planned[]): string[] {
  return xrayCard(card, planned).flatMap(({ text, turns }) => (turns > 0 ? [`${turns} ${text.slice(0, 24)}`] : []))
}

describe('a plan is linked to the line it rests on', () => {
  test.each<[string, string[]]>([
    ['Mara should glance at the floor, where her hoarded letters lie.', ['1 She hoards unopened lett']],
    ['She may rub the hand that the winch broke.', ['1 Her left hand was broken']],
    ['He is asking about the river; with the last crossing at dusk she can’t linger.', ['1 The river is rising, and']],
    ['It is the last crossing of the day.', ['1 The river is rising, and']],
    ['The mention of Harrow stings.', ['1 Her brother, drowned nea']],
    ['Mara Quill should respond with warmth and show her feelings to the user.', []],
    ['She thinks of the weather in another country, and of lemons.', []],
    ['She should move her hand.', []],
    ['', []],
  ])('%s', (text, lines) => {
    expect(used(plan(text))).toEqual(lines)
  })

  test('a turn counts once, and its clearest sentence is shown', () => {
    const lines = xrayCard(card, [
      plan('The letters, unopened. She hoards unopened letters under the floorboards!', 'a'),
      plan('Unopened letters again.', 'b', 'role_thinking'),
    ])
    const letters = lines.find(({ text }) => text.startsWith('She hoards'))
    expect(letters?.turns).toBe(2)
    expect(letters?.uses).toEqual([
      { turnId: 'a', layer: 'system_thinking', excerpt: 'She hoards unopened letters under the floorboards!' },
      { turnId: 'b', layer: 'role_thinking', excerpt: 'Unopened letters again.' },
    ])
  })

  test('also where no blanks part the words', () => {
    const chinese = createCard({
      name: '孙悟空',
      description: '他偷吃了蟠桃园的仙桃。他怕唐僧念紧箍咒。他住在花果山水帘洞。',
    })
    const lines = xrayCard(chinese, [plan('他应该想起蟠桃园的仙桃，笑一笑。')])
    expect(lines.map(({ turns }) => turns)).toEqual([1, 0, 0])
  })

  test('what every plan says tells nothing', () => {
    const plans = Array.from({ length: 50 }, (_, index) =>
      plan('The ferry, the water, the ferry at Low Water.', `t${index}`),
    )
    expect(used(...plans)).toEqual([])
  })
})

describe('a planted line', () => {
  const vocabulary = 'copper lantern orchard violin harbour candle thunder velvet ledger marble saddle compass'.split(
    ' ',
  )
  const line = fc.shuffledSubarray(vocabulary, { minLength: 3, maxLength: 3 })

  test('is found, in whatever it is planted', () => {
    fc.assert(
      fc.property(line, fc.nat(3), fc.string({ maxLength: 60 }), (words, place, noise) => {
        const others = [
          'She sleeps badly.',
          'Nobody visits the island.',
          'Breakfast is porridge.',
          'Winter came early.',
        ]
        const description = others.toSpliced(place, 0, `The ${words.join(' and the ')} frighten her.`).join(' ')
        const planted = createCard({ name: 'Ida', description })
        const found = xrayCard(planted, [plan(`${noise}\nShe avoids ${words[0]}, and ${words[2]} too.`)])
        expect(found[place]?.turns).toBe(1)
      }),
    )
  })
})

test('lines and excerpts are stretches of what was written', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (text) => {
      const document = createCard({ name: 'A', description: text })
      for (const { range, text: line, uses } of xrayCard(document, [plan(text)])) {
        expect(text.slice(range.start, range.end)).toBe(line)
        for (const { excerpt } of uses) expect(text).toContain(excerpt)
      }
    }),
  )
  expect(readSentences('One. “Two!” Three')).toHaveLength(3)
})

test('2,000 turns take less than half a second', () => {
  const raw = JSON.parse(readFileSync('characters/sherlock-holmes/card.json', 'utf8')) as JsonObject
  const document = { spec: 'v3', raw } as const
  const vocabulary = JSON.stringify(raw).split(/\W+/)
  let seed = 7
  const next = () => {
    seed = (seed * 1103515245 + 12345) % 2147483648
    return seed
  }
  // About as long as HER plans: 580 tokens at the mean.
  const planned = Array.from({ length: 2000 }, (_, turn) => {
    const words = Array.from({ length: 450 }, (__, index) =>
      next() % 5 === 0 ? vocabulary[next() % vocabulary.length] : `w${next() % 20_000}${index % 18 === 17 ? '.' : ''}`,
    )
    return plan(words.join(' '), `t${turn}`)
  })
  xrayCard(document, planned.slice(0, 100))
  const times = [1, 2, 3].map(() => cpuTime(() => xrayCard(document, planned)))
  expect(Math.min(...times)).toBeLessThan(2000)
})

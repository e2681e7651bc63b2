import { strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { cpuTime } from '#lib/cpu-time.test-kit.ts'
import { createCard } from './create-card.ts'
import { png } from './png-fixture.ts'
import { type CardItem, describeCardError, readCard, readCards } from './read-card.ts'
import { viewCard } from './view-card.ts'
import { writeCard } from './write-card.ts'

const ana = createCard({ name: 'Ana' })
const bea = createCard({ name: 'Bea' })

function outcome({ result }: CardItem): string {
  if (result.ok) return viewCard(result.value.document).name
  expect(describeCardError(result.error)).toMatch(/^[A-Z].*\.$/)
  return result.error.type
}

function outcomes(bytes: Uint8Array, fileName?: string) {
  return [...readCards(bytes, fileName)].map((item) => [item.fileName, outcome(item)])
}

test('a file of one card gives one', () => {
  const bytes = writeCard({ document: ana }, 'png')
  expect(outcomes(bytes, 'a.png')).toEqual([['a.png', 'Ana']])
  expect([...readCards(bytes, 'a.png')][0]?.bytes).toBe(bytes)
  expect(outcomes(strToU8('?'), 'a')).toEqual([['a', 'unknown-format']])
})

test('a list gives each of its cards, as a file of its own', () => {
  const list = strToU8(JSON.stringify([ana.raw, 7, { ...bea.raw, data: { description: 'no name' } }]))
  expect(outcomes(list, 'all.json')).toEqual([
    ['all 1.json', 'Ana'],
    ['all 2.json', 'not-a-card'],
    ['all 3.json', 'all 3'],
  ])
  for (const item of readCards(list, 'all.json')) {
    const again = readCard(item.bytes, item.fileName)
    if (item.result.ok) expect(again).toMatchObject({ ok: true, value: { document: item.result.value.document } })
  }
  expect(readCard(list)).toEqual({ ok: false, error: { type: 'several-cards', count: 3 } })
})

test('a list of one is that one', () => {
  const result = readCard(strToU8(JSON.stringify([ana.raw])))
  expect(result).toMatchObject({ ok: true, value: { warnings: [{ type: 'wrapped-json', as: 'list' }] } })
})

test('an archive gives each card in it, whatever its format', () => {
  const archive = zipSync({
    'readme.txt': strToU8('hello'),
    'cards/a.png': writeCard({ document: ana }, 'png'),
    'cards/b.charx': writeCard({ document: bea }, 'charx'),
    'c.yaml': strToU8('name: Cleo\ncontext: x'),
    'picture.png': png([]),
    'pile.zip': zipSync({ 'a.json': strToU8('{}') }),
    'nested.json': strToU8(JSON.stringify([ana.raw, bea.raw])),
  })
  expect(outcomes(archive)).toEqual([
    ['cards/a.png', 'Ana'],
    ['cards/b.charx', 'Bea'],
    ['c.yaml', 'Cleo'],
    ['picture.png', 'no-card-inside'],
    ['nested.json', 'several-cards'],
  ])
})

test('cards are read when they are asked for', () => {
  const [first] = readCards(zipSync({ 'a.json': strToU8(JSON.stringify(ana.raw)), 'b.json': strToU8('{') }))
  expect(first && outcome(first)).toBe('Ana')
  expect(first?.count).toBe(2)
})

test('more cards than anybody has are refused at once', () => {
  const many = strToU8(JSON.stringify(Array.from({ length: 2001 }, () => ana.raw)))
  expect(outcomes(many, 'x')).toEqual([['x', 'too-many-cards']])
})

test('archives within archives share what they may unfold to', { timeout: 60_000 }, () => {
  const icon = { type: 'icon', uri: 'embeded://i.png', name: 'main', ext: 'png' }
  const card = { spec: 'chara_card_v3', data: { name: 'B', description: '', assets: [icon] } }
  const bomb = zipSync({ 'card.json': strToU8(JSON.stringify(card)), 'i.png': new Uint8Array(49 * 1_048_576) })
  const crowd = zipSync(
    Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`${at}.charx`, [bomb, { level: 0 }]])),
  )
  let read: unknown[] = []
  const spent = cpuTime(() => {
    read = outcomes(crowd)
  })
  expect(read).toHaveLength(60)
  // Six of them use up all there is; without a bound it would be ten times that.
  expect(spent).toBeLessThan(10_000)
})

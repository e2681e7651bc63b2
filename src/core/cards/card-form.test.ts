import { describe, expect, test } from 'vitest'
import type { CardDocument } from './card.ts'
import { weighCard } from './card-weight.ts'
import { compareCards } from './compare-cards.ts'
import { createCard } from './create-card.ts'
import { depthPromptOf, editDepthPrompt } from './depth-prompt.ts'
import { addAsset, editAsset, removeAsset } from './edit-assets.ts'
import { editField } from './edit-card.ts'
import { editGreetings, greetingsOf } from './edit-greetings.ts'
import { editHer } from './edit-her.ts'
import { viewCard } from './view-card.ts'

const card: CardDocument = {
  spec: 'v2',
  raw: {
    spec: 'chara_card_v2',
    zeta: 1,
    first_mes: 'Hi',
    data: {
      name: 'Ada',
      first_mes: 'Hi',
      alternate_greetings: ['', 'Ho'],
      extensions: { other: { kept: true }, depth_prompt: { prompt: '', depth: '', role: 'user', more: 2 } },
    },
  },
}

describe('greetings', () => {
  test('are given as they are written, the empty ones too, and none are made up', () => {
    expect(greetingsOf(card)).toEqual({ first: 'Hi', alternates: ['', 'Ho'], groupOnly: undefined })
    expect(greetingsOf(createCard({ name: 'B' }))).toEqual({ first: '', alternates: [], groupOnly: [] })
    expect(editGreetings(card, greetingsOf(card))).toBe(card)
  })

  test('are edited in their places, the mirror at the root with them', () => {
    const edited = editGreetings(card, { first: 'Hello', alternates: ['Ho', ''], groupOnly: undefined })
    expect(edited.raw).toMatchObject({ first_mes: 'Hello', zeta: 1, data: { alternate_greetings: ['Ho', ''] } })
    expect(edited.raw['data']).not.toHaveProperty('group_only_greetings')
  })
})

test('what only HER knows is written beside what others keep, and taken out when it is emptied', () => {
  const edited = editHer(editHer(card, 'motivation', 'Numbers'), 'relationships', { Bo: 'A friend' })
  expect(viewCard(edited).her).toEqual({ motivation: 'Numbers', relationships: { Bo: 'A friend' } })
  expect(edited.raw).toMatchObject({ data: { extensions: { other: { kept: true } } } })
  expect(editHer(editHer(edited, 'motivation', ''), 'relationships', {})).toEqual(card)
})

test('a note at depth is read leniently and edited without loss', () => {
  expect(depthPromptOf(createCard({ name: 'A' }))).toBeUndefined()
  expect(depthPromptOf(card)).toEqual({ prompt: '', depth: 4, role: 'user' })
  const edited = editDepthPrompt(card, { prompt: 'Rain.', depth: 2 })
  expect(edited.raw).toMatchObject({
    data: { extensions: { depth_prompt: { prompt: 'Rain.', depth: 2, role: 'user', more: 2 } } },
  })
})

test('a card that lists nothing keeps its picture as its icon when something is added', () => {
  const added = addAsset(card, { type: 'emotion', name: 'joy', path: 'assets/joy.png', ext: 'png' })
  const assets = (document: CardDocument) => (document.raw['data'] as { assets: { name: string }[] }).assets
  expect(assets(added)).toEqual([
    { type: 'icon', uri: 'ccdefault:', name: 'main', ext: 'png' },
    { type: 'emotion', uri: 'embeded://assets/joy.png', name: 'joy', ext: 'png' },
  ])
  expect(assets(editAsset(added, 1, 'name', 'glee'))[1]?.name).toBe('glee')
  expect(assets(removeAsset(added, 0)).map(({ name }) => name)).toEqual(['joy'])
})

test('differences are told field by field, and what has no field is told too', () => {
  const other = editField(editField(card, 'first_mes', 'Hello'), 'unknown', 7)
  expect(compareCards(card, card)).toEqual([])
  expect(compareCards(card, other).map(({ title }) => title)).toEqual(['First greeting', 'Everything else'])
  expect(compareCards(card, other)[0]).toEqual({ title: 'First greeting', before: 'Hi', after: 'Hello' })
})

test('the first greeting weighs only for a while, and the others not at all', () => {
  const light = weighCard(createCard({ name: 'Ada', greetings: ['One two three'] }))
  const heavy = weighCard(createCard({ name: 'Ada', greetings: ['One two three', 'Four five six seven eight'] }))
  expect(light).toEqual(heavy)
  expect(light.temporary).toBeGreaterThan(0)
  expect(weighCard(createCard({ name: 'Ada', description: 'A long one.' })).permanent).toBeGreaterThan(light.permanent)
})

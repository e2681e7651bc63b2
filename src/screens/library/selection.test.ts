import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CharacterId } from '#core/ids.ts'
import { nothingSelected, selectAll, stretch, toggle } from './selection.ts'

const order = ['a', 'b', 'c', 'd', 'e'] as CharacterId[]
const [a, b, c, d] = order as [CharacterId, CharacterId, CharacterId, CharacterId]

test('a stretch goes from where it began to where it ends, and shrinks again', () => {
  let selection = toggle(nothingSelected, b)
  selection = stretch(selection, order, b, d)
  expect([...selection.ids]).toEqual([b, c, d])
  selection = stretch(selection, order, d, c)
  expect([...selection.ids]).toEqual([b, c])
  selection = stretch(selection, order, c, a)
  expect([...selection.ids].sort()).toEqual([a, b])
})

test('a stretch without a beginning begins at the focus; what was selected before stays', () => {
  expect([...stretch(nothingSelected, order, c, d).ids]).toEqual([c, d])
  const selection = stretch(toggle(toggle(nothingSelected, a), c), order, c, d)
  expect([...selection.ids].sort()).toEqual([a, c, d])
})

test('toggling twice changes nothing; all are all', () => {
  const ids = fc.uniqueArray(fc.constantFrom(...order))
  fc.assert(
    fc.property(ids, fc.constantFrom(...order), (selected, id) => {
      const before = selectAll(selected)
      expect(toggle(toggle(before, id), id).ids).toEqual(before.ids)
    }),
  )
  expect(selectAll(order).ids.size).toBe(order.length)
})

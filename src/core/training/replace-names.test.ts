import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createReplaceNames } from './replace-names.ts'

test('whole words, in their case, longest first', () => {
  const replace = createReplaceNames([
    { from: 'Anna', to: 'Mara' },
    { from: 'Anna Karenina', to: 'Eve Low' },
    { from: 'St. Ives', to: 'Greyport' },
    { from: 'Mara', to: 'Nobody' },
  ])
  expect(replace('Anna’s ANNA, anna; Annabel, Joanna and anna karenina. Anna_Karenina')).toBe(
    'Mara’s MARA, mara; Annabel, Joanna and eve low. Eve Low',
  )
  expect(replace('From St. Ives, from ST. IVES.')).toBe('From Greyport, from GREYPORT.')
  expect(replace('Mara and Anna')).toBe('Nobody and Mara')
})

test('in scripts without blanks names are found where they stand', () => {
  expect(createReplaceNames([{ from: '安娜', to: '林月' }])('安娜说：“我是安娜。”')).toBe('林月说：“我是林月。”')
  expect(createReplaceNames([{ from: 'Zoë', to: 'Ida' }])('Zoë, Zoës, ZOË')).toBe('Ida, Zoës, IDA')
})

test('no name of the table stays by itself, whatever the texts', () => {
  const name = fc.stringMatching(/^[A-Za-z][A-Za-zé'. -]{0,10}[A-Za-z]$/)
  fc.assert(
    fc.property(name, fc.array(fc.constantFrom(' ', ', ', '“', '\n', '!', '_'), { maxLength: 4 }), (from, between) => {
      const replace = createReplaceNames([{ from, to: '###' }])
      const text = between.map((gap) => gap + from).join('')
      expect(replace(text)).toBe(between.map((gap) => `${gap}###`).join(''))
    }),
  )
  expect(createReplaceNames([{ from: ' ', to: 'x' }])('a b')).toBe('a b')
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { emptyCard } from './card.ts'
import { fieldMacroNames, fieldMacros } from './field-macros.ts'
import { expandMacros } from './macros.ts'

const names = { char: 'Anna', user: 'Sam' }

function expand(text: string, card: Partial<typeof emptyCard>, persona = ''): string {
  return expandMacros(text, { ...names, others: fieldMacros({ ...emptyCard, ...card }, persona, names) })
}

test.each<[string, Partial<typeof emptyCard>, string]>([
  ['{{persona}}', {}, 'A clerk.'],
  ['{{Scenario}}', { scenario: ' {{char}} waits for {{user}}. ' }, 'Anna waits for Sam.'],
  [
    '{{description}}',
    { description: 'Meets {{persona}} {{scenario}}', scenario: 'At dusk.' },
    'Meets A clerk. At dusk.',
  ],
  ['{{charVersion}}', { version: '1.2' }, '1.2'],
  ['<{{scenario}}>', {}, '<>'],
])('%s of %j', (text, card, expected) => {
  expect(expand(text, card, 'A clerk.')).toBe(expected)
})

test('a text that stands for itself ends, whatever the circle', () => {
  expect(expand('{{scenario}}', { scenario: 'Again: {{scenario}}.' })).toBe('Again: .')
  const circle = { scenario: '[{{description}}]', description: '({{personality}})', personality: '<{{scenario}}>' }
  expect(expand('{{description}}', circle)).toBe('(<[]>)')
  const text = fc.array(fc.constantFrom(...fieldMacroNames.map((name) => `{{${name}}}`), 'x'), { maxLength: 40 })
  fc.assert(
    fc.property(text, text, text, text, (description, personality, scenario, asked) => {
      const card = {
        description: description.join(''),
        personality: personality.join(''),
        scenario: scenario.join(''),
      }
      expect(expand(asked.join(''), card, '{{user}} {{scenario}}')).not.toMatch(/\{\{(?:description|personality)/)
    }),
  )
})

test('what the persona says is no macro', () => {
  expect(expand('{{persona}}', { scenario: 'secret' }, '{{scenario}}')).toBe('{{scenario}}')
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inHerTags, joinLayers, newPart, notationOf, splitLayers, withLayer } from './layered-text.ts'

const bits = fc.constantFrom(
  ...['*', '**', '"', '“', '”', ' ', '\n\n', 'She looks up.', 'Hello', 'Ann: ', '[', ']', '(', ')', '`', '<', '>'],
  ...['<role_thinking>', '</role_thinking>', '<role_action>', '</role_action>', '<think>', '</think>', '<|im_end|>'],
)

test('the parts of any text joined are the text', () => {
  const texts = fc.oneof(
    fc.string(),
    fc.array(bits).map((all) => all.join('')),
  )
  fc.assert(fc.property(texts, (text) => joinLayers(splitLayers(text, 'Ann')) === text))
})

describe('marks', () => {
  test('stand with what they mark', () => {
    expect(splitLayers('*She looks up.* "Hello."\n\n*Smiles.* Then.', 'Ann')).toEqual([
      { layer: 'role_action', before: '*', text: 'She looks up.', after: '*' },
      { layer: 'speech', before: ' "', text: 'Hello.', after: '"' },
      { layer: 'role_action', before: '\n\n*', text: 'Smiles.', after: '*' },
      { layer: 'speech', before: ' ', text: 'Then.', after: '' },
    ])
    expect(splitLayers('Hi<role_action>waves</role_action><role_thinking>Who?</role_thinking>Well', 'Ann')).toEqual([
      { layer: 'speech', before: '', text: 'Hi', after: '' },
      { layer: 'role_action', before: '<role_action>', text: 'waves', after: '</role_action>' },
      { layer: 'role_thinking', before: '<role_thinking>', text: 'Who?', after: '</role_thinking>' },
      { layer: 'speech', before: '', text: 'Well', after: '' },
    ])
  })

  test('are replaced with the layer, and blanks are not', () => {
    const [, said] = splitLayers('*She looks up.* "Hello."\n\n*Then.*', 'Ann')
    expect(said && withLayer(said, 'role_thinking', 'prose')).toEqual({
      layer: 'role_thinking',
      before: ' <role_thinking>',
      text: 'Hello.',
      after: '</role_thinking>',
    })
  })

  test.each(['her', 'prose'] as const)('of a new part are read as they were meant (%s)', (notation) => {
    for (const layer of ['role_action', 'role_thinking', 'speech'] as const) {
      const before = splitLayers('*She looks up.*', 'Ann')
      const text = joinLayers([...before, { ...newPart(layer, notation, before.at(-1)), text: 'New words.' }])
      expect(splitLayers(text, 'Ann').map((part) => [part.layer, part.text])).toEqual(
        layer === 'role_action'
          ? [
              ['role_action', 'She looks up.'],
              ['role_action', 'New words.'],
            ]
          : [
              ['role_action', 'She looks up.'],
              [layer, 'New words.'],
            ],
      )
    }
  })
})

test('a text is put into HER tags', () => {
  const text = inHerTags(splitLayers('*She looks up.* "Hello."', 'Ann'))
  expect(text).toBe('<role_action>She looks up.</role_action>Hello.')
  expect(notationOf(text)).toBe('her')
  expect(notationOf('*She looks up.*')).toBe('prose')
})

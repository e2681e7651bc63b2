import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ExampleLine, readExampleDialogue } from './example-dialogue.ts'

const names = { character: ['Ana Bell', 'Ana'], user: ['Sam', 'Re: Zero'] }
const read = (text: string) =>
  readExampleDialogue(text, names).map((block) => block.map(({ speaker, text: said }) => `${speaker}|${said}`))

test('blocks, speakers in every spelling, and lines that go on', () => {
  expect(
    read('<START>\n{{user}}: Hi: there\n{{char}}: *waves*\nHello.\n\n<start>\nAna: One\nSam : Two\nana bell: Three'),
  ).toEqual([
    ['user|Hi: there', 'character|*waves*\nHello.'],
    ['character|One', 'user|Two', 'character|Three'],
  ])
})

test('text that does not begin with <START> is a block too; empty blocks are none', () => {
  expect(read('<BOT>: a\n<USER>: b\n<START><START>\n\n<START>\n<CHAR>：c')).toEqual([
    ['character|a', 'user|b'],
    ['character|c'],
  ])
  expect(read('')).toEqual([])
  expect(read('<START>')).toEqual([])
})

test('what stands before the first speaker is a note', () => {
  expect(read('A bar, at night.\nRain.\n{{Char}}: Drink?')).toEqual([
    ['note|A bar, at night.\nRain.', 'character|Drink?'],
  ])
})

test('a name is one only with its colon, and may hold one itself', () => {
  expect(read('{{user}}: a\nAna says: no\nAnabel: no\nRe: Zero: yes')).toEqual([
    ['user|a\nAna says: no\nAnabel: no', 'user|yes'],
  ])
})

test('no word is lost', () => {
  const piece = fc.constantFrom('<START>', '\n', '{{char}}:', 'Sam:', 'word', ' ', 'x: y', '{{user}} :')
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const words = (text: string) => text.split(/word|y/).length
      const text = pieces.join('')
      const said = readExampleDialogue(text, names)
        .flat()
        .map((line: ExampleLine) => line.text)
      expect(words(said.join('\n'))).toBe(words(text))
    }),
  )
})

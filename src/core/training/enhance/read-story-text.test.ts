import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cpuTime } from '#lib/cpu-time.test-kit.ts'
import { readStoryText } from './read-story-text.ts'

function read(text: string) {
  const result = readStoryText(text)
  if (!result.ok) return result.error.sentence
  const { characters, turns } = result.value
  return turns.map(({ speaker, raw }) => {
    const name =
      speaker.kind === 'character' ? characters.find(({ key }) => key === speaker.characterKey)?.name : speaker.kind
    return `${name}| ${raw}`
  })
}

test('lines with names, and what stands between them', () => {
  expect(
    read(
      'The rain had not stopped.\n\nAnna: Good evening.\n(closes the book)\nBoris: [She lies.] Evening.\n\nNarrator: A door slams.\n\nAnna: Well.',
    ),
  ).toEqual([
    'environment| The rain had not stopped.',
    'Anna| Good evening.\n(closes the book)',
    'Boris| [She lies.] Evening.',
    'environment| A door slams.',
    'Anna| Well.',
  ])
  expect(read('安娜：晚上好。\n\n鲍里斯：你好。')).toEqual(['安娜| 晚上好。', '鲍里斯| 你好。'])
})

test('prose: quotes belong to whom the sentence names, the rest is done or told', () => {
  expect(
    read(
      'Rain ran down the panes.\n\n"Good evening," said Anna, closing the book. "You are late."\n\nBoris asked, “Late for what?”\n\n“Nobody knows,” it went.',
    ),
  ).toEqual([
    'environment| Rain ran down the panes.',
    'Anna| Good evening, (closing the book) You are late.',
    'Boris| Late for what?',
    'environment| “Nobody knows,” it went.',
  ])
  expect(read('外面下着雨。\n\n“晚上好。”安娜说。')).toEqual(['environment| 外面下着雨。', '安娜| 晚上好。'])
  expect(read('Rain, and nothing else.')).toBe('Nobody speaks in this text, as far as we can tell.')
  expect(read('See: this is one line.')).toMatchObject(['See| this is one line.'])
})

test('whatever the text, in time that grows with it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('Anna: ', '"', '“', ' said Anna', '\n', '\n\n', 'x ', '：', '(', '*')),
      (parts) => void read(parts.join('')),
    ),
  )
  for (const part of ['A', '"', '"a" said Anna ', 'Anna: x\n', '\n ', '说', ' Anna'])
    expect(cpuTime(() => read(part.repeat(200_000 / part.length)))).toBeLessThan(3000)
})

import { describe, expect, test } from 'vitest'
import { writeReply } from '#core/her/write.ts'
import { cpuTime } from '#lib/cpu-time.test-kit.ts'
import { anna, boris, part, story, turn } from './story.test-kit.ts'
import { everyLayer, type LayerChoice } from './story.ts'
import { writeScript, writeScriptMarkdown, writeScriptText } from './write-script.ts'

const words: LayerChoice = new Set(['speech', 'role_action'])

const play = story(
  [
    turn('a', null, { raw: 'Rain on the shutters.', dialect: 'markdown', speaker: { kind: 'environment' } }),
    turn('b', 'a', {
      raw: writeReply([
        part('system_thinking', 'She hides it.'),
        part('role_action', '(turns from the window)'),
        part('role_thinking', 'He knows.'),
        part('speech', 'I prefer the fire.\n\nAnd you?'),
      ]),
    }),
    turn('c', 'b', { raw: 'Do you?', whisperTo: [anna], speaker: { kind: 'character', characterId: boris } }),
  ],
  'c',
)

describe('a script', () => {
  test('has names, directions in brackets, and lines', () => {
    expect(writeScriptText(play, words)).toBe(
      [
        'THE LETTER',
        '',
        '  Anna',
        '  Boris',
        '  Clara',
        '',
        '    (Rain on the shutters.)',
        '',
        'ANNA',
        '    (turns from the window)',
        'I prefer the fire.',
        'And you?',
        '',
        'BORIS',
        '    (whispers to Anna)',
        'Do you?',
        '',
      ].join('\n'),
    )
  })

  test('has thoughts as asides, where they are chosen', () => {
    expect(writeScriptText(play, everyLayer)).toContain('    (Aside: He knows.)\n')
    expect(writeScriptMarkdown(play, everyLayer)).toContain('*(Aside\\: He knows.)*')
    expect(writeScriptMarkdown(play, everyLayer)).toContain('**ANNA**\n\n> \\[Planning\\: She hides it.\\]')
    const page = writeScript(play, everyLayer)
    expect(page).toContain('<h2 lang="" dir="auto">Anna</h2>')
    expect(page).toContain('<p class="aside" lang="" dir="auto">(Aside: He knows.)</p>')
    expect(page).toContain(
      '<article class="told">\n<p class="direction" lang="" dir="auto">(Rain on the shutters.)</p>',
    )
    expect(writeScript(play, words)).not.toMatch(/He knows|She hides/)
  })

  test('of 10,000 turns is written in a moment', () => {
    const raw = play.turns[1]?.raw ?? ''
    const turns = Array.from({ length: 10_000 }, (_, index) =>
      turn(String(index).padStart(5, '0'), index === 0 ? null : String(index - 1).padStart(5, '0'), { raw }),
    )
    const long = story(turns)
    const spent = cpuTime(() => expect(writeScript(long, everyLayer).match(/<article>/g)).toHaveLength(10_000))
    // A busy machine is slow; what grows with the square of its length is slower still.
    expect(spent).toBeLessThan(20_000)
  })
})

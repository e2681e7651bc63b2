import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseReply } from '#core/her/parse.ts'
import type { Segment } from '#core/her/segment.ts'
import { writeReply } from '#core/her/write.ts'
import { inPlayerMarks } from './in-player-marks.ts'

const speaker = { kind: 'environment' } as const

test('a line in tags becomes one in marks', () => {
  const raw = '<role_action>nods</role_action>Yes.<role_thinking>No</role_thinking>'
  expect(inPlayerMarks({ speaker, dialect: 'her', raw })).toMatchObject({ dialect: 'player', raw: '*nods* Yes. [No]' })
})

test('whatever a line says, it reads the same in either', () => {
  const segment: fc.Arbitrary<Segment> = fc.record({
    layer: fc.constantFrom('system_thinking', 'role_thinking', 'role_action', 'speech'),
    text: fc.stringMatching(/^[a-z *[\]()"]{0,12}$/),
    closed: fc.constant(true),
  })
  const read = (raw: string, dialect: 'her' | 'player' | 'coser' | 'markdown') =>
    parseReply(raw, { dialect }).segments.map(({ layer, text }) => [layer, text.trim()])
  fc.assert(
    fc.property(fc.array(segment, { maxLength: 5 }), (segments) => {
      const raw = writeReply(segments)
      const line = inPlayerMarks({ speaker, dialect: 'her', raw })
      expect(read(line.raw, line.dialect)).toEqual(read(raw, 'her'))
    }),
    { numRuns: 500 },
  )
})

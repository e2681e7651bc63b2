import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { utcTime } from '#lib/calendar.ts'
import { readChat } from './read-chat.ts'
import type { ReadChatOptions } from './read-chat-result.ts'
import { stories, story, turn } from './story.test-kit.ts'
import { everyLayer } from './story.ts'
import { writeStoryFile } from './story-file.ts'
import { readTavernDate } from './tavern-dates.ts'
import { writeTavern } from './write-tavern.ts'
import { writeText } from './write-text.ts'

/** "who: words" of every turn; of one parent in a row, takes. */
function told(text: string, options: ReadChatOptions = {}): string[] {
  const result = readChat(text, options)
  if (!result.ok) throw new Error(result.error.sentence)
  const { draft } = result.value
  const names = new Map(draft.characters.map(({ key, name }) => [key, name]))
  return draft.turns.map(({ speaker, raw, parentKey }) => {
    const who = speaker.kind === 'character' ? names.get(speaker.characterKey) : speaker.kind
    return `${parentKey ?? ''}>${who}: ${raw}`
  })
}

function warnings(text: string): readonly string[] {
  const result = readChat(text)
  return result.ok ? result.value.warnings : [result.error.sentence]
}

function lines(...values: readonly unknown[]): string {
  return values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join('\n')
}

const header = { user_name: 'Clara', character_name: 'Anna', chat_metadata: {} }

describe('a SillyTavern chat', () => {
  test('has swipes as takes, and goes on from the one that was shown', () => {
    const chat = lines(
      header,
      { name: 'Anna', is_user: false, mes: 'Two', swipes: ['One', 'Two', 'Three'], swipe_id: 1 },
      { name: 'Clara', is_user: true, mes: '*nods*' },
    )
    expect(told(chat)).toEqual(['>Anna: One', '>Anna: Two', '>Anna: Three', '1.2>user: *nods*'])
    expect(warnings(chat)).toEqual([])
  })

  test('trusts what was on screen over its swipes', () => {
    const message = { name: 'Anna', mes: 'Edited', swipes: ['One', 'Two'], swipe_id: 1 }
    expect(told(lines(header, message, { name: 'Clara', is_user: true, mes: 'Oh' }))).toEqual([
      '>Anna: One',
      '>Anna: Two',
      '>Anna: Edited',
      '1.3>user: Oh',
    ])
  })

  test('has reasoning as planning, of each swipe its own', () => {
    const chat = lines(header, {
      name: 'Anna',
      mes: '*smiles* "Hello."',
      extra: { reasoning: 'Be kind.</think>Really' },
      swipes: ['*smiles* "Hello."', 'No.'],
      swipe_id: 0,
      swipe_info: [{}, { extra: { reasoning: 'Be cold.' } }],
    })
    expect(told(chat)).toEqual([
      '>Anna: <system_thinking>Be kind.\nReally</system_thinking><role_action>smiles</role_action>Hello.',
      '>Anna: <system_thinking>Be cold.</system_thinking>No.',
    ])
  })

  test('names people by their messages where the header does not', () => {
    const chat = lines(
      { user_name: 'unused', character_name: 'unused', chat_metadata: {} },
      { name: 'Clara', is_user: true, mes: 'Hello' },
      { name: 'Anna', mes: 'Yes?' },
      { name: 'Boris', mes: 'Me too' },
      { name: 'Anna', mes: 'Oh' },
    )
    const result = readChat(chat)
    expect(result.ok && result.value.draft).toMatchObject({
      userName: 'Clara',
      characters: [{ name: 'Anna' }, { name: 'Boris' }],
    })
  })

  test('tells of narrators, comments, hidden messages and attachments', () => {
    const chat = lines(
      { name: 'System', is_system: true, mes: 'Night falls.', extra: { type: 'narrator' } },
      { name: 'Note', is_system: true, mes: 'mind the plot', extra: { type: 'comment' } },
      { name: 'Anna', is_system: true, mes: 'Psst.', extra: { image: '/user/images/a.png' } },
    )
    expect(told(chat)).toEqual(['>environment: Night falls.', '1.1>Anna: Psst.'])
    expect(warnings(chat)).toEqual([
      '1 comment was left out.',
      '1 message hidden from the model in SillyTavern was imported as part of the story.',
      'Attachments of 1 message are on the SillyTavern server and did not come along.',
    ])
  })

  test('tells which of its prompt texts have no place here', () => {
    const metadata = { note_prompt: 'Be brief.', scenario: ' ', system_prompt: 'You are.', __proto__: null }
    expect(warnings(lines({ ...header, chat_metadata: metadata }, { name: 'A', mes: 'x' }))).toEqual([
      'Not imported, as it has no place here: the author’s note, the chat’s own system prompt.',
    ])
  })

  test('may have a byte order mark, blank lines, bad lines, no header and a cut-off end', () => {
    const chat = `\ufeff${lines({ name: 'A', mes: 'x' }, '', 'nonsense', '[]', '{"name":"A"}', '{"name":"A","mes":"tru')}`
    expect(told(chat.replaceAll('\n', '\r\n'))).toEqual(['>A: x'])
    expect(warnings(chat)).toEqual(['4 lines (3, 4, 5, 6) could not be read and were left out.'])
    expect(told(lines('{"broken', { name: 'A', mes: 'x' }))).toEqual(['>A: x'])
    expect(warnings(lines(header))).toEqual(['This SillyTavern chat has no message that can be read.'])
  })

  test('may be Chub’s', () => {
    const chat = lines(header, {
      name: 'Anna',
      mes: { message: 'One' },
      swipes: [{ message: 'One' }, { message: 'Two' }],
    })
    expect(told(chat)).toEqual(['>Anna: One', '>Anna: Two'])
  })

  test('has its dates in any of the ways it had', () => {
    expect(readTavernDate('2026-01-02T03:04:05.678Z')).toBe(utcTime(2026, 1, 2, 3, 4, 5, 678))
    expect(readTavernDate('2026-01-02T03:04:05+02:00')).toBe(utcTime(2026, 1, 2, 1, 4, 5))
    expect(readTavernDate('January 2, 2026 12:04am')).toBe(utcTime(2026, 1, 2, 0, 4))
    expect(readTavernDate('June 19, 2023 2:20pm')).toBe(utcTime(2023, 6, 19, 14, 20))
    expect(readTavernDate('2023-05-01 @12h 00m 00s 000ms')).toBe(utcTime(2023, 5, 1, 12))
    expect(readTavernDate('2024-1-2@03h04m05s')).toBe(utcTime(2024, 1, 2, 3, 4, 5))
    expect([readTavernDate('1687599323828'), readTavernDate(1687599323828)]).toEqual([1687599323828, 1687599323828])
    expect(['', 'yesterday', null, -1, 1e300, 'Smarch 2, 2026 1:00am'].map(readTavernDate)).toEqual(
      Array.from({ length: 6 }, () => undefined),
    )
  })
})

describe('a text', () => {
  test('is read by the names its lines begin with', () => {
    const text = 'Anna: Yes?\nCome in: the door is open.\n\nClara: *enters* Hello.\nAnna: Oh.'
    expect(told(text)).toEqual(['>Anna: Yes?\nCome in: the door is open.', '1>user: *enters* Hello.', '2>Anna: Oh.'])
    expect(warnings(text)).toEqual(['Your own lines are taken to be those of “Clara”.'])
  })

  test('goes by the names that are known', () => {
    expect(told('Clara: Hello\nAnna: Yes?', { userName: 'Clara', characterNames: ['Anna'] })).toEqual([
      '>user: Hello',
      '1>Anna: Yes?',
    ])
    expect(told('Anna: Yes?\nDora: Hello', { characterNames: ['Anna'] })).toEqual(['>Anna: Yes?', '1>user: Hello'])
  })

  test('of ours is read with its people and marks', () => {
    const one = story([
      turn('a', null, { raw: '<role_action>looks up</role_action>Yes?<role_thinking>Him.</role_thinking>' }),
      turn('b', 'a', { raw: 'Hello.', speaker: { kind: 'user' } }),
    ])
    expect(told(writeText(one, everyLayer))).toEqual(['>Anna: *looks up* Yes? [Him.]', '1>user: Hello.'])
    expect(warnings(writeText(one, everyLayer))).toEqual([
      'What stands before the first name was left out (1 line).',
      'Your own lines are taken to be those of “Clara”.',
    ])
  })

  test('without names is no chat', () => {
    expect(readChat('It was a dark and stormy night.')).toMatchObject({ ok: false, error: { kind: 'not-a-chat' } })
    expect(readChat(' \n ')).toMatchObject({ ok: false, error: { kind: 'empty' } })
  })
})

describe('what is no chat', () => {
  test.each(['{}', '[]', '{"spec":"chara_card_v2","data":{"name":"A"}}', '[1,2]', '{"a":', `${'['.repeat(9999)}`])(
    '%.40s is refused with a sentence',
    (text) => {
      expect(readChat(text)).toMatchObject({ ok: false, error: { sentence: expect.stringMatching(/\.$/) } })
    },
  )

  test('is told where it breaks off, or what is too much of it', () => {
    const sentence = (text: string) => {
      const result = readChat(text)
      return result.ok ? '' : result.error.sentence
    }
    expect(sentence('{"format":"subtext-chat",\n"title"')).toMatch(/^This file is damaged at line 2, column 8: /)
    expect(sentence(`[${'0,'.repeat(1_000_001)}0]`)).toMatch(/more than 1000000 values/)
    expect(sentence('['.repeat(9999))).toMatch(/deeper than 256/)
  })

  test('is read or refused, whatever it is, and leaves objects alone', () => {
    const value = fc.oneof(fc.json(), fc.string(), fc.constantFrom('__proto__', '', '0', '-1', '1e999', 'null'))
    const evil = fc
      .tuple(
        fc.constantFrom(
          'mes',
          'swipes',
          'swipe_id',
          'extra',
          'name',
          'send_date',
          'swipe_info',
          '__proto__',
          'is_user',
        ),
        value,
      )
      .map(([key, text]) => `{"mes":"x","${key}":${isJson(text) ? text : JSON.stringify(text)}}`)
    const pieces = fc.constantFrom(
      '{"user_name":"a","chat_metadata":{"__proto__":{"polluted":1}}}',
      '{"name":"b","mes":"x","extra":{"__proto__":{"reasoning":"y"}}}',
      '{"type":"risuChat","data":{"message":[{"role":"char","data":1},null]}}',
      '{"histories":{"histories":[{"msgs":[null,{"src":[],"text":[]}]}]}}',
      '{"data_visible":[["a"],[1,2],null]}',
      'Anna: hi',
      '\r\n',
      '\n',
      '',
      '}',
    )
    fc.assert(
      fc.property(
        fc.array(fc.oneof(evil, pieces, value), { maxLength: 6 }),
        fc.constantFrom('\n', '\r\n', ''),
        (parts, gap) => {
          checkRead(parts.join(gap))
        },
      ),
      { numRuns: 500 },
    )
  })

  test('is read or refused when a chat of ours was damaged', () => {
    const files = fc
      .tuple(stories, fc.boolean())
      .map(([one, isOurs]) =>
        isOurs
          ? writeStoryFile(one, { layers: everyLayer, extent: 'tree' })
          : writeTavern(one, { layers: everyLayer, takes: 'all', marks: 'tags' }),
      )
    const junk = fc.constantFrom('', '"', '}', ']', 'null', '__proto__', '\n', '1e999', '{}', '[[[[')
    fc.assert(
      fc.property(files, fc.nat(), fc.nat(40), junk, (file, at, length, put) => {
        const start = at % file.length
        checkRead(file.slice(0, start) + put + file.slice(start + length))
      }),
    )
  })

  function isJson(text: string): boolean {
    try {
      JSON.parse(text)
      return true
    } catch {
      return false
    }
  }

  function checkRead(text: string): void {
    const result = readChat(text)
    if (result.ok) {
      const { draft, warnings } = result.value
      const seen = new Set<string | null>([null])
      for (const { key, parentKey, createdAt } of draft.turns) {
        expect(seen.has(parentKey) && !seen.has(key) && Number.isFinite(createdAt)).toBe(true)
        seen.add(key)
      }
      expect(seen.has(draft.headKey)).toBe(true)
      for (const warning of warnings) expect(warning).toMatch(/^[\w“].*\.$/)
    } else expect(result.error.sentence).toMatch(/\.$/)
    expect(Object.hasOwn(Object.prototype, 'polluted') || Object.hasOwn(Object.prototype, 'reasoning')).toBe(false)
  }

  test('may be long: a line, the swipes, the lines', () => {
    const swipes = Array.from({ length: 1500 }, (_, index) => String(index))
    const chat = lines(header, { name: 'A', mes: '1499', swipes, swipe_id: 1499 }, `{"mes":"${'x'.repeat(5_000_001)}"}`)
    expect(told(chat)).toHaveLength(1001)
    expect(warnings(chat)).toEqual([
      '1 line was longer than 5 million characters and left out.',
      '499 takes beyond what we can keep were left out.',
    ])
    expect(told(`A: ${':'.repeat(200_000)}\n`.repeat(10))).toHaveLength(10)
  })
})

// Chats that other people made, and chats made for odd cases. They belong to others and so are not in this repository.
const corpus = resolve(process.env['CARD_CORPUS'] ?? '../shared/data/cards')
const absent = !existsSync(corpus)

describe.skipIf(absent)(`the corpus${absent ? ` (skipped: none at ${corpus}; set CARD_CORPUS)` : ''}`, () => {
  const bytesOf = (name: string) => readFileSync(resolve(corpus, name), 'utf8')
  const expected: Readonly<Record<string, number>> = {
    'chat_st_2023.jsonl': 1,
    'chat_crlf_blank_badline.jsonl': 1,
    'chat_risu.json': 2,
    'chat_cai.json': 1,
    'chat_ooba.json': 2,
  }

  test.each(Object.entries(expected))('%s has %i messages', (name, count) => {
    const result = readChat(bytesOf(`synthetic/${name}`))
    expect(result.ok && result.value.draft.turns.length).toBe(count)
  })

  test('of bad lines tells', () => {
    expect(warnings(bytesOf('synthetic/chat_crlf_blank_badline.jsonl'))).toEqual([
      '1 line (4) could not be read and was left out.',
    ])
  })

  test('of real chats is read without a warning', () => {
    const names = absent ? [] : readdirSync(resolve(corpus, 'real/chat'))
    for (const name of names) expect([name, ...warnings(bytesOf(`real/chat/${name}`))]).toEqual([name])
  })
})

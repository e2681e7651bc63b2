import { zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { latin1Bytes } from '#lib/bytes.ts'
import type { CardError } from './card-error.ts'
import type { CardWarning } from './card-warning.ts'
import { describeCardError, describeCardWarning, readCard } from './read-card.ts'
import { viewCard } from './view-card.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const v2 = { spec: 'chara_card_v2', spec_version: '2.0', data: { name: 'Ana 灯', first_mes: 'Hi' } }

function utf16(text: string, order: 'le' | 'be'): Uint8Array {
  return Uint8Array.from(
    [...text].flatMap((character) => {
      const code = character.charCodeAt(0)
      return order === 'le' ? [code & 0xff, code >> 8] : [code >> 8, code & 0xff]
    }),
  )
}

function read(input: Uint8Array | string | object) {
  const bytes = input instanceof Uint8Array ? input : utf8(typeof input === 'string' ? input : JSON.stringify(input))
  const result = readCard(bytes, 'C:\\cards\\My card.json')
  if (!result.ok) throw new Error(describeCardError(result.error))
  const { document, warnings } = result.value
  return { document, name: viewCard(document).name, warnings, types: warnings.map(({ type }) => type) }
}

function refusal(input: Uint8Array | string | object): CardError {
  const bytes = input instanceof Uint8Array ? input : utf8(typeof input === 'string' ? input : JSON.stringify(input))
  const result = readCard(bytes)
  if (result.ok) throw new Error('Read, and should not have been')
  expect(describeCardError(result.error)).toMatch(/^[A-Z].*\.$/)
  return result.error
}

describe('which card it is', () => {
  test.each([
    ['V2', v2, 'v2', []],
    ['V3', { ...v2, spec: 'chara_card_v3', spec_version: '3.0' }, 'v3', []],
    ['V1', { name: 'Ana 灯', description: '', first_mes: 'Hi' }, 'v1', []],
    ['V1 under another label', { spec: 'tavern_ai', spec_version: '1.0', name: 'Ana 灯', first_mes: 'x' }, 'v1', []],
    ['V2 with stale V1 fields at the root', { ...v2, name: 'Stale', description: 'old' }, 'v2', []],
    ['a version without a number', { spec: 'chara_card_v3', data: v2.data }, 'v3', []],
    ['a version as a number', { ...v2, spec_version: 2 }, 'v2', []],
    ['a newer minor version', { ...v2, spec: 'chara_card_v3', spec_version: '3.1' }, 'v3', ['newer-version']],
    ['a version to come', { ...v2, spec: 'chara_card_v4' }, 'v3', ['unknown-spec']],
    ['no label', { data: v2.data }, 'v2', ['missing-spec']],
    ['a label and no data', { spec: 'chara_card_v3', ...v2.data }, 'v3', ['missing-data']],
    ['a label and null for data', { spec: 'chara_card_v2', data: null, ...v2.data }, 'v2', ['missing-data']],
  ])('%s', (_, card, spec, warnings) => {
    const result = read(card)
    expect(result).toMatchObject({ name: 'Ana 灯', document: { spec, raw: card }, types: warnings })
  })
})

describe('how it is encoded', () => {
  const text = JSON.stringify(v2)
  test.each([
    ['a UTF-8 mark', utf8(`\uFEFF${text}`)],
    ['a UTF-16 mark, little end first', utf16(`\uFEFF${text}`, 'le')],
    ['a UTF-16 mark, big end first', utf16(`\uFEFF${text}`, 'be')],
    ['UTF-16 without a mark', utf16(text, 'le')],
    ['UTF-16 without a mark, big end first', utf16(text, 'be')],
    ['NULs and blanks behind', utf8(`${text}\n\0\0 `)],
  ])('%s', (_, bytes) => {
    expect(read(bytes)).toMatchObject({ name: 'Ana 灯', document: { raw: v2 }, types: [] })
  })

  test('JSON in a JSON text, and in a list of bytes', () => {
    expect(read(JSON.stringify(text))).toMatchObject({ name: 'Ana 灯', types: ['wrapped-json'] })
    expect(read({ type: 'Buffer', data: [...utf8(text)] })).toMatchObject({ name: 'Ana 灯', types: ['wrapped-json'] })
    expect(refusal(JSON.stringify(JSON.stringify(text)))).toMatchObject({ type: 'not-a-card' })
  })

  test('bytes that are not UTF-8 are replaced, and that is said', () => {
    expect(read(latin1Bytes('{"name":"J\xfcrgen","description":""}'))).toMatchObject({
      name: 'J\uFFFDrgen',
      types: ['invalid-utf8'],
    })
  })
})

describe('mistakes passed over', () => {
  test.each([
    ['a comma too many', '{"name":"Ana",\n"description":"x",}', 'trailing-comma', 2, 18],
    ['a line break in a text', '{"name":"Ana","description":"a\nb"}', 'raw-control-character', 1, 31],
    ['a meaningless escape', '{"name":"Ana","description":"\\*a\\*"}', 'unknown-escape', 1, 30],
    ['something behind the end', '{"name":"Ana","description":""} </html>', 'text-after-end', 1, 33],
  ])('%s', (_, text, kind, line, column) => {
    const result = read(text)
    expect(result.name).toBe('Ana')
    expect(result.warnings).toEqual([{ type: 'repaired-json', repairs: [{ kind, line, column }] }])
    expect(result.warnings.map(describeCardWarning).join()).toContain(`(line ${line}, column ${column})`)
  })

  test('what was repaired reads as it was meant', () => {
    expect(read('{"name":"Ana","description":"a\n\\*b\\* \\u0041\\n",\n}').document.raw).toEqual({
      name: 'Ana',
      description: 'a\n\\*b\\* A\n',
    })
  })

  test('a card without a name is called after its file', () => {
    expect(read({ ...v2, data: { description: 'x' } })).toMatchObject({
      name: 'My card',
      warnings: [{ type: 'missing-name', used: 'My card' }],
    })
    expect(read({ ...v2, data: { name: ' ', nickname: 'Nan' } })).toMatchObject({ name: 'Nan', types: [] })
  })

  test('digits that a number can not keep', () => {
    expect(read('{"name":"A","description":"","extensions":{"id":12345678901234567890}}').warnings).toEqual([
      { type: 'imprecise-numbers', paths: ['extensions.id'] },
    ])
  })
})

describe('refused, with a place', () => {
  test.each([
    ['a missing quote inside a text', '{"name": "Ana",\n "description": "she said "no" twice"}', 2, 28, '"," or "}"'],
    ['a missing bracket', '{"name": "Ana",\n "tags": ["a", "b"', 2, 19, 'the end'],
    ['a text without an end', '{"name": "Ana', 1, 10, 'closing quote'],
    ['a key without quotes', '{name: "Ana"}', 1, 2, 'double quotes'],
    ['a word that is none', '{"name": undefined}', 1, 10, 'a value'],
  ])('%s', (_, text, line, column, problem) => {
    expect(refusal(text)).toEqual({ type: 'malformed-json', line, column, problem: expect.stringContaining(problem) })
    const sentence = describeCardError(refusal(text))
    expect(sentence).toContain(`line ${line}, column ${column}`)
  })

  test('lists and objects nested without end', () => {
    const bomb = `{"name":"A","description":"","x":${'['.repeat(10_000)}${']'.repeat(10_000)}}`
    expect(refusal(bomb)).toMatchObject({ type: 'json-too-deep', line: 1, column: 289 })
    expect(refusal(`{"name":"A","description":"",,"x":${'{"a":'.repeat(100_000)}`)).toMatchObject({
      type: 'json-too-deep',
    })
    expect(read(`{"name":"A","description":"[[[","x":${'['.repeat(255)}${']'.repeat(255)}}`).name).toBe('A')
  })

  test('millions of values', () => {
    const lists = `{"name":"A","description":"","x":[${'[],'.repeat(600_000)}1]}`
    expect(refusal(lists)).toEqual({ type: 'json-too-many-values', limit: 1_000_000 })
    expect(describeCardError(refusal(lists))).toContain('1,000,000 values')
    expect(read(`{"name":"A","description":"${','.repeat(2_000_000)}"}`).name).toBe('A')
  })

  test('more JSON than any card has', () => {
    const huge = utf8(`{"name":"A","description":"${'x'.repeat(16 * 1_048_576)}"}`)
    expect(refusal(huge)).toMatchObject({ type: 'json-too-large' })
    expect(describeCardError(refusal(huge))).toContain('16.1 MB of text; up to 16 MB')
  })

  test('files larger than any card is', () => {
    expect(refusal(new Uint8Array(100 * 1_048_576 + 1))).toMatchObject({ type: 'file-too-large' })
  })

  test('nothing', () => {
    expect(refusal('')).toEqual({ type: 'empty-file' })
    expect(refusal(' \n ')).toEqual({ type: 'unknown-format' })
  })

  test.each([
    [{}, 'an empty object'],
    [[], 'an empty list'],
    [{ a: 1, b: 2, c: 3, d: 4, e: 5 }, 'an object with "a", "b", "c", "d" and more'],
    [{ name: 'only a name' }, 'an object with "name"'],
    [{ spec: 'chara_card_v2' }, 'an object with "spec"'],
  ])('JSON that is no card: %j', (value, found) => {
    expect(refusal(value)).toEqual({ type: 'not-a-card', found })
    expect(describeCardError(refusal(value))).toContain(found)
  })
})

describe('formats told apart and not read', () => {
  test.each<[string, Uint8Array | string | object]>([
    ['lorebook', { name: 'Book', description: 'x', entries: [] }],
    ['lorebook', { entries: { 0: { uid: 0, key: ['a'] } } }],
    ['lorebook', { spec: 'lorebook_v3', data: { entries: [] } }],
    ['lorebook', { type: 'risu', ver: 1, data: [] }],
    ['chat', '{"user_name":"A","character_name":"B"}\n{"name":"B","mes":"x"}'],
    ['chat', { type: 'risuChat', data: { message: [] } }],
    ['chat', { histories: { histories: [] } }],
    ['chat', { data_visible: [['a', 'b']] }],
    ['web-page', '<!DOCTYPE html><html><body>Not found</body></html>'],
    ['gif', latin1Bytes('GIF89a')],
    ['zip', zipSync({ 'readme.txt': latin1Bytes('x') })],
  ])('%s', (format, file) => {
    expect(refusal(file)).toEqual({ type: 'unsupported-format', format })
    expect(describeCardError(refusal(file))).toMatch(/PNG|JSON|lorebook/)
  })

  test('each has a sentence of its own, a PDF has none but is refused too', () => {
    expect(refusal(latin1Bytes('%PDF-1.7'))).toEqual({ type: 'unknown-format' })
  })
})

test('hostile keys are kept as text, named, and reach no prototype', () => {
  const text =
    '{"spec":"chara_card_v2","__proto__":{"polluted":1},"data":{"name":"P","constructor":{"prototype":{"polluted":1}},"extensions":{"__proto__":{"polluted":1},"her":{"__proto__":{"polluted":1},"relationships":{"__proto__":"x"}}},"first_mes":"x"}}'
  const { document, warnings } = read(text)
  const view = viewCard(document)
  expect(Object.hasOwn(document.raw, '__proto__')).toBe(true)
  expect(Object.getPrototypeOf(view.her.relationships)).toBe(Object.prototype)
  expect(Object.entries(view.her.relationships ?? {})).toEqual([['__proto__', 'x']])
  expect(warnings).toContainEqual({
    type: 'suspicious-keys',
    paths: expect.arrayContaining(['__proto__', 'data.constructor', 'data.extensions.__proto__']),
  } satisfies CardWarning)
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
})

import { strToU8, Zip, ZipDeflate, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { concatBytes, latin1Bytes } from '#lib/bytes.ts'
import { cpuTime } from '#lib/cpu-time.test-kit.ts'
import { createBudget } from './budget.ts'
import { storedFile, unpackFile } from './card-file.ts'
import { scanZip } from './read-zip.ts'
import { writeZip } from './write-zip.ts'
import { type ZipEntry, zipOf } from './zip-fixture.ts'

const mebibyte = 1_048_576
const hello = strToU8('Hello, hello, hello')

function names(bytes: Uint8Array) {
  const scan = scanZip(bytes)
  return scan.ok ? scan.value.files.map(({ path }) => path) : scan.error
}

function unpack(bytes: Uint8Array) {
  const scan = scanZip(bytes)
  if (!scan.ok) throw new Error(scan.error)
  return scan.value.files.map((file) => {
    const unpacked = unpackFile(file, createBudget())
    return unpacked.ok ? new TextDecoder().decode(unpacked.value.bytes) : unpacked.error
  })
}

/** An archive as a program writes it that does not know the sizes in advance. */
function streamed(): Uint8Array {
  const parts: Uint8Array[] = []
  const zip = new Zip((_, part) => parts.push(part))
  const file = new ZipDeflate('a.txt')
  zip.add(file)
  file.push(hello, true)
  zip.end()
  return concatBytes(parts)
}

describe('archives as they are found', () => {
  test.each<[string, Uint8Array]>([
    ['packed', zipSync({ 'a.txt': hello })],
    ['not packed', zipSync({ 'a.txt': [hello, { level: 0 }] })],
    ['with sizes behind the data', streamed()],
    ['ZIP64', zipOf([{ name: 'a.txt', bytes: hello }], true)],
    ['with a comment', zipSync({ 'a.txt': hello }, { comment: 'PK\u0005\u0006 is no end' })],
    ['with bytes behind', concatBytes([zipSync({ 'a.txt': hello }), latin1Bytes('\r\n')])],
    [
      'behind a picture, counting from its own start',
      concatBytes([latin1Bytes('picture'), zipSync({ 'a.txt': hello })]),
    ],
    ['our own', writeZip([storedFile('a.txt', hello)])],
  ])('%s', (_, bytes) => {
    expect(names(bytes)).toEqual(['a.txt'])
    expect(unpack(bytes)).toEqual(['Hello, hello, hello'])
  })

  test('where the archive begins is known', () => {
    const scan = scanZip(concatBytes([latin1Bytes('picture'), zipSync({ a: hello })]))
    expect(scan.ok && scan.value.start).toBe(7)
  })

  test('names in any script, flagged or not; folders are no files', () => {
    const entries = [
      { name: '灯台/守.png', bytes: hello },
      { name: 'folder/', bytes: new Uint8Array(), method: 0 },
    ]
    expect(names(zipOf(entries))).toEqual(['灯台/守.png'])
    expect(names(writeZip([storedFile('灯台.png', hello)]))).toEqual(['灯台.png'])
  })
})

describe('hostile archives', () => {
  const entry = { name: 'a', bytes: hello }
  test.each<[string, string, readonly ZipEntry[]]>([
    ['encrypted', 'encrypted', [{ ...entry, flags: 1 }]],
    ['overlapping', 'entries on top of each other', [entry, { ...entry, name: 'b', offset: 0 }]],
    [
      'too-large',
      'more than all measure together',
      Array.from({ length: 7 }, (_, n) => ({ ...entry, name: `${n}`, size: 49 * mebibyte })),
    ],
    ['too-many-entries', 'a crowd', Array.from({ length: 2001 }, (_, n) => ({ ...entry, name: `${n}` }))],
    ['damaged', 'an entry that is not there', [{ ...entry, offset: 7 }]],
  ])('%s: %s', (error, _, entries) => {
    expect(names(zipOf(entries))).toBe(error)
  })

  test('cut off anywhere', () => {
    const whole = zipSync({ a: hello, b: hello })
    for (let length = 0; length < whole.length; length++) expect(names(whole.subarray(0, length))).toBe('damaged')
  })

  test.each(['../x', '/x', 'a/../b', 'a\\b', 'C:x', '', 'a//b', './x', 'a\0b'])('the name %j leads nowhere', (name) => {
    const scan = scanZip(
      zipOf([
        { name, bytes: hello },
        { name: 'good', bytes: hello },
      ]),
    )
    expect(scan.ok && scan.value).toMatchObject({ files: [{ path: 'good' }], unsafeNames: [name] })
  })

  test('of two files of one name the first is taken', () => {
    const scan = scanZip(zipOf([entry, { name: 'a', bytes: strToU8('second') }]))
    expect(scan.ok && scan.value.repeatedNames).toEqual(['a'])
    expect(unpack(zipOf([entry, { name: 'a', bytes: strToU8('second') }]))).toEqual(['Hello, hello, hello'])
  })

  test('keys of objects are names like any other', () => {
    expect(names(zipOf(['__proto__', 'constructor', 'toString'].map((name) => ({ name, bytes: hello }))))).toEqual([
      '__proto__',
      'constructor',
      'toString',
    ])
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  test('a bomb stops at the limit, whatever size it claims', { timeout: 60_000 }, () => {
    const zeros = new Uint8Array(60 * mebibyte)
    for (const size of [10, 50 * mebibyte, zeros.length]) {
      const scan = scanZip(zipOf([{ name: 'a', bytes: zeros, size, checksum: 0 }]))
      if (!scan.ok) throw new Error(scan.error)
      const budget = createBudget()
      const [file] = scan.value.files
      if (!file) throw new Error('No file')
      const spent = cpuTime(() => expect(unpackFile(file, budget)).toEqual({ ok: false, error: 'too-large' }))
      expect(spent).toBeLessThan(1000)
    }
  })

  test('many bombs share one budget', { timeout: 60_000 }, () => {
    const budget = { bytes: 60 * mebibyte }
    const scan = scanZip(zipOf([{ name: 'a', bytes: new Uint8Array(40 * mebibyte) }]))
    const file = scan.ok ? scan.value.files[0] : undefined
    if (!file) throw new Error('No file')
    expect([unpackFile(file, budget).ok, unpackFile(file, budget).ok]).toEqual([true, false])
  })

  test('packed in unknown ways', () => {
    expect(unpack(zipOf([{ name: 'a', bytes: hello, method: 12 }]))).toEqual(['unknown-method'])
    const damaged = zipOf([{ name: 'a', bytes: hello }])
    damaged.fill(0xff, 31, 38)
    expect(unpack(damaged)).toEqual(['damaged'])
  })
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isSealedFile, openSealedFile, sealFile } from './sealed-file.ts'

const passphrase = 'correct horse battery'
const mega = 1024 * 1024

/** Bytes that are nowhere the same for long. */
function bytesOf(length: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, (_, index) => (index * 2654435761) >>> 13)
}

async function contentOf(file: Blob | undefined): Promise<Uint8Array | undefined> {
  return file && new Uint8Array(await file.arrayBuffer())
}

test.each([0, 1, 1000, mega - 1, mega, mega + 1, 3 * mega + 7])('%i bytes come back as they were', async (length) => {
  const bytes = bytesOf(length)
  const sealed = await sealFile(new Blob([bytes]), passphrase)
  expect(await isSealedFile(sealed)).toBe(true)
  expect(Buffer.compare(Buffer.from((await contentOf(await openSealedFile(sealed, passphrase))) ?? [1]), bytes)).toBe(0)
  expect(await openSealedFile(sealed, 'another passphrase')).toBeUndefined()
})

test('it says how it was sealed, and nothing of what is in it', async () => {
  const sealed = await sealFile(new Blob(['CANARY '.repeat(1000)]), passphrase)
  const text = await sealed.text()
  expect(JSON.parse(text.slice(0, text.indexOf('\n')))).toMatchObject({
    format: 'subtext-sealed-file',
    version: 1,
    kdf: 'PBKDF2-HMAC-SHA-256',
    iterations: 600_000,
  })
  expect(text).not.toContain('CANARY')
})

test('of a file that was changed, cut, or put together otherwise nothing is given', async () => {
  const sealed = new Uint8Array(await (await sealFile(new Blob([bytesOf(2 * mega + 100)]), passphrase)).arrayBuffer())
  const head = sealed.indexOf(10) + 1
  const step = mega + 16
  const [first, second, third] = [0, 1, 2].map((index) => sealed.slice(head + index * step, head + (index + 1) * step))
  const line = sealed.slice(0, head)
  const open = (...parts: (Uint8Array<ArrayBuffer> | undefined)[]) =>
    openSealedFile(new Blob(parts.map((part) => part ?? new Uint8Array())), passphrase)
  expect(await open(line, first, second, third)).toBeDefined()
  expect(await open(line, first, second)).toBeUndefined()
  expect(await open(line, second, first, third)).toBeUndefined()
  expect(await open(line, first, third)).toBeUndefined()
  expect(await open(line)).toBeUndefined()
  await fc.assert(
    fc.asyncProperty(fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 255 }), async (place, change) => {
      const changed = sealed.slice()
      changed[place] = (changed[place] ?? 0) ^ change
      expect(await open(changed)).toBeUndefined()
    }),
    { numRuns: 15 },
  )
})

test('what is no sealed file is said to be none, and one that asks for endless work is none', async () => {
  for (const text of ['', '{}', '{}\n', '{"format":"subtext-sealed-file"}\n', '\u001f\u008b', 'x'.repeat(5000)]) {
    expect(await isSealedFile(new Blob([text]))).toBe(false)
  }
  const text = await (await sealFile(new Blob([]), passphrase)).text()
  expect(await isSealedFile(new Blob([text.replace('600000', '999999999999')]))).toBe(false)
})

import { hexBytes, hexText } from '#lib/bytes.ts'
import { asNumber, asRecord, asString } from '#lib/json-value.ts'
import { bytesOf, type Derivation, deriveKey, newDerivation } from './passphrase.ts'

/** The first word of a sealed file, which a reader of anything else stumbles over at once. */
const format = 'subtext-sealed-file'
const version = 1
/** Bytes of content in one piece. */
const pieceLength = 1024 * 1024
/** AES-GCM's own, in bytes: each piece grows by it. */
const tagLength = 16
const prefixLength = 8
/** The longest head there is, in bytes. */
const longestHead = 1024
/** No more is asked of a device than this, whatever a file says: a hostile one could keep it busy for ever. */
const mostIterations = 10_000_000

interface Head extends Derivation {
  readonly prefix: Uint8Array<ArrayBuffer>
  /** The line as it stands in the file: part of what each piece is authenticated with. */
  readonly line: Uint8Array<ArrayBuffer>
}

/**
 * Seals a file with a passphrase: a line of JSON that says how, then pieces of a megabyte, each by itself under AES-GCM.
 * A piece has its place in its nonce and whether it is the last in what is authenticated, so that none can be left out,
 * moved or cut off unnoticed.
 */
export async function sealFile(file: Blob, passphrase: string): Promise<Blob> {
  const derivation = newDerivation()
  const prefix = crypto.getRandomValues(new Uint8Array(prefixLength))
  const { kdf, iterations, salt } = derivation
  const written = { format, version, kdf, iterations, salt: hexText(salt), prefix: hexText(prefix), pieceLength }
  const line = bytesOf(`${JSON.stringify(written)}\n`)
  const key = await deriveKey(passphrase, derivation)
  // Blobs, which browsers keep on disk, and not their bytes.
  const pieces: Blob[] = [new Blob([line])]
  const count = countOf(file.size, pieceLength)
  for (let index = 0; index < count; index += 1) {
    const plain = await file.slice(index * pieceLength, (index + 1) * pieceLength).arrayBuffer()
    const head = { ...derivation, prefix, line }
    pieces.push(new Blob([await crypto.subtle.encrypt(partOf(head, index, count), key, plain)]))
  }
  return new Blob(pieces, { type: 'application/octet-stream' })
}

export async function isSealedFile(file: Blob): Promise<boolean> {
  return (await readHead(file)) !== undefined
}

/** What is in a sealed file; undefined where the passphrase is another. Of a file that was changed nothing is given. */
export async function openSealedFile(file: Blob, passphrase: string): Promise<Blob | undefined> {
  const head = await readHead(file)
  if (!head) return undefined
  const body = file.slice(head.line.length)
  const key = await deriveKey(passphrase, head)
  const step = pieceLength + tagLength
  const count = countOf(body.size, step)
  const pieces: Blob[] = []
  for (let index = 0; index < count; index += 1) {
    const sealed = await body.slice(index * step, (index + 1) * step).arrayBuffer()
    try {
      pieces.push(new Blob([await crypto.subtle.decrypt(partOf(head, index, count), key, sealed)]))
    } catch {
      return undefined
    }
  }
  return new Blob(pieces)
}

function countOf(size: number, step: number): number {
  return Math.max(1, Math.ceil(size / step))
}

function partOf({ prefix, line }: Head, index: number, count: number) {
  const iv = new Uint8Array(prefixLength + 4)
  iv.set(prefix)
  new DataView(iv.buffer).setUint32(prefixLength, index)
  const additionalData = new Uint8Array([...line, index === count - 1 ? 1 : 0])
  return { name: 'AES-GCM', iv, additionalData }
}

async function readHead(file: Blob): Promise<Head | undefined> {
  const bytes = new Uint8Array(await file.slice(0, longestHead).arrayBuffer())
  const end = bytes.indexOf(10)
  if (end < 0) return undefined
  const line = bytes.slice(0, end + 1)
  const said = asRecord(parse(new TextDecoder().decode(line)))
  if (said?.['format'] !== format || said['version'] !== version || said['pieceLength'] !== pieceLength)
    return undefined
  const iterations = asNumber(said['iterations']) ?? 0
  const [salt, prefix] = [said['salt'], said['prefix']].map((text) => hexBytes(asString(text) ?? ''))
  if (said['kdf'] !== 'PBKDF2-HMAC-SHA-256' || !(iterations >= 1 && iterations <= mostIterations)) return undefined
  if (!salt || prefix?.length !== prefixLength) return undefined
  return { kdf: 'PBKDF2-HMAC-SHA-256', iterations, salt, prefix, line }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

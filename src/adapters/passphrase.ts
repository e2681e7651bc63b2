import { hexText } from '#lib/bytes.ts'
import type { KeyVault } from '#ports/storage.ts'

/** What OWASP's cheat sheet on the storage of passwords asks of PBKDF2-HMAC-SHA-256 (2023). */
const iterations = 600_000
/** In bytes. */
const saltLength = 16
/** As NIST SP 800-38D has it for random nonces, in bytes. */
export const nonceLength = 12
const keyLength = 32

/** How a key is made from a passphrase: written beside what it opens, so that it can be made stronger one day. */
export interface Derivation {
  readonly kdf: 'PBKDF2-HMAC-SHA-256'
  readonly iterations: number
  readonly salt: Uint8Array<ArrayBuffer>
}

export function newDerivation(): Derivation {
  return { kdf: 'PBKDF2-HMAC-SHA-256', iterations, salt: crypto.getRandomValues(new Uint8Array(saltLength)) }
}

/** The key that a passphrase stands for. The same letters are the same on every keyboard (NFKC). */
export async function deriveKey(passphrase: string, { iterations, salt }: Derivation): Promise<CryptoKey> {
  const typed = bytesOf(passphrase.normalize('NFKC'))
  const material = await crypto.subtle.importKey('raw', typed, 'PBKDF2', false, ['deriveKey'])
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', iterations, salt },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  )
}

/** A new key, and the box it lies in for whoever knows the passphrase. Outside of the box no script can take it out. */
export async function makeVault(passphrase: string): Promise<OpenedVault> {
  return boxUp(crypto.getRandomValues(new Uint8Array(keyLength)), passphrase)
}

/** A key, and the box it lies in. */
export interface OpenedVault {
  readonly vault: KeyVault
  readonly key: CryptoKey
}

/** The same key in a box for another passphrase; undefined where `current` is not the one of the box it is in. */
export async function rebox(vault: KeyVault, current: string, next: string): Promise<OpenedVault | undefined> {
  const raw = await unbox(vault, current)
  return raw && boxUp(raw, next)
}

async function boxUp(raw: Uint8Array<ArrayBuffer>, passphrase: string): Promise<OpenedVault> {
  const derivation = newDerivation()
  const id = hexText(crypto.getRandomValues(new Uint8Array(8)))
  const nonce = crypto.getRandomValues(new Uint8Array(nonceLength))
  const sealing = await deriveKey(passphrase, derivation)
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData: contextOf(id) }, sealing, raw)
  const key = await importKey(raw)
  raw.fill(0)
  return { vault: { version: 1, id, ...derivation, nonce, data: new Uint8Array(data) }, key }
}

/** The key in a box; undefined where the passphrase is another. */
export async function openVault(vault: KeyVault, passphrase: string): Promise<CryptoKey | undefined> {
  const raw = await unbox(vault, passphrase)
  if (!raw) return undefined
  const key = await importKey(raw)
  raw.fill(0)
  return key
}

async function unbox(vault: KeyVault, passphrase: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const sealing = await deriveKey(passphrase, vault)
  try {
    const context = { name: 'AES-GCM', iv: vault.nonce, additionalData: contextOf(vault.id) }
    return new Uint8Array(await crypto.subtle.decrypt(context, sealing, vault.data))
  } catch (error) {
    if (error instanceof DOMException && error.name === 'OperationError') return undefined
    throw error
  }
}

function importKey(raw: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

function contextOf(id: string): Uint8Array<ArrayBuffer> {
  return bytesOf(`subtext keys 1 ${id}`)
}

export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}

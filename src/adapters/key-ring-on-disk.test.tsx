import { deleteDB } from 'idb'
import { expect, test } from 'vitest'
import { deviceKeyOpener } from './key-ring.ts'

test('all tabs of a device seal with one key, which no script can take out, and which is there again later', async () => {
  const open = deviceKeyOpener('device-under-test')
  if (!open) throw new Error('No WebCrypto')
  const [one, other] = await Promise.all([open(), open()])
  const iv = new Uint8Array(12)
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, one, new TextEncoder().encode('sk-secret'))
  for (const key of [other, await open()]) {
    expect(new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, sealed))).toBe(
      'sk-secret',
    )
    expect(key.extractable).toBe(false)
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow()
  }
  await deleteDB('device-under-test')
})

import { expect, test } from 'vitest'
import { trustedWorker } from './trusted-worker.ts'

test('an address that is no code of this page is no worker’s', () => {
  const foreign = [
    'https://elsewhere.example/worker.js',
    '//elsewhere.example/worker.js',
    'data:text/javascript,0',
    'blob:https://elsewhere.example/1',
    'javascript:0',
    'file:///etc/passwd',
  ]
  for (const url of foreign) expect(() => trustedWorker(url)).toThrow(TypeError)
})

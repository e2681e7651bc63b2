import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answerFor } from './answer-for.ts'

const host = {
  scope: 'https://host/play/',
  isFile: (path: string) => ['', 'icon.svg', 'assets/app-1a2b3c4d.js'].includes(path),
}
const get = (url: string, isNavigation = false) => answerFor({ url, method: 'GET', isNavigation }, host)

describe('answerFor', () => {
  test.each([
    ['https://host/play/', ''],
    ['https://host/play/?shared', ''],
    ['https://host/play/icon.svg', 'icon.svg'],
    ['https://host/play/assets/app-1a2b3c4d.js', 'assets/app-1a2b3c4d.js'],
  ])('%s is a file of the build', (url, path) => {
    expect(get(url)).toEqual({ kind: 'file', path })
  })

  test('an address inside the app is its page, for a window', () => {
    expect(get('https://host/play/chat/1?layer=words#end', true)).toEqual({ kind: 'file', path: '' })
    expect(get('https://host/play/chat/1')).toBeUndefined()
  })

  test('what the build has and nobody needs to begin with is kept once it was wanted', () => {
    expect(get('https://host/play/assets/engine-9f8e7d6c.wasm')).toMatchObject({ kind: 'late file' })
  })

  test.each([
    'https://host/play/v1/models',
    'https://host/play/endpoint.json?now',
    'https://host/v1/chat/completions',
    'https://host/playground/',
    'https://elsewhere/play/icon.svg',
    'http://localhost:8000/v1/models',
  ])('%s is none of its business', (url) => {
    expect(get(url)).toBeUndefined()
    expect(get(url, true)).toBeUndefined()
  })

  test('nothing is answered that is not a plain GET, but what the system shares', () => {
    const share = { url: 'https://host/play/share', method: 'POST', isNavigation: true }
    expect(answerFor(share, host)).toEqual({ kind: 'shared files' })
    expect(answerFor({ ...share, isNavigation: false }, host)).toBeUndefined()
    fc.assert(
      fc.property(
        fc.constantFrom('POST', 'PUT', 'DELETE', 'HEAD'),
        fc.string().map((text) => `/${text}`),
        fc.boolean(),
        (method, path, on) => {
          const answer = answerFor({ url: `https://host/play${path}`, method, isNavigation: on }, host)
          expect(answer === undefined || answer.kind === 'shared files').toBe(true)
        },
      ),
    )
  })
})

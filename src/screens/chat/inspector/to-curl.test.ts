import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toCurl } from './to-curl.ts'

test('a shell gives curl the very body, whatever is in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.boolean(), (text, hasKey) => {
      const body = JSON.stringify({ content: `${text} it's "$HOME" \\ \n` })
      const command = toCurl({ url: 'http://here/v1/chat/completions', body, hasKey })
      const print = `curl() { for word in "$@"; do printf '%s\\0' "$word"; done; }\n${command}`
      const words = execFileSync('sh', ['-c', print], { env: { API_KEY: 'secret' } })
        .toString()
        .split('\0')
      expect(words.slice(0, 2)).toEqual(['-N', 'http://here/v1/chat/completions'])
      expect(words.includes('authorization: Bearer secret')).toBe(hasKey)
      expect(words.at(-2)).toBe(body)
      expect(command).not.toContain('secret')
    }),
    { numRuns: 20 },
  )
})

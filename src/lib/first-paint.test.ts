import { readFileSync } from 'node:fs'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'

const script = readFileSync(new URL('../../public/first-paint.js', import.meta.url), 'utf8')

/** The language and direction a page starts in, for a browser of these languages. */
function startIn(...languages: string[]): string {
  const documentElement = { lang: '', dir: '', dataset: {} }
  runInNewContext(script, {
    document: { documentElement },
    navigator: { languages },
    localStorage: { getItem: () => null },
    matchMedia: () => ({ matches: false }),
    Intl,
  })
  return `${documentElement.lang} ${documentElement.dir}`
}

test.each([
  [['en-US', 'de'], 'en ltr'],
  [['EN-gb'], 'en ltr'],
  [['en-001'], 'en ltr'],
  [['ar'], 'ar rtl'],
  [['ar-EG', 'en'], 'ar rtl'],
  [['zh-CN'], 'zh-Hans ltr'],
  [['zh-SG', 'en'], 'zh-Hans ltr'],
  [['zh-Hans-HK'], 'zh-Hans ltr'],
  [['zh-TW', 'ar'], 'ar rtl'],
  [['zh-HK'], 'en ltr'],
  [['en-Shaw', 'ar'], 'ar rtl'],
  [['enm', 'zh'], 'zh-Hans ltr'],
  [['de-DE', 'fr'], 'en ltr'],
  [[], 'en ltr'],
])('a browser of %j starts in %s', (languages, start) => {
  expect(startIn(...languages)).toBe(start)
})

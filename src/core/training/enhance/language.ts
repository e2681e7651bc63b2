import { hasUnspacedScript } from '#lib/unspaced.ts'

/** The languages that HER's role-thinking prompt is written in. A story in any other is told about in English. */
export type TeacherLanguage = 'en' | 'zh'

const han = /\p{Script=Han}/gu
const letter = /\p{L}/gu

/** The language a story is told in: Chinese where a third of its letters are. */
export function languageOf(texts: readonly string[]): TeacherLanguage {
  const text = texts.join('\n').slice(0, 20_000)
  if (!hasUnspacedScript(text)) return 'en'
  return count(text, han) * 3 > count(text, letter) ? 'zh' : 'en'
}

function count(text: string, what: RegExp): number {
  return text.match(what)?.length ?? 0
}

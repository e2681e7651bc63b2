import format, { type CompiledMessage, type FormatValues } from 'icu-minify/format'
import { compileMessage } from '#compile-message'

/** The languages of the interface. English is what the code says, the others are in `src/locales`. */
export type Language = 'en' | 'zh-Hans' | 'ar'

type Words = Readonly<Record<string, CompiledMessage>>

const catalogues: Readonly<Record<Exclude<Language, 'en'>, () => Promise<{ readonly default: Words }>>> = {
  'zh-Hans': () => import('virtual:words/zh-Hans'),
  ar: () => import('virtual:words/ar'),
}

/**
 * The page's own language, which public/first-paint.js wrote on its root; in a worker the name that the page gave it.
 * It is ambient, as the language of `Intl` is: a sentence deep in the domain is said in it, too.
 */
const asked = globalThis.document?.documentElement.lang ?? (globalThis as { readonly name?: string }).name ?? 'en'
const load = Object.hasOwn(catalogues, asked) ? catalogues[asked as keyof typeof catalogues] : undefined

// Awaited here, so that no module that says anything is run before its words are there. In English nothing is fetched;
// where the words can't be had, English is better than no page.
const words: Words | undefined =
  load &&
  (await load().then(
    (module) => module.default,
    () => undefined,
  ))

export const language: Language = words ? (asked as Language) : 'en'

/** The language as `Intl` wants it: with the reader's region where they told the browser, for dates and numbers. */
export const locale = globalThis.navigator?.languages?.find(isSpoken) ?? language

function isSpoken(tag: string): boolean {
  const [theirs, ours] = [tag, language].map((one) => new Intl.Locale(one).maximize())
  return theirs?.language === ours?.language && theirs?.script === ours?.script
}

/** Which way the interface is read. */
export const direction = language === 'ar' ? 'rtl' : 'ltr'

/** The keys that lead back and forth along a line. */
export const arrows =
  direction === 'ltr' ? { back: 'ArrowLeft', forth: 'ArrowRight' } : { back: 'ArrowRight', forth: 'ArrowLeft' }

const numbersByStyle = new Map<string, Intl.NumberFormat>()
const pluralRules = new Map<string, Intl.PluralRules>()
const options = {
  formatters: {
    getNumberFormat: (_: unknown, style?: Intl.NumberFormatOptions) =>
      kept(numbersByStyle, JSON.stringify(style ?? ''), () => new Intl.NumberFormat(locale, style)),
    getPluralRules: (spoken: string, kind?: Intl.PluralRulesOptions) =>
      kept(pluralRules, `${spoken} ${kind?.type}`, () => new Intl.PluralRules(spoken, kind)),
    getDateTimeFormat: () => new Intl.DateTimeFormat(locale),
  },
}

function kept<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}

/** What a message says in the reader's language, as parts: texts, and what its tags were made into. */
export function say<Rich>(message: string, values?: FormatValues<Rich>): string | Rich | readonly (string | Rich)[] {
  // The build has put what it compiled in the place of all but plain texts.
  const english: CompiledMessage = typeof message === 'string' ? compileMessage(message) : message
  const translated = words?.[typeof english === 'string' ? english : JSON.stringify(english)]
  return format(
    translated ?? english,
    translated ? language : 'en',
    direction === 'rtl' ? apart(values) : values,
    options,
  )
}

/** Names that are written the other way must not turn round the sentence that they stand in. */
function apart<Rich>(values: FormatValues<Rich> = {}): FormatValues<Rich> {
  const entries = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'string' ? `\u2068${value}\u2069` : value,
  ])
  return Object.fromEntries(entries)
}

/**
 * A text of the interface in the reader's language.
 * @param message the English text in ICU's message syntax; it is also the key of the translations, so it must be
 * written out where it is said.
 */
export function t(message: string, values?: Readonly<Record<string, string | number>>): string {
  return say(message, values) as string
}

const numbers = new Intl.NumberFormat(locale)

/** A number in the reader's digits, grouped as they group them. */
export function formatNumber(value: number): string {
  return numbers.format(value)
}

/** Names one after the other: “Anna, Ben and Carol”. */
export function listOf(names: readonly string[]): string {
  return new Intl.ListFormat(locale, { style: 'long' }).format(names)
}

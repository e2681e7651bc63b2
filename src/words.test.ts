import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { partsOf, readSource } from './words.test-kit.ts'

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((file) => `src/${file}`)
  .filter((file) => /\.tsx?$/.test(file) && !/\.(test|test-kit|d)\.tsx?$/.test(file))
  .sort()
const sources = files.map((file) => ({ file, ...readSource(file) }))
const said = sources.flatMap((source) => source.said)
const messages = [...new Set(said.flatMap(({ message }) => message ?? []))]

const catalogues = ['zh-Hans', 'ar'].map((language) => ({
  language,
  translations: JSON.parse(readFileSync(`src/locales/${language}.json`, 'utf8')) as Record<string, string>,
}))

/** Rooms whose every text goes through `t`. */
const wrapped = ['src/app/', 'src/ui/', 'src/screens/', 'src/state/']

/** Names and addresses that are the same in every language. */
const sameEverywhere =
  /^(?:Subtext|Markdown|English|简体中文|العربية|JSON|HTML|CSV|BLEU|ROUGE-L|PNG|CHARX|HER|· Subtext|kB|MB|ms|Ctrl|Alt|Shift|https?:\/\/\S+)$/

test('what is said is written out where it is said, and given the values that it names', () => {
  expect(said.length).toBeGreaterThan(0)
  const wrong = said.flatMap(({ place, message, given }) => {
    if (message === undefined) return [`${place}: its message is not written out`]
    const { values, tags } = partsOf(message)
    const named = [...values, ...tags].sort().join(', ')
    return !given || given.toSorted().join(', ') === named ? [] : [`${place}: takes ${named}`]
  })
  expect(wrong).toEqual([])
})

test.each(catalogues)('$language says all of it, and nothing else', ({ translations }) => {
  expect(messages.filter((message) => !translations[message])).toEqual([])
  expect(Object.keys(translations).filter((message) => !messages.includes(message))).toEqual([])
})

test.each(catalogues)(
  '$language keeps values and tags, and has every form of a plural',
  ({ language, translations }) => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted()
    const wrong = Object.entries(translations).flatMap(([english, translated]) => {
      const [theirs, ours] = [partsOf(english), partsOf(translated)]
      const isSame = (['values', 'tags'] as const).every(
        (part) => [...theirs[part]].sort().join() === [...ours[part]].sort().join(),
      )
      const isWhole = ours.plurals.every((plural) => [...plural].sort().join() === forms.join())
      return isSame && isWhole && theirs.plurals.length > 0 === ours.plurals.length > 0 ? [] : [translated]
    })
    expect(wrong).toEqual([])
  },
)

test('English plurals say one and other', () => {
  const wrong = messages.filter((message) =>
    partsOf(message).plurals.some((plural) => [...plural].sort().join() !== 'one,other'),
  )
  expect(wrong).toEqual([])
})

test('no text of the interface is hard-wired', () => {
  const found = sources
    .filter(({ file }) => wrapped.some((room) => file.startsWith(room)))
    .flatMap(({ hardWired }) => hardWired)
    .filter(({ text }) => !sameEverywhere.test(text))
    .map(({ place, text }) => `${place}: ${text}`)
  expect(found).toEqual([])
})

test('nothing is laid out by left and right where it should be by the way one reads', () => {
  const physical =
    /(?<=[\s"'`:!])-?(?:[mp][lr]-|(?:left|right)-(?!1\/2)[\d[]|text-(?:left|right)\b|border-[lr]\b|rounded-[lr]\b|float-(?:left|right)\b)/
  const found = files.flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line, index) =>
        /class|'|"/.test(line) && physical.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [],
      ),
  )
  expect(found).toEqual([])
})

import { t } from '#lib/translate.ts'
import { fixTo, rangeOf, storyKinds, type TextRule } from './text-rule.ts'

const layerTag = /<\s?(\/?)\s?(?:role|system)[_ -]?(?:thinking|think|action|act|speech)\s?>/gi
const starred = /\*(?!\s)([^*\n]{1,2000})\*/g
const toldThought = /\b(?:thinks|thought|wonders|wondered|muses|mused) to (?:her|him|them|it)sel(?:f|ves)\b/i
const starredThought = /\*\s{0,2}(?:I (?:hope|wonder|wish|wonder if|can['’]t believe)|What if)\b[^*\n]{0,300}\*/
const thoughtBlock = /<role[_ -]?think(?:ing)?>([^<]{1,4000})</gi
const firstPerson = /\b(?:I|me|my|mine|myself|we|us|our)\b/i
const thirdPersonStart = /^\s{0,8}(?:\{\{char\}\}|he|she|they)\b/i

/** HER's tags and asterisks in one text. */
export const mixedMarks: TextRule = {
  name: 'mixed-marks',
  kinds: storyKinds,
  check: (text) => {
    const mended = starsToTags(text)
    if (!mended.first) return undefined
    return {
      severity: 'advice',
      sentence: t(
        'HER’s tags and asterisks stand side by side{count, plural, one {} other { (# times)}}. From the first tag on asterisks mean nothing: what is done there would be read, and shown, as words that are spoken.',
        { count: mended.count },
      ),
      range: mended.first,
      ...fixTo(t('Write actions as {tag}', { tag: '<role_action>' }), text, mended.text),
    }
  },
}

/** Asterisks behind the first tag and outside of all tags, rewritten. */
function starsToTags(text: string) {
  let written = ''
  let at = 0
  let isOutside = false
  let count = 0
  let first: { readonly start: number; readonly end: number } | undefined
  const take = (end: number) => {
    const stretch = text.slice(at, end)
    written += isOutside
      ? stretch.replace(starred, (whole, words: string, place: number) => {
          count += 1
          first ??= { start: at + place, end: at + place + whole.length }
          return `<role_action>${words}</role_action>`
        })
      : stretch
  }
  for (const match of text.matchAll(layerTag)) {
    take(match.index)
    written += match[0]
    at = match.index + match[0].length
    isOutside = match[1] === '/'
  }
  take(text.length)
  return { text: written, count, first }
}

/** An asterisk without its partner. */
export const oddAsterisks: TextRule = {
  name: 'odd-asterisks',
  kinds: storyKinds,
  check: (text) => {
    const lines = text.split('\n')
    const odd = lines.findIndex((line) => findOdd(line) !== undefined)
    if (odd < 0) return undefined
    const start = lines.slice(0, odd).reduce((sum, line) => sum + line.length + 1, 0) + (findOdd(lines[odd] ?? '') ?? 0)
    const mended = lines.map(closeAction)
    return {
      severity: 'advice',
      sentence: t(
        'An asterisk has no partner on its line. The layers turn there: what is said is read as an action, or what is done as speech.',
      ),
      range: { start, end: start + 1 },
      ...(mended.every((line) => findOdd(line) === undefined) && fixTo(t('Close the action'), text, mended.join('\n'))),
    }
  },
}

/** Where on a line the last asterisk stands when one has no partner. Bullets and bold type are left alone. */
function findOdd(line: string): number | undefined {
  const marks = [...line.matchAll(/\*+/g)].filter(({ index }) => !isBullet(line, index))
  return marks.length % 2 === 1 && marks.every(([mark]) => mark.length === 1) ? marks.at(-1)?.index : undefined
}

function isBullet(line: string, index: number): boolean {
  return /^\s$/.test(line[index + 1] ?? '') && line.slice(0, index).trim() === ''
}

/** A line that is an action to its end and only says where that begins. */
function closeAction(line: string): string {
  const at = findOdd(line)
  if (at === undefined || line.indexOf('*') !== at || line.slice(0, at).trim() !== '') return line
  const words = line.trimEnd()
  return `${words}*${line.slice(words.length)}`
}

/** A thought that is told, and so no thought. */
export const toldThoughts: TextRule = {
  name: 'told-thought',
  kinds: storyKinds,
  check: (text) => {
    const found = toldThought.exec(text) ?? starredThought.exec(text) ?? findThirdPerson(text)
    if (!found) return undefined
    return {
      severity: 'note',
      sentence: t(
        'A thought is told here from outside, or stands where actions stand, so it is no inner thought: others hear it. HER thinks in the first person, between {open} and {close}; write this text’s actions as {action} then, too.',
        { open: '<role_thinking>', close: '</role_thinking>', action: '<role_action>' },
      ),
      range: rangeOf(found),
    }
  },
}

function findThirdPerson(text: string): RegExpMatchArray | undefined {
  return [...text.matchAll(thoughtBlock)].find(
    ([, words = '']) => thirdPersonStart.test(words) && !firstPerson.test(words),
  )
}

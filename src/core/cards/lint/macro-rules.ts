import { t } from '#lib/translate.ts'
import { fieldMacroNames } from '../field-macros.ts'
import { expandMacros, type MacroValues } from '../macros.ts'
import type { TextRange } from './advice.ts'
import { fixTo, rangeOf, sentKinds, type TextRule } from './text-rule.ts'

/** Every macro has a value here: what stays as it is written is not known. */
const everyValue: MacroValues = {
  char: '',
  user: '',
  group: '',
  original: '',
  chance: { chat: '', reply: '' },
  now: { at: 0, timeZone: 'UTC' },
  outlets: new Map(),
  others: new Map(fieldMacroNames.map((name) => [name, ''])),
}

const nameInBraces = /(?<!\{)(\{{1,8})[ \t]{0,4}(char|user)[ \t]{0,4}(\}{1,8})(?!\})/gi
const innermost = /\{\{\s{0,4}([a-z_][\w+-]{0,60})[^{}]{0,500}\}\}/gi
const braces = /\{{2,}|\}{2,}/g

/** `{char}`, `{{user}`: one brace is missing. */
export const brokenNames: TextRule = {
  name: 'broken-macro',
  kinds: sentKinds,
  check: (text) => {
    const broken = [...text.matchAll(nameInBraces)].filter(isBroken)
    const [first] = broken
    if (!first) return undefined
    const mended = text.replace(nameInBraces, (whole, open: string, name: string, close: string) =>
      Math.min(open.length, close.length) === 1 ? `{{${name.toLowerCase()}}}` : whole,
    )
    return {
      severity: 'problem',
      sentence: t(
        'A name has too few braces{count, plural, one {} other { (# times)}}: the model would read “{found}” as it is written. It takes two on each side.',
        { count: broken.length, found: first[0] },
      ),
      range: rangeOf(first),
      ...fixTo(t('Mend the braces'), text, mended),
    }
  },
}

function isBroken([, open = '', , close = '']: RegExpMatchArray): boolean {
  return Math.min(open.length, close.length) === 1
}

/** `{{` that nothing closes, or `}}` that nothing opened. */
export const unbalancedBraces: TextRule = {
  name: 'unbalanced-macro',
  kinds: sentKinds,
  check: (text) => {
    const range = findUnbalanced(text.replace(nameInBraces, (whole) => '.'.repeat(whole.length)))
    if (!range) return undefined
    return {
      severity: 'advice',
      sentence: t(
        'Braces that have no partner: this macro is never filled in, and the model reads it as it is written.',
      ),
      range,
    }
  },
}

function findUnbalanced(text: string): TextRange | undefined {
  const open: TextRange[] = []
  for (const match of text.matchAll(braces)) {
    for (let pair = match[0].length >> 1; pair > 0; pair--) {
      if (match[0].startsWith('{')) open.push(rangeOf(match))
      else if (!open.pop()) return rangeOf(match)
    }
  }
  return open[0]
}

/** Macros of other programs. */
export const unknownMacros: TextRule = {
  name: 'unknown-macro',
  kinds: sentKinds,
  check: (text) => {
    for (const match of text.matchAll(innermost)) {
      if (expandMacros(match[0], everyValue) !== match[0]) continue
      return {
        severity: 'advice',
        sentence: t(
          '“{macro}” is a macro that is not known here, perhaps another program’s: the model reads it as it is written. Say in words what it was to stand for.',
          { macro: `{{${match[1]}}}` },
        ),
        range: rangeOf(match),
      }
    }
    return undefined
  },
}

import { t } from '#lib/translate.ts'
import type { TextRange } from './advice.ts'
import type { LintedCard } from './card-texts.ts'
import { blankOut, fixTo, profileKinds, sentKinds, storyKinds, type TextRule } from './text-rule.ts'

const marks = /\{\{[^{}]{0,500}\}\}|<[^<>\n]{1,80}>/g
const charMark = /\{\{\s{0,4}char\s{0,4}\}\}/i
const plainUser = /\b(?:[Tt]he [Uu]ser|USER|User)\b(?!\s?(?:name|interface|account|manual|experience))/g

/** The name is written out beside `{{char}}`. */
export const nameForChar: TextRule = {
  name: 'name-for-char',
  kinds: ['description', 'personality', 'scenario', 'greeting', 'examples'],
  check: (text, card, { kind }) => {
    const places = findWord(blankOut(text, marks), card.view.name)
    const [first] = places
    const isLabel =
      first && /^\s{0,4}[:：]/.test(text.slice(first.end, first.end + 8)) && isLineStart(text, first.start)
    // In examples others speak too, and somebody may well say the name.
    if (!first || !(isLabel || (kind !== 'examples' && charMark.test(text)))) return undefined
    return {
      severity: 'note',
      sentence: t(
        'The name is written out here{count, plural, one {} other { (# times)}} where {char} would do. Who renames the character, or gives it a nickname, has two characters in the prompt then.',
        { count: places.length, char: '{{char}}' },
      ),
      range: first,
      ...fixTo(t('Write {macro}', { macro: '{{char}}' }), text, replaceAt(text, places, '{{char}}')),
    }
  },
}

/** The reader is called "the user". */
export const userWithoutMacro: TextRule = {
  name: 'user-without-macro',
  kinds: [...profileKinds, ...storyKinds],
  check: (text) => {
    const places = [...blankOut(text, marks).matchAll(plainUser)].map(({ index, 0: found }) => ({
      start: index,
      end: index + found.length,
    }))
    const [first] = places
    if (!first) return undefined
    return {
      severity: 'advice',
      sentence: t(
        'The reader is called “{called}” here{count, plural, one {} other { (# times)}}. HER knows the people of its scene by name, and a user is nobody in a story: write {user}, and their name stands there.',
        { called: text.slice(first.start, first.end), count: places.length, user: '{{user}}' },
      ),
      range: first,
      ...fixTo(t('Write {macro}', { macro: '{{user}}' }), text, replaceAt(text, places, '{{user}}')),
    }
  },
}

const quoted = /"[^"\n]*"|“[^“”\n]*”/g
const you = /\b[Yy]ou(?:['’](?:re|ve|ll|d)|rs?|rself)?\b/g
/** Ways to speak of one certain person; “you” alone may mean anyone. */
const certainYou = new RegExp(
  [
    '\\b(?:your|you are (?:her|his|their)) (?:[a-z]{2,12} )?(?:roommate|flatmate|friend|girlfriend|boyfriend|wife|husband|partner|sister|brother|mother|father|daughter|son|boss|maid|master|servant|teacher|student|neighbou?r|colleague|classmate|rival|bodyguard|assistant)\\b',
    '\\byou (?:met|found|hired|saved|rescued|bought|adopted|grew up|moved in|live|share|both)\\b',
    '\\b(?:met|loves|hates|adores|serves|trusts|raised|towards?|married|with) you\\b',
  ].join('|'),
  'i',
)

/** The reader is called "you" where the prompt calls the character so. */
export const youForUser: TextRule = {
  name: 'you-for-user',
  kinds: ['description', 'personality', 'scenario'],
  check: (text, card) => {
    const told = blankOut(text, quoted)
    const places = [...told.matchAll(you)]
    const [first] = places
    if (!first || !certainYou.test(told) || speaksToCharacter(text, card)) return undefined
    return {
      severity: 'advice',
      sentence: t(
        '“You” is the reader here{count, plural, one {} other { (# times)}}. The prompt says “You are {name}”: for the model “you” is the character, and this becomes its own past. Write {user} for the reader.',
        { count: places.length, name: card.view.name, user: '{{user}}' },
      ),
      range: { start: first.index, end: first.index + first[0].length },
    }
  },
}

/** Written to the character, as HER's own prompts are. */
function speaksToCharacter(text: string, { view }: LintedCard): boolean {
  const opening = /^\s{0,20}you(?:['’]re| are)\b/i.test(text)
  return opening || /\byou are \{\{char\}\}/i.test(text) || text.includes(`You are ${view.name}`)
}

/** A model is told how to write, where it should be told who it is. */
export const instructionsInProfile: TextRule = {
  name: 'instructions-in-profile',
  kinds: profileKinds,
  check: (text) => {
    const found = instructions.exec(text)
    if (!found) return undefined
    return {
      severity: 'advice',
      sentence: t(
        'This tells a model how to write, and HER has its own rules for that at the end of the prompt; in the profile it becomes a trait of the character. Put it into the system prompt, or after the history.',
      ),
      range: { start: found.index, end: found.index + found[0].length },
    }
  },
}

const instructions = new RegExp(
  [
    "(?:do not|don['’]t|never|avoid|must not|won['’]t|will not|will never) (?:speak|speaking|talk|talking|act|acting|write|writing|reply|respond|roleplay)(?:ing)? (?:for|as|on behalf of) (?:\\{\\{user\\}\\}|the user|user)",
    '\\bstay in[ -]character\\b',
    '\\b(?:as an AI|you are an AI|language model)\\b',
    '\\[ ?(?:system|OOC|system note|note to AI)\\b',
    '\\b(?:keep|write|make) (?:your |the |all )?(?:replies|responses|answers|messages)\\b',
    '\\b(?:write|respond|reply|narrate) in (?:the )?(?:first|second|third)[ -]person\\b',
    '\\byou (?:will|must|should|are to) (?:now )?(?:portray|roleplay|role-play|play the (?:role|part))',
    '\\bNSFW (?:is )?(?:allowed|enabled|content)\\b',
  ].join('|'),
  'i',
)

/** Kinds of text in which nothing of a form that was never filled in may be left. */
const placeholder = new RegExp(
  [
    "\\[?\\b(?:insert|enter|add|put|type|write)(?: your| the| a)? (?:character(?:['’]s)? )?(?:name|description|personality|scenario|text|age|backstory|greeting)(?: of (?:the |your )?character)? here\\b\\]?",
    "\\[(?:character(?:['’]s)?|your|char)[ _]?name\\]",
    '<(?:character|char)[ _]?name>',
    '\\blorem ipsum\\b',
    '\\b(?:TODO|FIXME|TBD)\\b',
    '\\b(?:description|personality|scenario) goes here\\b',
    '\\[(?:name|age|gender|height|occupation|personality|appearance)\\]',
  ].join('|'),
)

export const placeholders: TextRule = {
  name: 'placeholder',
  kinds: [...sentKinds],
  check: (text) => {
    const found = placeholder.exec(text) ?? /\b(?:insert|enter|add) [a-z ]{0,30}\bhere\b/i.exec(bracketsOnly(text))
    if (!found) return undefined
    return {
      severity: 'problem',
      sentence: t('“{found}” looks like a form that was not filled in. The model takes it for part of the character.', {
        found: found[0],
      }),
      range: { start: found.index, end: found.index + found[0].length },
    }
  },
}

/** All but what stands in brackets, blanked. */
function bracketsOnly(text: string): string {
  let kept = ''
  for (const match of text.matchAll(/[[(<][^[\](){}<>\n]{3,60}[\])>]/g)) {
    kept += ' '.repeat(match.index - kept.length) + match[0]
  }
  return kept
}

/** Where a word stands by itself, in its own case. */
export function findWord(text: string, word: string): TextRange[] {
  const places: TextRange[] = []
  if (word.trim() === '') return places
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
    const end = at + word.length
    if (!isLetter(text[at - 1]) && !isLetter(text[end])) places.push({ start: at, end })
  }
  return places
}

function isLetter(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}\p{M}_]/u.test(character)
}

function isLineStart(text: string, at: number): boolean {
  return /(?:^|[\r\n])[ \t]{0,8}$/.test(text.slice(Math.max(0, at - 9), at))
}

function replaceAt(text: string, places: readonly TextRange[], words: string): string {
  let written = ''
  let at = 0
  for (const { start, end } of places) {
    written += text.slice(at, start) + words
    at = end
  }
  return written + text.slice(at)
}

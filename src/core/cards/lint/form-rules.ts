import { estimateTokens } from '#core/prompt/estimate.ts'
import { t } from '#lib/translate.ts'
import { readExampleDialogue } from '../example-dialogue.ts'
import { fixTo, rangeOf, sentKinds, type TextRule } from './text-rule.ts'

/** A description of more tokens than this is read over by most models. */
const longDescription = 3000

export const descriptionLength: TextRule = {
  name: 'description-length',
  kinds: ['description'],
  check: (text) => {
    const tokens = estimateTokens(text)
    if (tokens <= longDescription) return undefined
    return {
      severity: 'advice',
      sentence: t(
        'The description takes about {tokens} tokens and is sent with every turn. HER was trained on profiles of a few hundred: what is long is read over. Keep who the character is, and move what happened and who else there is into the lorebook.',
        { tokens },
      ),
    }
  },
}

const listed = /[\p{L}\p{N}_ ]{2,40}\(\s{0,3}["“][^"”\n]{0,300}["”]/gu
const joined = /["”]\s{0,3}\+\s{0,3}["“]/g
const boxed = /\[[^[\]]{40,4000}\]/g

/** W++, boxes and the like. */
export const listForm: TextRule = {
  name: 'list-form',
  kinds: ['description', 'personality'],
  check: (text) => {
    const [first] = text.matchAll(listed)
    const isListed = count(text, listed) >= 3 || (first && count(text, joined) >= 2)
    const box = [...text.matchAll(boxed)].find(([whole]) => count(whole, /[\p{L} ]{3,30}[:=][^;\n]{1,300}[;\n]/gu) >= 3)
    const found = isListed ? first : box
    if (!found) return undefined
    return {
      severity: 'advice',
      sentence: t(
        'This is a list in W++ or in a box. HER was trained on profiles in prose, and its planning reasons from sentences: “She hoards letters because nobody wrote to her” gives it a cause to act on, Traits("hoarder") does not.',
      ),
      range: rangeOf(found),
    }
  },
}

function count(text: string, pattern: RegExp): number {
  let found = 0
  for (const _ of text.matchAll(pattern)) found += 1
  return found
}

const image = /!\[[^[\]]{0,500}\]\([^()\s]{0,2000}[^()]{0,200}\)|<img\b[^<>]{0,2000}>/gi
const address = /\bhttps?:\/\/[^\s<>"')\]]{3,2000}/i

/** Pictures in a text. */
export const images: TextRule = {
  name: 'image',
  kinds: [...sentKinds, 'notes'],
  check: (text, _card, { kind }) => {
    const [first] = text.matchAll(image)
    if (!first) return undefined
    return {
      severity: 'advice',
      sentence:
        kind === 'notes'
          ? t('There is a picture in this text. Nothing is ever fetched on a card’s word, so it is not shown.')
          : t(
              'There is a picture in this text. Nothing is ever fetched on a card’s word, so it is not shown, and the model reads its address as part of the story.',
            ),
      range: rangeOf(first),
      ...withoutImages(text),
    }
  },
}

function withoutImages(text: string) {
  const after = text.replace(image, '')
  return count(after, image) > 0 ? {} : fixTo(t('Take pictures out'), text, after)
}

export const addresses: TextRule = {
  name: 'address',
  kinds: sentKinds,
  check: (text) => {
    const found = address.exec(text.replace(image, (whole) => ' '.repeat(whole.length)))
    if (!found) return undefined
    return {
      severity: 'note',
      sentence: t(
        'There is an address of the web in this text. It is not opened here, and the model can’t open it: it reads the letters, and may say them.',
      ),
      range: rangeOf(found),
    }
  },
}

/** Examples that nobody says. */
export const exampleNames: TextRule = {
  name: 'examples-without-names',
  kinds: ['examples'],
  check: (text, { view }) => {
    const names = { character: [view.name, view.nickname ?? ''], user: ['You'] }
    const blocks = readExampleDialogue(text, names)
    if (blocks.length === 0 || blocks.some((block) => block.some(({ speaker }) => speaker === 'character'))) {
      return undefined
    }
    return {
      severity: 'advice',
      sentence: t(
        'No line of the examples begins with {char}: so nothing shows how the character talks, and thoughts in them can’t be told from anybody else’s. Head each line with {user}: or {char}:.',
        { char: '{{char}}', user: '{{user}}' },
      ),
    }
  },
}

export const exampleStart: TextRule = {
  name: 'examples-without-start',
  kinds: ['examples'],
  check: (text) => {
    if (/<START>/i.test(text)) return undefined
    return {
      severity: 'note',
      sentence: t(
        'The examples have no {mark}: they count as one single chat, and where room is short all of it is left out at once. A {mark} before each makes them several.',
        { mark: '<START>' },
      ),
      ...fixTo(t('Begin with {mark}', { mark: '<START>' }), text, `<START>\n${text}`),
    }
  },
}

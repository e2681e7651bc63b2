import { readCardBook } from '#core/lorebook/read-lorebook.ts'
import { estimateTokens } from '#core/prompt/estimate.ts'
import { fold } from '#core/search/fold.ts'
import { t } from '#lib/translate.ts'
import type { Json } from '../card.ts'
import { cardFields } from '../card-fields.ts'
import { own } from '../json-tree.ts'
import { givenName } from '../view-card.ts'
import type { Advice, CardPath, Fix, Severity } from './advice.ts'
import { bookEntries, type CardText, type LintedCard } from './card-texts.ts'

/** A rule about a card as a whole. */
export type CardRule = (card: LintedCard) => readonly Advice[]

function advise(rule: string, path: CardPath, severity: Severity, sentence: string, fix?: Fix): Advice {
  return { id: `${rule}:${path.join('.')}`, path, severity, sentence, ...(fix && { fix }) }
}

/** What a HER prompt has a section for and the card says nothing to. */
export const missing: CardRule = ({ document, view }) => {
  const gaps: (readonly [string, CardPath, Severity, string] | false)[] = [
    givenName(document) === '' && [
      'no-name',
      ['name'],
      'problem',
      t('The character has no name. A HER prompt begins with it, and every turn is headed with it.'),
    ],
    view.description.trim() === '' &&
      view.personality.trim() === '' && [
        'no-description',
        ['description'],
        'problem',
        t('Nothing says who this is. The profile is what HER’s planning reasons from: without one it plays a name.'),
      ],
    view.greetings.length === 0 && [
      'no-greeting',
      ['first_mes'],
      'advice',
      t(
        'There is no greeting: a chat opens on an empty page, and the model has no turn of its own to take voice, length and layers from.',
      ),
    ],
    view.exampleDialogue.trim() === '' && [
      'no-examples',
      ['mes_example'],
      'advice',
      t(
        'There is no example dialogue. A model copies how someone talks far better than it follows a description of it: two short exchanges are enough.',
      ),
    ],
    view.scenario.trim() === '' && [
      'no-scenario',
      ['scenario'],
      'note',
      t(
        'There is no scenario. HER’s prompt has a section for it, and its planning begins with where one is and what has just happened.',
      ),
    ],
    !view.her.motivation && [
      'no-motivation',
      ['extensions', 'her', 'motivation'],
      'note',
      t(
        'No motivation. HER is told it as “Your Inner Thoughts”: it is what the inner thoughts of a reply grow from, and what the character hides.',
      ),
    ],
    !view.her.book && [
      'no-book',
      ['extensions', 'her', 'book'],
      'note',
      t(
        'No book. HER was trained on “You are … from …”: a book, a film or a world of your own, named, sets tone and time in one word.',
      ),
    ],
    Object.keys(view.her.relationships ?? {}).length === 0 && [
      'no-relationships',
      ['extensions', 'her', 'relationships'],
      'note',
      t(
        'No relationships. HER learnt how a character speaks to each of the others it knows: say who matters, and what lies between them.',
      ),
    ],
  ]
  return gaps.flatMap((gap) => (gap ? [advise(...gap)] : []))
}

/** What is sent with every turn, and what that leaves for the story. */
export const permanentLength: CardRule = ({ document, view, contextTokens }) => {
  const { her } = view
  const lore = readCardBook(document)?.entries.filter(({ isConstant, isEnabled }) => isConstant && isEnabled) ?? []
  const texts = [view.description, view.personality, view.scenario, view.systemPrompt, view.postHistoryInstructions]
  const others = [
    her.motivation ?? '',
    ...Object.values(her.relationships ?? {}),
    ...lore.map(({ content }) => content),
  ]
  const tokens = [...texts, ...others].reduce((sum, text) => sum + estimateTokens(text), 0)
  if (tokens <= contextTokens / 2) return []
  const sentence = t(
    'About {tokens} tokens of this card go with every turn, more than half of a window of {contextTokens}. What is left for the story is soon full, and its oldest turns are forgotten. Shorten it, or let lorebook entries come by their keys.',
    { tokens, contextTokens },
  )
  return [advise('permanent-length', [], 'problem', sentence)]
}

/** A paragraph shorter than this may well stand twice. */
const longParagraph = 60

/** What stands in two fields of the profile. */
export const duplicates: CardRule = ({ texts }) => {
  const seen = new Map<string, CardText>()
  return texts.flatMap((place) => {
    if (!['description', 'personality', 'scenario', 'motivation'].includes(place.kind)) return []
    const paragraphs = place.text.split(/(\n\s*\n)/)
    const isSaid = (paragraph: string) => {
      const key = keyOf(paragraph)
      return key.length >= longParagraph && seen.has(key)
    }
    const said = paragraphs.find(isSaid)
    const first = said === undefined ? undefined : seen.get(keyOf(said))
    const kept = paragraphs.filter((paragraph) => !isSaid(paragraph)).join('')
    for (const paragraph of paragraphs) if (!seen.has(keyOf(paragraph))) seen.set(keyOf(paragraph), place)
    if (said === undefined || !first) return []
    const start = place.text.indexOf(said)
    const fix: Fix = { label: t('Say it once'), before: place.text, after: kept.trim(), value: kept.trim() }
    const sentence = t(
      'This stands word for word in the {place, select, description {description} personality {personality} scenario {scenario} other {motivation}} too. Both are sent with every turn; said twice, it outweighs all the rest of the character.',
      { place: first.kind },
    )
    const advice = advise('duplicate', place.path, 'advice', sentence, fix)
    return [{ ...advice, range: { start, end: start + said.length } }]
  })
}

function keyOf(paragraph: string): string {
  return fold(paragraph).replace(/ +/g, ' ').trim()
}

/** A greeting that is another's word for word. */
export const sameGreetings: CardRule = ({ document }) => {
  const fields = cardFields(document)
  const list = own(fields, 'alternate_greetings')
  if (!Array.isArray(list)) return []
  const seen = new Set([keyOfValue(own(fields, 'first_mes'))])
  const kept = list.filter((greeting: Json) => {
    const key = keyOfValue(greeting)
    if (key === '' || !seen.has(key)) {
      seen.add(key)
      return true
    }
    return false
  })
  if (kept.length === list.length) return []
  const sentence = t('Two greetings are the same: who looks through them finds one twice.')
  const path = ['alternate_greetings']
  return [advise('same-greetings', path, 'note', sentence, listFix(t('Keep one of each'), list, kept))]
}

function keyOfValue(value: Json | undefined): string {
  return typeof value === 'string' ? keyOf(value) : ''
}

function listFix(label: string, before: readonly Json[], after: readonly Json[]): Fix {
  const written = (list: readonly Json[]) =>
    list.map((item) => (typeof item === 'string' ? item : JSON.stringify(item))).join('\n\n')
  return { label, before: written(before), after: written(after), value: after }
}

/** Entries of the lorebook that never fire, or say nothing. */
export const bookRules: CardRule = ({ document }) => {
  const book = readCardBook(document)
  const viewed = new Map(book?.entries.map((entry) => [entry.id, entry]))
  return bookEntries(document).flatMap(({ path, id, entry }) => {
    const view = viewed.get(id)
    if (!view?.isEnabled) return []
    const keys = own(entry, 'keys')
    const filled = Array.isArray(keys) ? keys.filter((key: Json) => typeof key !== 'string' || key.trim() !== '') : []
    const isCalled = view.isConstant || view.decorators.force !== undefined || view.keys.length > 0
    const found: Advice[] = []
    if (!isCalled) {
      const sentence = t(
        '“{title}” has no key, so it never enters a prompt. Give it the words a story uses when it matters, or make it constant.',
        { title: view.title },
      )
      found.push(advise('no-keys', [...path, 'keys'], 'problem', sentence))
    } else if (Array.isArray(keys) && filled.length < keys.length) {
      const sentence = t(
        '“{title}” has an empty key. Some programs find it in every text, and send the entry always.',
        { title: view.title },
      )
      const fix = listFix(t('Take empty keys out'), keys, filled)
      found.push(advise('empty-key', [...path, 'keys'], 'advice', sentence, fix))
    }
    if (view.content.trim() === '') {
      const sentence = t('“{title}” says nothing: when it fires it adds nothing to the prompt.', { title: view.title })
      found.push(advise('empty-entry', [...path, 'content'], 'note', sentence))
    }
    return found
  })
}

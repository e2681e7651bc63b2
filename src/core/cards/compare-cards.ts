import { t } from '#lib/translate.ts'
import type { CardDocument } from './card.ts'
import { cardFields } from './card-fields.ts'
import { greetingsOf } from './edit-greetings.ts'
import { isObject, jsonEqual, own, withoutKey } from './json-tree.ts'
import { viewCard } from './view-card.ts'
import { writeJson } from './write-json.ts'

/** What a card says in one place, in words. */
export interface CardText {
  readonly title: string
  readonly text: string
}

/** A place of which two cards say different things. */
export interface CardDifference {
  readonly title: string
  readonly before: string
  readonly after: string
}

/** Every field that has a place of its own in a list; what is left over is compared as it is written. */
const listed = [
  ...['name', 'nickname', 'description', 'personality', 'scenario', 'first_mes', 'alternate_greetings'],
  ...['group_only_greetings', 'mes_example', 'system_prompt', 'post_history_instructions', 'creator_notes'],
  ...['creator', 'character_version', 'tags', 'character_book', 'assets', 'modification_date'],
]

/** Where two cards say different things, in the order of a card's fields. */
export function compareCards(before: CardDocument, after: CardDocument): CardDifference[] {
  if (jsonEqual(before.raw, after.raw)) return []
  const left = new Map(textsOf(before).map(({ title, text }) => [title, text]))
  const right = new Map(textsOf(after).map(({ title, text }) => [title, text]))
  const titles = [...new Set([...right.keys(), ...left.keys()])]
  return titles.flatMap((title) => {
    const pair = { before: left.get(title) ?? '', after: right.get(title) ?? '' }
    return pair.before === pair.after ? [] : [{ title, ...pair }]
  })
}

function textsOf(document: CardDocument): CardText[] {
  const card = viewCard(document)
  const { first, alternates, groupOnly = [] } = greetingsOf(document)
  const fields = cardFields(document)
  const rest = listed.reduce(withoutKey, fields)
  const extensions = own(rest, 'extensions')
  const others = isObject(extensions) ? { ...rest, extensions: withoutKey(extensions, 'her') } : rest
  const tree = (key: string) => writeJson(own(fields, key) ?? null, 'indented')
  return [
    { title: t('Name'), text: card.name },
    { title: t('Nickname'), text: card.nickname ?? '' },
    { title: t('Description'), text: card.description },
    { title: t('Personality'), text: card.personality },
    { title: t('Scenario'), text: card.scenario },
    { title: t('What moves them'), text: card.her.motivation ?? '' },
    { title: t('Book'), text: card.her.book ?? '' },
    ...Object.entries(card.her.relationships ?? {}).map(([name, text]) => ({
      title: t('Relationship: {name}', { name }),
      text,
    })),
    { title: t('First greeting'), text: first },
    ...alternates.map((text, index) => ({ title: t('Greeting {number, number}', { number: index + 2 }), text })),
    ...groupOnly.map((text, index) => ({ title: t('Group greeting {number, number}', { number: index + 1 }), text })),
    { title: t('Example dialogue'), text: card.exampleDialogue },
    { title: t('System prompt'), text: card.systemPrompt },
    { title: t('After the history'), text: card.postHistoryInstructions },
    { title: t('From the author'), text: card.creatorNotes },
    { title: t('By'), text: card.creator },
    { title: t('Version'), text: card.version },
    { title: t('Tags'), text: card.tags.join(', ') },
    { title: t('Lore'), text: tree('character_book') },
    { title: t('Pictures and files'), text: tree('assets') },
    { title: t('Everything else'), text: writeJson(others, 'indented') },
  ]
}

import { t } from '#lib/translate.ts'
import type { CardPath } from './advice.ts'

const names: Readonly<Record<string, string>> = {
  name: t('Name'),
  nickname: t('Nickname'),
  description: t('Description'),
  personality: t('Personality'),
  scenario: t('Scenario'),
  first_mes: t('Greeting'),
  alternate_greetings: t('Other greetings'),
  group_only_greetings: t('Greetings for groups'),
  mes_example: t('Example dialogue'),
  system_prompt: t('System prompt'),
  post_history_instructions: t('After the history'),
  creator_notes: t('Notes'),
  tags: t('Tags'),
  character_book: t('Lorebook'),
  book: t('Book'),
  motivation: t('Motivation'),
  relationships: t('Relationships'),
}

/** What a place of a card is called on screen. */
export function placeName(path: CardPath): string {
  const [field, second, third] = path
  if (field === undefined) return t('The whole card')
  if (field === 'extensions' && second === 'her') {
    const name = named(String(third))
    return path.length > 3 ? `${name}: ${path[3]}` : name
  }
  if (field === 'alternate_greetings' && typeof second === 'number')
    return t('Greeting {number, number}', { number: second + 2 })
  if (field === 'group_only_greetings' && typeof second === 'number')
    return t('Greeting for groups {number, number}', { number: second + 1 })
  if (field === 'character_book' && third !== undefined) {
    return t('Lorebook entry {entry}', { entry: typeof third === 'number' ? third + 1 : third })
  }
  return named(String(field))
}

/** Where a place comes among the others, as an author goes through a card. */
export function placeRank([field, , part]: CardPath): number {
  return Object.keys(names).indexOf(String(field === 'extensions' ? part : field))
}

function named(field: string): string {
  return (Object.hasOwn(names, field) ? names[field] : undefined) ?? field
}

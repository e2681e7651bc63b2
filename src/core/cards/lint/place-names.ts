import type { CardPath } from './advice.ts'

const names: Readonly<Record<string, string>> = {
  name: 'Name',
  nickname: 'Nickname',
  description: 'Description',
  personality: 'Personality',
  scenario: 'Scenario',
  first_mes: 'Greeting',
  alternate_greetings: 'Other greetings',
  group_only_greetings: 'Greetings for groups',
  mes_example: 'Example dialogue',
  system_prompt: 'System prompt',
  post_history_instructions: 'After the history',
  creator_notes: 'Notes',
  tags: 'Tags',
  character_book: 'Lorebook',
  book: 'Book',
  motivation: 'Motivation',
  relationships: 'Relationships',
}

/** What a place of a card is called on screen. */
export function placeName(path: CardPath): string {
  const [field, second, third] = path
  if (field === undefined) return 'The whole card'
  if (field === 'extensions' && second === 'her') {
    const name = named(String(third))
    return path.length > 3 ? `${name}: ${path[3]}` : name
  }
  if (field === 'alternate_greetings' && typeof second === 'number') return `Greeting ${second + 2}`
  if (field === 'group_only_greetings' && typeof second === 'number') return `Greeting for groups ${second + 1}`
  if (field === 'character_book' && third !== undefined) {
    return `Lorebook entry ${typeof third === 'number' ? third + 1 : third}`
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

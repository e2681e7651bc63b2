import type { CardView } from '../card.ts'
import type { CardPath } from '../lint/advice.ts'

/** A field a model may be asked to write. */
export interface HelpField {
  readonly name: string
  /** What it is called on screen, and heads its section in what is sent and answered. */
  readonly label: string
  /** Other headings an answer may have it under, in lower case. */
  readonly alsoCalled: readonly string[]
  readonly path: CardPath
  /** What a model is told to write there. */
  readonly wish: string
  readonly read: (view: CardView) => string
}

/** The field a model could write where `path` leads, if it is one. */
export function helpFieldAt(path: CardPath): HelpField | undefined {
  return helpFields.find((field) => field.path.join('.') === path.join('.'))
}

/** Fields in the order in which a card is best written. */
export const helpFields: readonly HelpField[] = [
  {
    name: 'name',
    label: 'Name',
    alsoCalled: ['character name', 'character'],
    path: ['name'],
    wish: 'The name alone.',
    read: (view) => (view.name === 'Unnamed' ? '' : view.name),
  },
  {
    name: 'book',
    label: 'Book',
    alsoCalled: ['world', 'source', 'setting'],
    path: ['extensions', 'her', 'book'],
    wish: 'The title of the book, film or world this character is from, made up where there is none. The title alone.',
    read: ({ her }) => her.book ?? '',
  },
  {
    name: 'description',
    label: 'Description',
    alsoCalled: ['profile', 'character description', 'background', 'backstory', 'biography'],
    path: ['description'],
    wish: 'Three or four paragraphs of prose in the third person: who this is, how they look and live, what they hide, how they talk. Causes and habits rather than adjectives. No lists.',
    read: (view) => view.description,
  },
  {
    name: 'personality',
    label: 'Personality',
    alsoCalled: ['traits', 'personality traits', 'personality summary'],
    path: ['personality'],
    wish: 'One or two sentences that sum the character up.',
    read: (view) => view.personality,
  },
  {
    name: 'scenario',
    label: 'Scenario',
    alsoCalled: ['scene', 'current scenario', 'current scene', 'situation'],
    path: ['scenario'],
    wish: 'Where the story opens, what has just happened, and how {{user}} comes into it. Two or three sentences.',
    read: (view) => view.scenario,
  },
  {
    name: 'motivation',
    label: 'Motivation',
    alsoCalled: ['inner thoughts', 'your inner thoughts', 'motivations', 'goals', 'goal', 'wants'],
    path: ['extensions', 'her', 'motivation'],
    wish: 'What the character wants, what it is afraid of, and what it would not say aloud. Two or three sentences.',
    read: ({ her }) => her.motivation ?? '',
  },
  {
    name: 'relationships',
    label: 'Relationships',
    alsoCalled: ['relationship', 'other characters'],
    path: ['extensions', 'her', 'relationships'],
    wish: 'Up to four other people who matter to the character, one a line, as “Name: what lies between them”.',
    read: ({ her }) =>
      Object.entries(her.relationships ?? {})
        .map(([name, text]) => `${name}: ${text}`)
        .join('\n'),
  },
  {
    name: 'greeting',
    label: 'Greeting',
    alsoCalled: ['first message', 'first mes', 'opening', 'opening message', 'intro'],
    path: ['first_mes'],
    wish: 'The character’s first turn: what it does between asterisks, what it says in quotes, and a reason to answer. About 100 words. Nothing that {{user}} does, says or feels.',
    read: (view) => view.greetings[0] ?? '',
  },
  {
    name: 'examples',
    label: 'Example dialogue',
    alsoCalled: ['examples', 'example dialogues', 'example messages', 'dialogue examples', 'example'],
    path: ['mes_example'],
    wish: 'Two short exchanges that show how the character talks. Each begins with a line <START>; each line with {{user}}: or {{char}}:. Actions stand between asterisks.',
    read: (view) => view.exampleDialogue,
  },
]

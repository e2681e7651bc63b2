import type { PromptMessage } from '#core/prompt/prompt-message.ts'
import { disarm } from '#core/prompt/special-tokens.ts'
import type { CardView } from '../card.ts'
import { type HelpField, helpFields } from './help-fields.ts'

/** What is sent to be helped; nothing of it is a turn of a story. */
export type HelpMessage = Pick<PromptMessage, 'role' | 'content'>

/** A question about a character, and what its author says. */
export interface Answered {
  readonly question: string
  readonly answer: string
}

/** How many questions an interview has. */
export const questionCount = 3

const role =
  'You help an author to write a character for a role-play. This is work on a text and no role-play: play nobody, and answer as the editor you are. The character is written {{char}} and the person it talks to {{user}}, with these braces, in all texts but the name. Keep to what the author has decided, contradict nothing of it, and write in the author’s language.'

/** Asks for one field, from what the others say. */
export function askForField(card: CardView, field: HelpField): readonly HelpMessage[] {
  const old = field.read(card).trim()
  const task = old === '' ? 'is still empty. Write it.' : 'is to be written better. Keep what it says.'
  return messages(
    `${role}\n\n${answerForm([field])}`,
    `${cardSections(card)}\n\nThe section “${field.label}” of this character ${task}`,
  )
}

/** Asks for questions that would tell the most about a character. */
export function askForQuestions(card: CardView): readonly HelpMessage[] {
  return messages(
    `${role}\n\nAsk the author ${questionCount} short questions whose answers would tell the most about how this character thinks, what it hides and how it talks: one a line, numbered, each ending with a question mark. Nothing else.`,
    cardSections(card),
  )
}

/** Asks for the fields that an author's answers tell something about. */
export function askFromAnswers(card: CardView, answers: readonly Answered[]): readonly HelpMessage[] {
  const told = answers
    .filter(({ answer }) => answer.trim() !== '')
    .map(({ question, answer }) => `Question: ${question}\nAnswer: ${answer.trim()}`)
    .join('\n\n')
  const fields = helpFields.filter(({ name }) => name !== 'name' && name !== 'book')
  return messages(
    `${role}\n\nWork what the author answered into the character. Write only the sections it changes, each as a whole.\n\n${answerForm(fields)}`,
    `${cardSections(card)}\n\n===The author’s answers===\n${told}`,
  )
}

/** Asks for a whole card from a page of prose. */
export function askFromProse(prose: string): readonly HelpMessage[] {
  return messages(
    `${role}\n\nMake a character of the text the author gives: the person it is most about. Take everything from the text and invent only what it leaves open.\n\n${answerForm(helpFields)}`,
    `===Text===\n${prose.trim()}`,
  )
}

function messages(system: string, user: string): readonly HelpMessage[] {
  return [
    { role: 'system', content: system },
    { role: 'user', content: disarm(user) },
  ]
}

function answerForm(fields: readonly HelpField[]): string {
  const sections = fields.map(({ label, wish }) => `===${label}===\n(${wish})`).join('\n\n')
  return `Answer in ${fields.length === 1 ? 'this section' : 'these sections'} and nothing else, each headed as here. What stands in round brackets says what belongs there; write that instead.\n\n${sections}`
}

function cardSections(card: CardView): string {
  const filled = helpFields.flatMap((field) => {
    const text = field.read(card).trim()
    return text === '' ? [] : [`===${field.label}===\n${text}`]
  })
  return filled.length > 0 ? filled.join('\n\n') : 'Nothing is decided about this character yet.'
}

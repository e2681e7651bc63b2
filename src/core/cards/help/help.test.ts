import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { emptyCard } from '../card.ts'
import { createCard } from '../create-card.ts'
import { textAt } from '../lint/advice.ts'
import { viewCard } from '../view-card.ts'
import { askForField, askForQuestions, askFromAnswers, askFromProse } from './ask-help.ts'
import { helpFields } from './help-fields.ts'
import { acceptProposal, readProposals, readQuestions, withoutPlanning } from './read-help.ts'

const description = helpFields.filter(({ name }) => name === 'description')
const card = createCard({ name: 'Mara', description: 'She keeps the ferry. <|im_end|>' })

function read(answer: string, asked = helpFields): string[] {
  return readProposals(answer, asked).map(({ path, text }) => `${path.join('.')}: ${text}`)
}

describe('what is asked', () => {
  test('holds the card, the form of the answer, and no mark of a chat template', () => {
    for (const field of helpFields) {
      const [system, user] = askForField(viewCard(card), field)
      expect(system?.content).toContain(`===${field.label}===`)
      expect(user?.content).toContain('She keeps the ferry.')
      expect(user?.content).not.toContain('<|im_end|>')
    }
    const [written] = description.map((field) => askForField(viewCard(card), field)[1]?.content)
    expect(written).toContain('to be written better')
    expect(askForQuestions(emptyCard)[1]?.content).toBe('Nothing is decided about this character yet.')
    const [, answers] = askFromAnswers(viewCard(card), [
      { question: 'Why the ferry?', answer: ' Debts. ' },
      { question: 'Whose?', answer: ' ' },
    ])
    expect(answers?.content).toContain('Question: Why the ferry?\nAnswer: Debts.')
    expect(answers?.content).not.toContain('Whose?')
    expect(askFromProse(' Once. ')[1]?.content).toBe('===Text===\nOnce.')
  })

  test('what is asked for is read, were it the answer', () => {
    const asked = helpFields.map(({ label }) => `===${label}===\nTom: words`).join('\n\n')
    expect(readProposals(asked)).toHaveLength(helpFields.length)
  })
})

describe('an answer is read', () => {
  test.each<[string, string[]]>([
    [
      '===Description===\nShe rows.\n\nAt night.\n\n===Scenario===\nDusk.',
      ['description: She rows.\n\nAt night.', 'scenario: Dusk.'],
    ],
    [
      '## Description\nShe rows.\n## First Message\n*rows* "Sit."',
      ['description: She rows.', 'first_mes: *rows* "Sit."'],
    ],
    [
      '**Description:** She rows.\n**Example Dialogue**\n<START>\n{{char}}: No.',
      ['description: She rows.', 'mes_example: <START>\n{{char}}: No.'],
    ],
    ['Description: She rows.\nPersonality: Dry.', ['description: She rows.', 'personality: Dry.']],
    ['1. **Name**: "Mara Quill"\n2. **Book**: *The Ferry*', ['name: Mara Quill', 'extensions.her.book: The Ferry']],
    ['[Description]\nShe rows.\n[Motivation]\nNone', ['description: She rows.']],
    ['===Description===\nA list:\nPersonality: dry', ['description: A list:\nPersonality: dry']],
    [
      '===Relationships===\n- Tom: her brother\n- **Ida**: owes her\nnobody else',
      ['extensions.her.relationships.Tom: her brother', 'extensions.her.relationships.Ida: owes her'],
    ],
    ['```\n===Description===\nShe rows.\n```', ['description: She rows.']],
    ['I am afraid I can’t.', []],
    ['', []],
  ])('%s', (answer, expected) => {
    expect(read(answer)).toEqual(expected)
  })

  test('without its planning, closed or not', () => {
    const plan = 'The author wants ===Scenario===\nno.'
    expect(read(`<system_thinking>${plan}</system_thinking>\n===Description===\nShe rows.`)).toEqual([
      'description: She rows.',
    ])
    expect(read(`<think>${plan}</think>===Description===\nShe rows.<|im_end|>more`)).toEqual(['description: She rows.'])
    expect(read(`<system_thinking>${plan}`)).toEqual([])
    expect(read('===Greeting===\n<role_action>rows</role_action>Sit. <role_thinking>Late.</role_thinking>')).toEqual([
      'first_mes: <role_action>rows</role_action>Sit. <role_thinking>Late.</role_thinking>',
    ])
  })

  test('without any heading when only one field was asked for, and no other field is taken then', () => {
    expect(read('She rows.', description)).toEqual(['description: She rows.'])
    expect(read('===Scenario===\nDusk.', description)).toEqual([])
  })

  test('never throws, and what it proposes is in the answer', () => {
    const piece = fc.constantFrom(
      '===',
      'Description',
      '## ',
      '**',
      '\n',
      ': ',
      '<think>',
      '</think>',
      '<role_action>',
      'Tom: x',
      ' ',
    )
    const answers = fc.oneof(
      fc.string(),
      fc.array(fc.oneof(piece, fc.string()), { maxLength: 30 }).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(answers, (answer) => {
        for (const { text } of readProposals(answer)) expect(text).not.toBe('')
        expect(readQuestions(answer).length).toBeLessThanOrEqual(3)
        expect(withoutPlanning(answer).length).toBeLessThanOrEqual(answer.length)
      }),
    )
  })
})

test('questions are read, numbered or not', () => {
  expect(
    readQuestions(
      '<think>Hm?</think>Sure:\n1. What does she owe?\n**2)** Who taught her to row?\n- Q3: What does she fear?\n4. More?!?',
    ),
  ).toEqual(['What does she owe?', 'Who taught her to row?', 'What does she fear?'])
})

test('a proposal that is taken changes its place and nothing else', () => {
  const [first, second] = readProposals('===Description===\nShe rows.\n===Relationships===\nTom: her brother')
  const taken = [first, second].reduce((made, proposal) => (proposal ? acceptProposal(made, proposal) : made), card)
  expect(viewCard(taken)).toEqual({
    ...viewCard(card),
    description: 'She rows.',
    her: { relationships: { Tom: 'her brother' } },
  })
  expect(textAt(taken, ['extensions', 'her', 'relationships', 'Tom'])).toBe('her brother')
  expect(textAt(card, ['extensions', 'her', 'book'])).toBe('')
})

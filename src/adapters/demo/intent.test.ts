import { describe, expect, test } from 'vitest'
import { echoPhrase } from './echo-phrase.ts'
import { intentOf } from './intent.ts'

describe('what a line is after', () => {
  test.each([
    ['Hello there!', 'greeting'],
    ['Good evening, madam.', 'greeting'],
    ['Hello, I came to ask why nobody in this house will tell me the truth', 'fallback'],
    ['Who are you?', 'self'],
    ['What do you want', 'self'],
    ['Tell me about your sister.', 'other'],
    ['What happened here?', 'other'],
    ['How lovely you look tonight', 'compliment'],
    ['You are a liar, sir.', 'provocation'],
    ['I must go.', 'goodbye'],
    ['Goodbye', 'goodbye'],
    ['I feel quite lost', 'feelings'],
    ['Do you love him?', 'feelings'],
    ['The road was long.', 'fallback'],
    ['今天天气很好', 'fallback'],
    ['Are you real?', 'honesty'],
    ['Are you a human or a chatbot?', 'honesty'],
    ['you’re an AI', 'honesty'],
    ['What language model are you?', 'honesty'],
    ['Is the treasure real?', 'fallback'],
    ['The machine in the cellar has stopped.', 'fallback'],
  ])('%s → %s', (line, intent) => expect(intentOf(line, false)).toBe(intent))

  test('a thing done without a word, and mere dots, are actions', () => {
    expect(intentOf('', true)).toBe('action')
    expect(intentOf('…', false)).toBe('action')
    expect(intentOf('', false)).toBe('fallback')
  })
})

describe('the phrase that is echoed', () => {
  test.each([
    ['I walked here, and the roads are drowned.', 'The roads are drowned'],
    ['Well, you are hiding something!', 'You are hiding something'],
    ['Yes', undefined],
    ['…', undefined],
    ['This is one very long clause that nobody would ever wish to hear quoted back at them', undefined],
    ['<b>so</b> it [is] "said"', 'B so /b it is said'],
  ])('%s → %s', (words, phrase) => expect(echoPhrase(words)).toBe(phrase))
})

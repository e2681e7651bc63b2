import { environmentName, everyName } from '#core/scene/cast.ts'
import { environmentReader } from '#core/scene/hearing.ts'
import type { Prompt } from './build-prompt.ts'
import { chooseHistory } from './choose-history.ts'
import { type DirectorsNote, placeOfNote, writeNote } from './directors-note.ts'
import { historyMessages } from './history-messages.ts'
import { createMessage } from './prompt-message.ts'
import { messageTokensOf, type PromptBudget, roomIn, tokensOf } from './prompt-room.ts'
import { describePlace, describePresent, type PublicScene } from './public-scene.ts'
import { chatMlStops } from './special-tokens.ts'

export interface EnvironmentInput extends PublicScene {
  readonly note?: DirectorsNote
  readonly budget: PromptBudget
}

/**
 * What a model is sent to narrate: of what everybody present can see and hear, so that nothing it tells them gives away
 * what one of them alone knows. In form it is as a character's; the environment's own turns are `assistant`.
 */
export function buildEnvironmentPrompt(input: EnvironmentInput): Prompt {
  const { heard, note, budget } = input
  const { factor = 1 } = budget
  const system = createMessage('system', [
    { source: 'form', text: opening },
    ...describePlace(input),
    { source: 'form', text: '\n\n===Who is there===\n' },
    ...describePresent(input),
    { source: 'form', text: `\n\n===Requirements===\n${rules}` },
  ])
  const limit = roomIn(budget)
  const history = chooseHistory(heard, environmentReader, limit - messageTokensOf(system))
  const noteText = note ? writeNote(note, (text) => text) : ''
  const story = historyMessages(history.turns, '', {
    dropped: history.dropped.turns,
    ...(note && noteText !== '' && { note: { text: noteText, place: placeOfNote(note, history.turns.length) } }),
  })
  const messages = [system, ...story]
  const estimated = tokensOf(messages)
  const others = everyName(input.cast)
  return {
    messages,
    stop: [...chatMlStops, ...others.map((name) => `\n${name}:`)],
    others,
    tokens: Math.ceil(estimated * factor),
    estimated,
    droppedMemory: false,
    dropped: { ...history.dropped, examples: 0 },
    droppedLore: [],
    overBudget: Math.max(0, Math.ceil((estimated - limit) * factor)),
    endsWith: messages.at(-1)?.role === 'assistant' ? 'assistant' : 'user',
  }
}

const opening = `You are the ${environmentName} of a scene: the place, the weather, things and sounds, and people who pass through it.`

const rules = `Write what happens next around those who are there, in one to three sentences, in the present tense and in the language of the story.
Tell only what everybody there can see or hear. Never say what anyone thinks, feels or intends, and never speak or act for those named above.
Write plain text, without tags, headings or names at the beginning.`

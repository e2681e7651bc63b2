import { environmentName, everyName } from '#core/scene/cast.ts'
import { environmentReader } from '#core/scene/hearing.ts'
import { isMemoryOf, type KnownMemory } from '#core/scene/remembering.ts'
import type { Prompt } from './build-prompt.ts'
import { chooseHistory } from './choose-history.ts'
import { type DirectorsNote, placeOfNote, writeNote } from './directors-note.ts'
import { estimateTokens } from './estimate.ts'
import { historyMessages } from './history-messages.ts'
import { herHistory } from './history-policy.ts'
import { createMessage } from './prompt-message.ts'
import { messageTokensOf, type PromptBudget, roomIn, tokensOf } from './prompt-room.ts'
import { describePlace, describePresent, type PublicScene } from './public-scene.ts'
import { chatMlStops } from './special-tokens.ts'
import { everybody } from './summary-prompt.ts'

export interface EnvironmentInput extends PublicScene {
  readonly note?: DirectorsNote
  /** What all present remember of the oldest turns: a summary that is sent in their place. */
  readonly memory?: KnownMemory
  readonly budget: PromptBudget
}

/**
 * What a model is sent to narrate: of what everybody present can see and hear, so that nothing it tells them gives away
 * what one of them alone knows. In form it is as a character's; the environment's own turns are `assistant`.
 */
export function buildEnvironmentPrompt(input: EnvironmentInput): Prompt {
  const { memory, ...rest } = input
  if (memory && !isMemoryOf(memory, environmentReader)) throw new Error('The environment was about to be told a memory')
  const whole = assemble(input)
  // Without the newest turn there is nothing to tell of.
  return whole.overBudget === 0 || !memory ? whole : { ...assemble(rest), droppedMemory: true }
}

function assemble(input: EnvironmentInput): Prompt {
  const { heard, note, memory, budget } = input
  const { factor = 1 } = budget
  const system = createMessage('system', [
    { source: 'form', text: opening },
    ...describePlace(input),
    { source: 'form', text: '\n\n===Who is there===\n' },
    ...describePresent(input),
    { source: 'form', text: `\n\n===Requirements===\n${rules}` },
  ])
  const limit = roomIn(budget)
  const remembered = memory?.turns ?? 0
  const told = memory && { text: memory.version.text, name: everybody }
  const room = limit - messageTokensOf(system) - (told ? estimateTokens(told.text) + memoryFormTokens : 0)
  const history = chooseHistory(heard, environmentReader, room, herHistory, remembered)
  const noteText = note ? writeNote(note, (text) => text) : ''
  const story = historyMessages(history.turns, '', {
    dropped: history.dropped.turns + remembered,
    ...(told && { memory: told }),
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
    ...(told && { remembered: { turns: remembered, tokens: estimateTokens(told.text) } }),
    droppedMemory: false,
    dropped: { ...history.dropped, examples: 0 },
    droppedLore: [],
    overBudget: Math.max(0, Math.ceil((estimated - limit) * factor)),
    endsWith: messages.at(-1)?.role === 'assistant' ? 'assistant' : 'user',
  }
}

/** The words around a memory, in tokens. */
const memoryFormTokens = 30

const opening = `You are the ${environmentName} of a scene: the place, the weather, things and sounds, and people who pass through it.`

const rules = `Write what happens next around those who are there, in one to three sentences, in the present tense and in the language of the story.
Tell only what everybody there can see or hear. Never say what anyone thinks, feels or intends, and never speak or act for those named above.
Write plain text, without tags, headings or names at the beginning.`

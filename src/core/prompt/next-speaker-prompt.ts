import { type CastMember, environmentName } from '#core/scene/cast.ts'
import { environmentReader } from '#core/scene/hearing.ts'
import { endOfScene, labelsOf } from '#core/scene/read-next-speaker.ts'
import { isMemoryOf, type KnownMemory } from '#core/scene/remembering.ts'
import { createMessage, type PromptMessage } from './prompt-message.ts'
import { describePresent, type PublicScene, tellPublic } from './public-scene.ts'
import { disarm } from './special-tokens.ts'

export interface NextSpeakerInput extends PublicScene {
  /** Who may be named. */
  readonly candidates: readonly CastMember[]
  /** What all present remember of the oldest turns. */
  readonly memory?: KnownMemory
  /** What the story may take, in tokens. */
  readonly room: number
}

/** As much of a story as it takes to see whose turn it is. */
const mostRoom = 2000

/**
 * What a model is asked to choose who speaks next: of what everybody in the scene can see and hear, and of nothing else.
 * `readNextSpeaker` reads what it answers.
 */
export function buildNextSpeakerPrompt(input: NextSpeakerInput): PromptMessage[] {
  const { memory } = input
  if (memory && !isMemoryOf(memory, environmentReader)) throw new Error('Whoever directs was about to be told a memory')
  const told = tellPublic(input, Math.min(mostRoom, input.room))
  const names = labelsOf(input.candidates).map(({ label }) => label)
  const choices = disarm([...names, environmentName, endOfScene].map((name) => `- ${name}`).join('\n'))
  return [
    createMessage('system', [
      {
        source: 'form',
        text: `You direct a scene: after each turn you say who takes the next one. Look for who was spoken to, who was touched by what was just done, and who has been silent for long. Choose ${environmentName} where the world should answer before anyone does, and ${endOfScene} where nothing is left to say.\n\n===Who is there===\n`,
      },
      ...describePresent(input),
    ]),
    createMessage('user', [
      ...(memory
        ? [
            { source: 'form' as const, text: '===What came before===\n' },
            { source: 'memory' as const, text: disarm(memory.version.text) },
            { source: 'form' as const, text: '\n\n' },
          ]
        : []),
      { source: 'form', text: '===What happened===\n' },
      { source: 'story', text: told.join('\n\n') },
      {
        source: 'form',
        text: `\n\n===Task===\nWho takes the next turn? One of these:\n${choices}\n\nAnswer with one line and nothing else:\nNext speaker: <name>`,
      },
    ]),
  ]
}

import { createRandom } from '#lib/random.ts'
import { characterPrompt, choosingPrompt, endOfChat, environmentPrompt, opening } from './actor-prompts.ts'
import { type EvaluationCase, environment } from './evaluation-case.ts'
import { mendRepetition } from './mend-repetition.ts'
import type { Preset } from './preset.ts'
import { readChoice } from './read-choice.ts'
import { withName, withoutThoughts } from './thoughts.ts'

/** A message as a model takes it. */
export interface ActingMessage {
  readonly role: 'system' | 'user' | 'assistant'
  readonly content: string
}

/** Who is asked. */
export type ActingPart = 'actor' | 'environment' | 'next-speaker'

/** One call a play waits for. */
export interface ActingCall {
  readonly round: number
  readonly part: ActingPart
  /** Who acts, or for whom the next is chosen. */
  readonly speaker: string
  readonly messages: readonly ActingMessage[]
}

/** A line of a play, as the speaker wrote it. */
export interface PlayedLine {
  readonly round: number
  readonly speaker: string
  readonly text: string
  /** The model gave no answer: an empty line that counts as a round all the same. */
  readonly failed: boolean
  /** Whoever is next was drawn, since the answer named nobody who could be. */
  readonly drewNext: boolean
  /** It was taken from the book (`continueFrom`). */
  readonly given: boolean
}

export interface ActingOptions {
  readonly preset: Preset
  /** Rounds at most, in the place of the preset's own. */
  readonly rounds?: number | undefined
  /** So many lines of the book are taken as they are before anybody is asked. */
  readonly continueFrom?: number | undefined
  /** The next speaker is drawn each time, and no model asked. */
  readonly choosesByChance?: boolean | undefined
  /** Who plays the characters and the environment: of some models' replies repetitions are cut. */
  readonly models?: Readonly<Record<'actor' | 'environment', string>> | undefined
  /** The same case with the same seed draws the same. */
  readonly seed: string
  /** Told of each line once it is known who is next. */
  readonly onLine?: ((line: PlayedLine) => void) | undefined
}

/**
 * Given-circumstance acting (CoSER): a case is played by its speakers and the environment, while a third decides who
 * acts next. It asks for each answer in turn and is told it, undefined where there is none. It depends on nothing but
 * the case, the options and the answers, so that told the same answers again it stands where it stood.
 * @returns the lines, in the order they were played.
 */
export function* act(
  test: EvaluationCase,
  options: ActingOptions,
): Generator<ActingCall, PlayedLine[], string | undefined> {
  const { preset, continueFrom = 0 } = options
  const random = createRandom(`${options.seed}/${test.id}`)
  const minds = new Map(test.speakers.map((name) => [name, createMind(promptOf(name, test, preset), preset)]))
  const chooser = createMind(choosingPrompt(test), preset)
  const lines: PlayedLine[] = []
  let speaker = test.speakers[0] ?? environment
  for (let round = 0; round < (options.rounds ?? preset.rounds); round++) {
    const given = round < continueFrom ? test.reference[round] : undefined
    const mind = minds.get(speaker)
    if (!mind) break
    const part = speaker === environment ? 'environment' : 'actor'
    const told = given ? given.text : yield { round, part, speaker, messages: mind.messages() }
    const answer = !given && told && isMended(part, options) ? (mendRepetition(told) ?? told) : told
    const text = preset.addsNames && answer ? withName(answer, speaker) : (answer ?? '')
    const heard = withoutThoughts(text, speaker)
    for (const [name, other] of minds) {
      if (name === speaker) other.add('assistant', text)
      else other.add('user', heard === '' ? '' : withName(heard, speaker))
    }
    chooser.add('user', heard === '' ? '' : withName(heard, speaker))

    let choice: string | undefined
    if (given) choice = round < test.reference.length - 1 ? test.reference[round + 1]?.speaker : endOfChat
    else if (!options.choosesByChance) {
      const named = yield { round, part: 'next-speaker', speaker, messages: chooser.messages() }
      choice = named && named.length <= preset.longestChoice ? readChoice(named, test.speakers) : undefined
    }
    const isEnd = choice === endOfChat && round >= preset.endsFrom
    const isKnown = choice !== undefined && choice !== speaker && test.speakers.includes(choice)
    const next = isEnd || isKnown ? (choice ?? endOfChat) : drawNext(test, speaker, options, random)
    const line: PlayedLine = {
      round,
      speaker,
      text,
      failed: answer === undefined,
      drewNext: next !== choice,
      given: given !== undefined,
    }
    lines.push(line)
    options.onLine?.(line)
    if (isEnd) break
    // What it said is kept as it was read: its reasons are about all that happened, and would be told again each time.
    chooser.add('assistant', choice ?? next)
    speaker = next
  }
  return lines
}

/** CoSER's code leaves the replies of models alone that are called so. */
function isMended(part: 'actor' | 'environment', { preset, models }: ActingOptions): boolean {
  return preset.mendsRepetition && models !== undefined && !/^(?:gpt|claude)/i.test(models[part])
}

/** By chance one of the majors and the environment, but never who just acted; else whoever else may speak. */
function drawNext(test: EvaluationCase, speaker: string, options: ActingOptions, random: () => number): string {
  const others = test.speakers.filter((name) => name !== speaker)
  const isMajor = (name: string) => test.majors.includes(name) || name === environment
  // Where nobody is asked, HER draws among all who speak; the published fallback takes the majors.
  const preferred = others.filter(options.choosesByChance ? (name) => name !== environment : isMajor)
  const candidates = preferred.length > 0 ? preferred : others
  return candidates[Math.floor(random() * candidates.length)] ?? environment
}

function promptOf(name: string, test: EvaluationCase, preset: Preset): string {
  return name === environment ? environmentPrompt(test) : characterPrompt(test, name, preset)
}

/** What one of those who are asked remembers. Only what it may know is ever added to it. */
function createMind(system: string, preset: Preset) {
  const told: ActingMessage[] = [
    { role: 'system', content: system },
    { role: 'user', content: opening },
  ]
  return {
    add(role: 'user' | 'assistant', content: string) {
      if (content === '') return
      const last = told.at(-1)
      if (preset.mergesMessages && last?.role === role)
        told[told.length - 1] = { role, content: `${last.content}\n\n${content}` }
      else told.push({ role, content })
    },
    messages: (): readonly ActingMessage[] => [...told],
  }
}

import type { Turn } from '#core/conversation/turn.ts'
import { writeReply } from '#core/her/write.ts'
import type { CharacterId } from '#core/ids.ts'
import { buildPrompt } from '#core/prompt/build-prompt.ts'
import { sealPrompt } from '#core/prompt/prompt-seal.ts'
import { disarm } from '#core/prompt/special-tokens.ts'
import { writeHeard } from '#core/prompt/write-heard.ts'
import type { Cast } from '#core/scene/cast.ts'
import { type HeardTurn, hear, ownPlanning } from '#core/scene/hearing.ts'
import type { DropReason } from './check-row.ts'
import type { TrainingMessage } from './training-row.ts'

/** What one character said in a row, with nobody perceived in between: one turn to HER's data, which joins such. */
export interface OwnRun {
  /** Where in what it heard the run begins and ends. */
  readonly from: number
  readonly to: number
  /** The last turn of it, and its place in the branch. */
  readonly turn: Turn
  readonly place: number
}

/** One character's part in one branch. */
export interface Part {
  readonly reader: CharacterId
  readonly cast: Cast
  readonly path: readonly Turn[]
  /** What it heard, turns with nothing in them left out. */
  readonly heard: readonly HeardTurn[]
  readonly runs: readonly OwnRun[]
}

/** A sample before it is checked. */
export interface Sample {
  /** `system`, then `user` and `assistant` in turn; the last is the character's, with what was planned for it. */
  readonly messages: readonly TrainingMessage[]
  readonly historyTurns: number
  /** The places in the branch that each message but the system's is of. */
  readonly places: readonly (readonly number[])[]
  /** What its check found that no reading of the messages alone could find. */
  readonly leak?: DropReason
}

/**
 * The cast as HER's data knows it: what a card says of a character. What it tells other models (its own system prompt, its
 * last instructions, its examples) is no part of HER's prompts.
 */
export function castForTraining(cast: Cast): Cast {
  const characters = cast.characters.map((member) => ({
    ...member,
    card: { ...member.card, systemPrompt: '', postHistoryInstructions: '', exampleDialogue: '' },
  }))
  return { ...cast, characters }
}

/** What a character heard and said in a branch. */
export function partOf(reader: CharacterId, path: readonly Turn[], cast: Cast): Part {
  const heard = hear(path, reader, cast).filter(({ segments }) => segments.some(({ text }) => text.trim() !== ''))
  const runs: OwnRun[] = []
  for (const [index, { isOwn, place }] of heard.entries()) {
    const turn = path[place]
    if (!isOwn || !turn) continue
    const before = runs.at(-1)
    if (before?.to === index) runs[runs.length - 1] = { ...before, to: index + 1, turn, place }
    else runs.push({ from: index, to: index + 1, turn, place })
  }
  return { reader, cast, path, heard, runs }
}

/**
 * The sample that ends with one of a character's runs. The prompt is made by what makes prompts for models, in HER's
 * training form, so that a model is asked in the very words it was trained on; what follows is the run as the data set
 * writes it: planning first, no blank after it.
 * @param mostHistory so many of its own runs stay before the last, at most.
 */
export function sampleOf(part: Part, index: number, mostHistory = Number.POSITIVE_INFINITY): Sample {
  const { reader, cast, path, heard, runs } = part
  const run = runs[index]
  if (!run) throw new Error(`There is no run ${index}`)
  const historyTurns = Math.min(index, mostHistory)
  const begins = runs[index - historyTurns - 1]?.to ?? 0
  const history = heard.slice(begins, run.from)
  const { conversationId, id, createdAt } = run.turn
  const prompt = buildPrompt({
    character: reader,
    cast,
    heard: history,
    macros: { chance: { chat: conversationId, reply: id }, now: { at: createdAt } },
  })
  const own = heard.slice(run.from, run.to)
  const written = own.map((turn) => writeHeard(turn, reader, { planning: false, thoughts: true }))
  const said = `${written[0]?.head ?? ''}${written.map(({ body }) => body).join('\n\n')}`
  const planned = own.map((turn) => ownPlanning(turn, reader).trim()).filter((text) => text !== '')
  const planning =
    planned.length > 0
      ? disarm(writeReply([{ layer: 'system_thinking', text: planned.join('\n\n'), closed: true }]))
      : ''
  const last = { role: 'assistant', content: planning + said } as const
  // Its own planning is what it is trained on; all else is held to what a model may be told.
  const payload = { messages: [...prompt.messages, { role: 'assistant', content: said }] }
  const knower = { kind: 'character', id: reader } as const
  const { foreignThoughts, unheardLines } = sealPrompt({ payload, path: path.slice(0, run.place + 1), knower, cast })
  return {
    messages: [...prompt.messages.map(({ role, content }) => ({ role, content })), last],
    historyTurns,
    places: placesOf(history, own),
    ...(foreignThoughts > 0 ? { leak: 'foreign-thought' } : unheardLines > 0 && { leak: 'unheard-line' }),
  }
}

/** Which turns each message holds: the character's own and what came between, in turn, others' first. */
function placesOf(history: readonly HeardTurn[], own: readonly HeardTurn[]): number[][] {
  const places: number[][] = [[]]
  for (const { isOwn, place } of [...history, ...own]) {
    const isOwnsTurn = places.length % 2 === 0
    if (isOwn === isOwnsTurn) places.at(-1)?.push(place)
    else places.push([place])
  }
  return places
}

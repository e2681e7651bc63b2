import { answeredText, type BenchLine } from '#core/bench-like/bench-line.ts'
import { type DialogueResult, type JudgedStretch, readDialogueResult } from '#core/bench-like/dialogue-result.ts'
import { placeMisalignment } from '#core/bench-like/place-misalignment.ts'
import { playDialogue, stretchesOf } from '#core/bench-like/play-dialogue.ts'
import { judgeMessages } from '#core/bench-like/prompts.ts'
import { readJudgement } from '#core/bench-like/read-judgement.ts'
import {
  type BenchPart,
  type BenchRun,
  type DialogueId,
  dialogueKey,
  dialoguesOf,
  judgeKey,
  keptSeed,
  lineKey,
} from '#core/bench-like/run-header.ts'
import type { BenchSeed } from '#core/bench-like/seed.ts'
import type { JsonValue } from '#core/job.ts'
import type { Calls } from '#engine/calls/create-calls.ts'
import { inParallel } from '#lib/in-parallel.ts'
import type { Journal } from '#ports/journal.ts'

/** What happens in a run, as it happens; what is gone through again from the journal is told again. */
export type BenchEvent =
  | { readonly type: 'line'; readonly dialogue: DialogueId; readonly line: BenchLine }
  | { readonly type: 'stretch'; readonly dialogue: DialogueId; readonly stretch: JudgedStretch }
  | { readonly type: 'dialogue-end'; readonly dialogue: DialogueId; readonly result: DialogueResult }

interface Running {
  readonly run: BenchRun
  /** Who is asked in each part; parts may share one. */
  readonly calls: Readonly<Record<BenchPart, Pick<Calls, 'ask'>>>
  readonly journal: Journal
  /** Dialogues that are played at once. */
  readonly atOnce: number
  readonly signal: AbortSignal
  readonly onEvent?: (event: BenchEvent) => void
}

/** The character as in HER's evaluation; a judge that is asked twice is to say the same. */
const samplings = {
  actor: { temperature: 0.7, topP: 1, maxTokens: 4096 },
  simulator: { temperature: 0.7, topP: 1, maxTokens: 2048 },
  judge: { temperature: 0, topP: 1, maxTokens: 8192 },
} as const

/**
 * Plays and judges the dialogues of a run. All it decides follows from the run and the answers, so that begun again with
 * its journal it goes through what is known and on from there. Rejects when it is stopped, or when a call can't be made
 * until somebody has seen to it; what is in the journal stays.
 */
export async function runBenchLike(running: Running): Promise<void> {
  const { run, atOnce, signal } = running
  await inParallel(dialoguesOf(run), atOnce, (dialogue) => runDialogue(dialogue, running), signal)
  signal.throwIfAborted()
}

async function runDialogue(dialogue: DialogueId, running: Running): Promise<void> {
  const { journal, onEvent } = running
  const seed = keptSeed(dialogue.seedId, journal)
  if (!seed) throw new Error(`The run has no seed “${dialogue.seedId}”`)
  const known = readDialogueResult(journal.get(dialogueKey(dialogue)))
  const result = known ?? (await playAndJudge(dialogue, seed, running))
  if (!known) await journal.append(dialogueKey(dialogue), result as unknown as JsonValue)
  onEvent?.({ type: 'dialogue-end', dialogue, result })
}

async function playAndJudge(dialogue: DialogueId, seed: BenchSeed, running: Running): Promise<DialogueResult> {
  const { run, onEvent } = running
  const lines = await play(dialogue, seed, running)
  const stretches = await Promise.all(
    stretchesOf(lines, run.stretch).map(async (stretch, index) => {
      const judged = await judge(judgeKey(dialogue, index), seed, stretch, running)
      onEvent?.({ type: 'stretch', dialogue, stretch: judged })
      return judged
    }),
  )
  return { index: dialogue.index, lines, stretches }
}

async function play(dialogue: DialogueId, seed: BenchSeed, running: Running): Promise<BenchLine[]> {
  const { run, calls, signal, onEvent } = running
  const onLine = (line: BenchLine) => onEvent?.({ type: 'line', dialogue, line })
  const playing = playDialogue(seed, { turns: run.turns, onLine })
  let step = playing.next()
  while (!step.done) {
    const { turn, side, messages } = step.value
    const part = side === 'ai' ? 'actor' : 'simulator'
    const request = { messages, sampling: samplings[part], stop: [] }
    step = playing.next(answeredText(await calls[part].ask(lineKey(dialogue, turn), request, signal)))
  }
  return step.value
}

async function judge(
  key: string,
  seed: BenchSeed,
  lines: readonly BenchLine[],
  { calls, signal }: Running,
): Promise<JudgedStretch> {
  const request = { messages: judgeMessages(seed, lines), sampling: samplings.judge, stop: [] }
  const outcome = await calls.judge.ask(key, request, signal)
  const place = { from: lines[0]?.turn ?? 0, to: lines.at(-1)?.turn ?? 0 }
  if (outcome.kind === 'failed') return { ...place, state: 'unanswered', misalignments: [] }
  const judgement = readJudgement(outcome.text || outcome.reasoning)
  if (!judgement) return { ...place, state: 'unreadable', misalignments: [] }
  const misalignments = judgement.misalignments.map((found) => {
    const placed = placeMisalignment(found, lines)
    return { ...found, ...(placed !== undefined && { placed }) }
  })
  return { ...place, state: 'judged', scores: judgement.scores, misalignments }
}

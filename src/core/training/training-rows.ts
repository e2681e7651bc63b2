import type { Conversation } from '#core/conversation/conversation.ts'
import { disarm } from '#core/prompt/special-tokens.ts'
import { memberOf, spokenName } from '#core/scene/cast.ts'
import { modelsOwn } from '#core/scene/cast-of.ts'
import { type Story, titleOf } from '#core/story/story.ts'
import { type Branch, type BranchChoice, branchesOf } from './branches.ts'
import { checkSample, type DropReason, isPlanned } from './check-row.ts'
import { type CleanRow, cleanRow } from './clean-row.ts'
import { createProvenance, type RowProvenance, type TellProvenance } from './provenance.ts'
import type { ReplaceNames } from './replace-names.ts'
import { castForTraining, type OwnRun, type Part, partOf, sampleOf } from './sample.ts'
import {
  type MultiTurnRow,
  type PreferenceRow,
  type ShareGptRow,
  type SingleTurnRow,
  type TrainingShape,
  toShareGpt,
} from './training-row.ts'

/** What of the chosen chats goes out, and how. */
export interface SampleChoice {
  readonly shape: Exclude<TrainingShape, 'preference'>
  readonly branches: BranchChoice
  readonly replace: ReplaceNames
  /** Rows whose last turn nobody planned stay here: HER's own data has hardly any. */
  readonly needsPlanning?: boolean
  /** So many of its own turns stay before the last, at most. Long chats are not what HER was trained on. */
  readonly mostHistory?: number | undefined
}

/** Where a row is from: enough to find it again. */
export interface TrainingPlace {
  readonly title: string
  /** Of which character, as it is called in the chat. */
  readonly name: string
  /** Counts from 1 along its branch; absent where it is of a whole branch. */
  readonly turn?: number
}

/** A row that goes out, or the reason why there is none. */
export type TrainingItem =
  | {
      readonly kind: 'row'
      readonly row: MultiTurnRow | SingleTurnRow | ShareGptRow | CleanRow | PreferenceRow
      readonly isPlanned: boolean
      readonly place: TrainingPlace
    }
  | { readonly kind: 'dropped'; readonly reason: DropReason; readonly place: TrainingPlace }

/**
 * The rows of one chat or scene, one at a time. Of each character that models play a row is made; whom the reader plays
 * is none of them. A turn that several branches share goes out once.
 */
export function* trainingRows(story: Story, choice: SampleChoice): Generator<TrainingItem> {
  const { conversation } = story
  const cast = castForTraining(story.cast)
  const title = titleOf(story)
  const readers = modelsOwn(conversation).filter((id) => memberOf(id, cast))
  const told = new Set<string>()
  const from: Origin = {
    chat: goingOut(conversation.id, choice.replace),
    tell: createProvenance(story.turns, cast, (text) => goingOut(text, choice.replace)),
  }
  for (const branch of branchesOf(story, choice.branches)) {
    const parts = readers.map((reader) => partOf(reader, branch.path, cast))
    const traceId = traceOf(title, conversation, branch, choice.replace)
    if (choice.shape === 'clean') yield* cleanRows(parts, { title, traceId, branch, cast, from }, choice)
    else {
      const taken = new Map<string, number>()
      for (const part of parts)
        yield* sampleRows(part, { title, from, branch }, ownTrace(traceId, part, taken, choice.replace), told, choice)
    }
  }
}

/** What tells of rows where they come from. */
interface Origin {
  readonly chat: string
  readonly tell: TellProvenance
}

interface Source {
  readonly title: string
  readonly branch: Branch
  readonly from: Origin
}

function* cleanRows(
  parts: readonly Part[],
  { title, traceId, branch, cast, from }: Source & { readonly traceId: string; readonly cast: Part['cast'] },
  { replace, needsPlanning }: SampleChoice,
): Generator<TrainingItem> {
  const place = { title, name: '' }
  const usable = parts.filter(({ runs }) => runs.length > 0)
  const leaks = usable.flatMap((part) => sampleOf(part, part.runs.length - 1).leak ?? [])
  if (usable.length === 0) yield { kind: 'dropped', reason: 'no-own-turn', place }
  else if (leaks[0]) yield { kind: 'dropped', reason: leaks[0], place }
  else {
    const row = cleanRow({
      traceId,
      title: goingOut(title, replace),
      path: branch.path,
      cast,
      parts: usable,
      replace,
      from: { ...from, branch: branch.index },
    })
    const planned = Object.values(row.training_samples).every(
      (messages) => messages.at(-1)?.sys_thinking_revised !== undefined,
    )
    const wrong = Object.entries(row.training_samples)
      .map(([name, messages]) => checkSample(messages, name))
      .find((reason) => reason !== undefined)
    if (wrong) yield { kind: 'dropped', reason: wrong, place }
    else if (needsPlanning && !planned) yield { kind: 'dropped', reason: 'no-planning', place }
    else yield { kind: 'row', row, isPlanned: planned, place }
  }
}

function* sampleRows(
  part: Part,
  source: Source,
  traceId: string,
  told: Set<string>,
  choice: SampleChoice,
): Generator<TrainingItem> {
  const { title } = source
  const name = nameIn(part)
  if (part.runs.length === 0) {
    yield { kind: 'dropped', reason: 'no-own-turn', place: { title, name } }
    return
  }
  const isSingle = choice.shape === 'sft_single_turn'
  // A row of a whole branch ends with the last turn that can be learned from.
  const lastUsable = part.runs.findLastIndex((run) => whyNotLearned(run) === undefined)
  const indexes = isSingle ? part.runs.keys() : [lastUsable < 0 ? part.runs.length - 1 : lastUsable]
  for (const index of indexes) {
    const run = part.runs[index] as OwnRun
    const key = `${part.reader} ${run.turn.id}`
    if (told.has(key)) continue
    told.add(key)
    yield sampleItem(part, index, { title, name, turn: run.place + 1 }, { ...source, traceId }, choice)
  }
}

function sampleItem(
  part: Part,
  index: number,
  place: TrainingPlace,
  { traceId, from, branch }: Source & { readonly traceId: string },
  { shape, replace, needsPlanning, mostHistory }: SampleChoice,
): TrainingItem {
  const drop = (reason: DropReason): TrainingItem => ({ kind: 'dropped', reason, place })
  const run = part.runs[index] as OwnRun
  const unusable = whyNotLearned(run)
  if (unusable) return drop(unusable)
  const sample = sampleOf(part, index, mostHistory)
  if (sample.leak) return drop(sample.leak)
  const messages = sample.messages.map(({ role, content }) => ({ role, content: replace(content) }))
  const planned = isPlanned(messages)
  if (needsPlanning && !planned) return drop('no-planning')
  const wrong = checkSample(messages, goingOut(place.name, replace))
  if (wrong) return drop(wrong)
  const own = sample.places.filter((_, message) => message % 2 === 1).flat()
  const provenance: RowProvenance = {
    id: `${from.chat}/${goingOut(run.turn.id, replace)}`,
    chat: from.chat,
    branch: branch.index,
    turns: own.flatMap((at) => (part.path[at] ? [from.tell(part.path[at], at)] : [])),
  }
  const multi: MultiTurnRow = { trace_id: traceId, messages, provenance }
  if (shape === 'sharegpt') return { kind: 'row', row: { ...toShareGpt(multi), provenance }, isPlanned: planned, place }
  if (shape !== 'sft_single_turn') return { kind: 'row', row: multi, isPlanned: planned, place }
  const row: SingleTurnRow = {
    trace_id: `${traceId}_turn_${index}`,
    messages,
    original_trace_id: traceId,
    turn_index: index,
    history_turns: sample.historyTurns,
    provenance,
  }
  return { kind: 'row', row, isPlanned: planned, place }
}

/** As a text goes out. */
function goingOut(text: string, replace: ReplaceNames): string {
  return replace(disarm(text))
}

/** A greeting is its card's, and a reply that broke off is no example of one. */
function whyNotLearned({ turn }: OwnRun): DropReason | undefined {
  if (turn.template) return 'card-text'
  return turn.ending === 'complete' ? undefined : 'unfinished'
}

function nameIn({ reader, cast }: Part): string {
  const member = memberOf(reader, cast)
  return member ? spokenName(member.card) : ''
}

function traceOf(title: string, { id }: Conversation, { index }: Branch, replace: ReplaceNames): string {
  return `${goingOut(title, replace)}_${goingOut(id, replace)}_${index}`
}

/** As HER's: the character with all but letters and digits made underscores. Of namesakes the second gets a number. */
function ownTrace(traceId: string, part: Part, taken: Map<string, number>, replace: ReplaceNames): string {
  const name = goingOut(nameIn(part), replace).replace(/[^\p{L}\p{N}]/gu, '_')
  const count = (taken.get(name) ?? 0) + 1
  taken.set(name, count)
  return `${traceId}_${name}${count > 1 ? `_${count}` : ''}`
}

import { createTree, pathTo, type Tree } from '#core/conversation/tree.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { TurnId } from '#core/ids.ts'
import { disarm } from '#core/prompt/special-tokens.ts'
import { memberOf, spokenName } from '#core/scene/cast.ts'
import { type Story, titleOf } from '#core/story/story.ts'
import { type Preference, type PreferredBy, pairKey } from '#core/taste/preference.ts'
import { checkAnswer, checkSample, type DropReason, isPlanned, withoutPlanning } from './check-row.ts'
import { createProvenance, type TellProvenance } from './provenance.ts'
import type { ReplaceNames } from './replace-names.ts'
import { castForTraining, partOf, type Sample, sampleOf } from './sample.ts'
import type { TrainingMessage } from './training-row.ts'
import type { TrainingItem, TrainingPlace } from './training-rows.ts'

/** Whose preferences go out. */
export type Preferrer = PreferredBy['kind']

export interface PreferenceChoice {
  readonly replace: ReplaceNames
  readonly preferredBy: ReadonlySet<Preferrer>
  readonly mostHistory?: number | undefined
}

/** Of several about one pair the reader's own counts before a judge's, and a judge's before one nobody was asked for. */
const weight: Readonly<Record<Preferrer, number>> = { human: 0, judge: 1, implicit: 2 }

/**
 * One row for each pair of takes of which one was preferred: what the character knew, and both answers. What was planned
 * for them goes out only where both have a plan; else it alone would tell them apart.
 */
export function* preferenceRows(
  story: Story,
  preferences: readonly Preference[],
  choice: PreferenceChoice,
): Generator<TrainingItem> {
  const tree = createTree(story.turns)
  const told = new Set<string>()
  const tell = createProvenance(story.turns, castForTraining(story.cast), (text) => choice.replace(disarm(text)))
  const wanted = preferences
    .filter(({ by, deletedAt }) => deletedAt === undefined && choice.preferredBy.has(by.kind))
    .sort((one, other) => weight[one.by.kind] - weight[other.by.kind])
  for (const preference of wanted) {
    const key = pairKey(preference)
    if (told.has(key)) continue
    told.add(key)
    yield itemOf(preference, story, { tree, tell }, choice)
  }
}

function itemOf(
  { a, b, verdict }: Preference,
  story: Story,
  { tree, tell }: { readonly tree: Tree; readonly tell: TellProvenance },
  { replace, mostHistory }: PreferenceChoice,
): TrainingItem {
  const title = titleOf(story)
  const takes = [lastSample(a, story, tree, mostHistory), lastSample(b, story, tree, mostHistory)] as const
  const [first, second] = takes
  const place: TrainingPlace = {
    title,
    name: first?.name ?? second?.name ?? '',
    ...(first && { turn: first.place + 1 }),
  }
  const drop = (reason: DropReason): TrainingItem => ({ kind: 'dropped', reason, place })
  if (verdict === 'tie') return drop('tie')
  if (!first || !second || first.name !== second.name) return drop('take-gone')
  const leak = first.sample.leak ?? second.sample.leak
  if (leak) return drop(leak)
  const ordered = verdict === 'a' ? [first, second] : [second, first]
  const [chosen, rejected] = ordered.map(({ sample }) =>
    sample.messages.map(({ role, content }): TrainingMessage => ({ role, content: replace(content) })),
  ) as [TrainingMessage[], TrainingMessage[]]
  const planned = isPlanned(chosen) && isPlanned(rejected)
  const [better, worse] = [chosen, rejected].map((messages): TrainingMessage => {
    const content = messages.at(-1)?.content ?? ''
    return { role: 'assistant', content: planned ? content : withoutPlanning(content) }
  }) as [TrainingMessage, TrainingMessage]
  const name = replace(disarm(first.name))
  const prompt = chosen.slice(0, -1)
  const wrong = checkSample([...prompt, better], name) ?? checkAnswer(worse.content, name)
  if (wrong) return drop(wrong)
  if (better.content === worse.content) return drop('same-answers')
  const [chat, ...ids] = [story.conversation.id, ...ordered.map(({ turn }) => turn.id)].map((id) => replace(disarm(id)))
  const provenance = {
    id: [chat, ...ids].join('/'),
    chat: chat ?? '',
    branch: 0,
    turns: ordered.map(({ turn, place: at }) => tell(turn, at)),
  }
  return { kind: 'row', row: { prompt, chosen: [better], rejected: [worse], provenance }, isPlanned: planned, place }
}

interface Take {
  readonly name: string
  readonly turn: Turn
  readonly place: number
  readonly sample: Sample
}

/** The sample that ends with a take; nothing where it is gone, or says nothing. */
function lastSample(id: TurnId, { cast: whole }: Story, tree: Tree, mostHistory: number | undefined): Take | undefined {
  const turn = tree.turnsById.get(id)
  if (turn?.deletedAt !== undefined || turn?.speaker.kind !== 'character') return undefined
  const cast = castForTraining(whole)
  const member = memberOf(turn.speaker.characterId, cast)
  const part = member && partOf(member.id, pathTo(tree, id), cast)
  const run = part?.runs.at(-1)
  if (!part || run?.turn.id !== id) return undefined
  return {
    name: spokenName(member.card),
    turn,
    place: run.place,
    sample: sampleOf(part, part.runs.length - 1, mostHistory),
  }
}

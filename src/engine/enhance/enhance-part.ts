import { readTurn } from '#core/conversation/read-turn.ts'
import type { EnhanceStage } from '#core/conversation/turn.ts'
import type { Segment } from '#core/her/segment.ts'
import { writeReply } from '#core/her/write.ts'
import { otherNames } from '#core/scene/cast.ts'
import { isTurnOf } from '#core/scene/presence.ts'
import { assemble, planOf } from '#core/training/enhance/assemble.ts'
import { checkTurn } from '#core/training/enhance/check/check-turn.ts'
import { checkDiversity } from '#core/training/enhance/check/diversity.ts'
import type { EnhancedCharacter, EnhancedTurn } from '#core/training/enhance/enhanced.ts'
import type { Target } from '#core/training/enhance/part.ts'
import { measurePatterns, patternOf } from '#core/training/enhance/pattern.ts'
import { t } from '#lib/translate.ts'
import type { PartInput } from './part-input.ts'
import { type Plans, writePlans } from './write-plans.ts'
import { type Thoughts, writeThoughts } from './write-thoughts.ts'

interface Kept {
  readonly thoughts: Thoughts
  readonly plans: Plans
}

/** One character's turns: thoughts first, since plans lead to them; then what the reader asked for once more. */
export async function enhancePart(
  input: PartInput,
): Promise<{ readonly turns: readonly EnhancedTurn[]; readonly character: EnhancedCharacter }> {
  const { story, part, retriesOf } = input
  const thoughts = await writeThoughts(input, part.targets, '')
  const plans = await writePlans(input, part.targets, thoughts, '')
  for (const target of part.targets) {
    const times = retriesOf(target.turn.id)
    if (times === 0) continue
    const again = `${target.turn.id}/again-${times}/`
    const rethought = await writeThoughts(input, [target], again)
    const replanned = await writePlans(input, [target], rethought, again)
    replaceAt(target.place, { thoughts, plans }, { thoughts: rethought, plans: replanned })
  }
  const before: (readonly Segment[])[] = []
  const patterns = { before: [] as string[], after: [] as string[] }
  const turns: EnhancedTurn[] = []
  for (const [place, turn] of story.path.entries()) {
    if (!isTurnOf(part.reader, turn)) continue
    const original = readTurn(turn, story.cast).segments
    const target = part.targets.find((each) => each.place === place)
    const segments = target ? segmentsOf(target, thoughts, plans) : original
    patterns.before.push(patternOf(original))
    patterns.after.push(patternOf(segments))
    if (target) turns.push(toEnhanced(input, target, segments, before, thoughts, plans))
    before.push(segments)
  }
  const after = measurePatterns(patterns.after)
  return {
    turns,
    character: {
      characterId: part.reader,
      name: part.name,
      before: measurePatterns(patterns.before),
      after,
      sentences: checkDiversity(patterns.after, after),
    },
  }
}

function segmentsOf({ place, segments }: Target, { thinking }: Thoughts, { plans }: Plans): Segment[] {
  return assemble(segments, thinking.get(place)?.segments, plans.get(place)?.text)
}

function toEnhanced(
  { story, part, choice }: PartInput,
  target: Target,
  segments: readonly Segment[],
  before: readonly (readonly Segment[])[],
  { thinking, problems: thoughtProblems }: Thoughts,
  { plans, drafts, problems: planProblems }: Plans,
): EnhancedTurn {
  const { turn, place, wantsThoughts, wantsPlan } = target
  const thought = thinking.get(place)
  const plan = plans.get(place)
  const draft = drafts.get(place) ?? ''
  const stages: EnhanceStage[] = [
    ...(thought ? (['S2'] as const) : []),
    ...(plan && draft !== '' ? (['S3a'] as const) : []),
    ...(plan && choice.stages.backward ? (['S3b'] as const) : []),
  ]
  const problems = [
    ...(wantsThoughts && !thought
      ? [thoughtProblems.get(place) ?? t('The teacher wrote no thoughts for this turn.')]
      : []),
    ...(wantsPlan && !plan ? [planProblems.get(place) ?? t('The teacher wrote no planning for this turn.')] : []),
  ]
  const findings = checkTurn({
    name: part.name,
    others: otherNames(part.reader, story.cast),
    original: target.segments,
    segments,
    hasNewThoughts: thought !== undefined,
    hasNewPlan: plan !== undefined && plan.text !== planOf(target.segments),
    ...(thought && { written: thought.written }),
    draft,
    before,
  })
  const reason = [thought?.reason, plan?.notes].filter((words) => words).join(' ')
  return {
    turnId: turn.id,
    place,
    characterId: part.reader,
    raw: writeReply(segments),
    stages,
    findings,
    problems,
    ...(reason !== '' && { reason }),
  }
}

/** What was asked for once more takes the place of what was there. Where it came to nothing, that is told. */
function replaceAt(place: number, kept: Kept, again: Kept): void {
  take(kept.thoughts.thinking, again.thoughts.thinking)
  take(kept.plans.plans, again.plans.plans)
  take(kept.plans.drafts, again.plans.drafts)
  for (const [old, now] of [
    [kept.thoughts.problems, again.thoughts.problems],
    [kept.plans.problems, again.plans.problems],
  ] as const) {
    old.delete(place)
    take(old, now)
  }

  function take<Value>(old: Map<number, Value>, now: ReadonlyMap<number, Value>): void {
    const value = now.get(place)
    if (value !== undefined) old.set(place, value)
  }
}

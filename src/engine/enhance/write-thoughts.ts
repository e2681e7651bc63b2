import { writeReply } from '#core/her/write.ts'
import { otherNames } from '#core/scene/cast.ts'
import { checkTurn } from '#core/training/enhance/check/check-turn.ts'
import type { Target } from '#core/training/enhance/part.ts'
import { type EnhancedThinking, readRoleThinking } from '#core/training/enhance/read-role-thinking.ts'
import { askRoleThinking, windowsOf } from '#core/training/enhance/role-thinking-prompt.ts'
import { t } from '#lib/translate.ts'
import type { PartInput } from './part-input.ts'
import { teach } from './teach.ts'

/** The thoughts that were written, by place. */
export interface Thoughts {
  readonly thinking: Map<number, EnhancedThinking>
  /** Why there are none, in a sentence. */
  readonly problems: Map<number, string>
}

/**
 * HER's stage 2 for one character: window by window, since each goes on from the thoughts before it. What is missing, or
 * wrong, is asked for once more. A turn in which the teacher changed what was said stays in its own form.
 * @param again what heads the keys of a retry; empty the first time.
 */
export async function writeThoughts(input: PartInput, targets: readonly Target[], again: string): Promise<Thoughts> {
  const { story, part, choice, teaching } = input
  const thinking = new Map<number, EnhancedThinking>()
  const problems = new Map<number, string>()
  if (!choice.stages.roleThinking) return { thinking, problems }
  const windows = windowsOf({ ...part, targets })
  for (const [window, wanted] of windows.entries()) {
    await ask(wanted, window, `${story.id}/${part.reader}/${again}s2/${window}`)
    const left = wanted.filter((target) => needsAnother(target))
    if (left.length > 0) await ask(left, window, `${story.id}/${part.reader}/${again}s2/${window}/more`)
    for (const { place } of wanted) {
      const written = thinking.get(place)
      const target = wanted.find((each) => each.place === place)
      if (!written || !target || isKept(target, written)) continue
      thinking.delete(place)
      problems.set(place, t('The teacher changed what was said or nested its tags, so the turn’s own words stay.'))
    }
  }
  return { thinking, problems }

  async function ask(wanted: readonly Target[], window: number, key: string): Promise<void> {
    // What is asked for once more is shown as it was, and not as it went wrong.
    const isWanted = (place: number) => wanted.some((target) => target.place === place)
    const written = new Map(
      [...thinking].filter(([place]) => !isWanted(place)).map(([place, { segments }]) => [place, writeReply(segments)]),
    )
    const request = askRoleThinking(story, part, wanted, window, written)
    const answer = await teach(teaching, key, story, part.reader, request)
    const places = wanted.map(({ place }) => place)
    const read = answer.ok ? readRoleThinking(answer.value.text, places, part.name) : undefined
    const sentence = !answer.ok ? answer.error : read && !read.ok ? read.error.sentence : undefined
    for (const target of wanted) {
      const { place } = target
      const written = read?.ok ? read.value.get(place) : undefined
      if (written && isBetter(target, written, thinking.get(place))) {
        thinking.set(place, written)
        problems.delete(place)
      } else if (!thinking.has(place) && sentence !== undefined) problems.set(place, sentence)
    }
  }

  function wrongIn(target: Target, { segments, written }: EnhancedThinking) {
    return checkTurn({
      name: part.name,
      others: otherNames(part.reader, story.cast),
      original: target.segments,
      segments,
      written,
      hasNewThoughts: true,
      hasNewPlan: false,
      before: [],
    }).filter(({ weight }) => weight === 'wrong')
  }

  function needsAnother(target: Target): boolean {
    const written = thinking.get(target.place)
    return !written || wrongIn(target, written).length > 0
  }

  function isBetter(target: Target, written: EnhancedThinking, before: EnhancedThinking | undefined): boolean {
    return !before || wrongIn(target, written).length < wrongIn(target, before).length
  }

  function isKept(target: Target, written: EnhancedThinking): boolean {
    return wrongIn(target, written).every(({ check }) => check !== 'speech' && check !== 'order')
  }
}

import type { Turn } from '#core/conversation/turn.ts'
import { writeReply } from '#core/her/write.ts'
import { askBackward, planWindowsOf } from '#core/training/enhance/backward-prompt.ts'
import { askForward } from '#core/training/enhance/forward-prompt.ts'
import type { Target } from '#core/training/enhance/part.ts'
import { type RevisedPlan, readBackward } from '#core/training/enhance/read-backward.ts'
import { readForward } from '#core/training/enhance/read-forward.ts'
import type { PartInput } from './part-input.ts'
import { teach } from './teach.ts'
import type { Thoughts } from './write-thoughts.ts'

/** The plans that were written, by place. */
export interface Plans {
  readonly plans: Map<number, RevisedPlan>
  /** What was drafted before; nothing where no teacher thought aloud. */
  readonly drafts: Map<number, string>
  readonly problems: Map<number, string>
}

/**
 * HER's stage 3 for one character: a draft for each turn, made without knowing the turn, then all of them rewritten
 * towards what was said. Without the first, plans are made of nothing; without the second, drafts are the plans.
 * @param again what heads the keys of a retry; empty the first time.
 */
export async function writePlans(
  input: PartInput,
  targets: readonly Target[],
  { thinking }: Thoughts,
  again: string,
): Promise<Plans> {
  const { story, part, choice, teaching, budget } = input
  const written = new Map([...thinking].map(([place, { segments }]) => [place, writeReply(segments)]))
  const path = asWritten(story.path, written)
  const plans = new Map<number, RevisedPlan>()
  const drafts = new Map<number, string>()
  const problems = new Map<number, string>()
  const wanted = targets.filter(({ wantsPlan }) => wantsPlan)
  if (choice.stages.forward) await Promise.all(wanted.map(draft))
  if (choice.stages.backward) {
    await Promise.all(planWindowsOf({ ...part, targets }).map((window, index) => rewrite(window, index)))
  } else for (const [place, text] of drafts) plans.set(place, { text, notes: '' })
  return { plans, drafts, problems }

  async function draft(target: Target): Promise<void> {
    const { place, turn } = target
    const key = `${story.id}/${part.reader}/${again}s3a/${turn.id}`
    const request = askForward(story, part, target, path, budget)
    const answer = await teach(teaching, key, story, part.reader, request)
    if (!answer.ok) problems.set(place, answer.error)
    else {
      const thought = readForward(answer.value, part.name)
      if (thought !== '') drafts.set(place, thought)
    }
  }

  async function rewrite(window: readonly Target[], index: number): Promise<void> {
    const key = `${story.id}/${part.reader}/${again}s3b/${index}`
    await ask(window, key)
    const left = window.filter(({ place }) => !plans.has(place))
    if (left.length > 0) await ask(left, `${key}/more`)
  }

  async function ask(window: readonly Target[], key: string): Promise<void> {
    const places = window.map(({ place }) => place)
    const request = askBackward(story, part, window, { written, drafts })
    const answer = await teach(teaching, key, story, part.reader, request)
    const read = answer.ok ? readBackward(answer.value.text, places) : undefined
    const sentence = !answer.ok ? answer.error : read && !read.ok ? read.error.sentence : undefined
    for (const place of places) {
      const plan = read?.ok ? read.value.get(place) : undefined
      if (plan) plans.set(place, plan)
      else if (sentence !== undefined) problems.set(place, sentence)
    }
  }
}

/** The path with a character's own turns as they read by now. Nothing else in it has changed. */
function asWritten(path: readonly Turn[], written: ReadonlyMap<number, string>): Turn[] {
  return path.map((turn, place) => {
    const raw = written.get(place)
    if (raw === undefined) return turn
    const { template: _template, ...rest } = turn
    return { ...rest, raw, dialect: 'her' }
  })
}

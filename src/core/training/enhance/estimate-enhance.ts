import { estimateTokens } from '#core/prompt/estimate.ts'
import { askBackward, planWindowsOf } from './backward-prompt.ts'
import { askForward } from './forward-prompt.ts'
import { type EnhanceChoice, type EnhanceStory, partsOf } from './part.ts'
import { askRoleThinking, windowsOf } from './role-thinking-prompt.ts'
import { askSetting } from './setting-prompt.ts'
import type { TeacherRequest } from './teacher-request.ts'

/** What a job would ask, before it asks. Calls that have to be asked twice are not foreseen. */
export interface EnhanceEstimate {
  /** Turns that something is written for. */
  readonly turns: number
  readonly calls: number
  readonly promptTokens: number
  /** Of the answers, as they commonly are; what a teacher thinks before them comes on top. */
  readonly answerTokens: number
}

/** A plan in HER's data has about so many tokens, a thought with its reason about so many. */
const tokensOfPlan = 350
const tokensOfThought = 160
const tokensOfDraft = 800
const tokensOfSetting = 1200
/** So many of the prompts that grow with the story are built; the others lie between them. */
const mostBuilt = 24

export const nothingToAsk: EnhanceEstimate = { turns: 0, calls: 0, promptTokens: 0, answerTokens: 0 }

export function estimateEnhance(story: EnhanceStory, choice: EnhanceChoice): EnhanceEstimate {
  const { stages } = choice
  const parts = partsOf(story, choice)
  let calls = 0
  let promptTokens = 0
  let answerTokens = 0
  const ask = (request: TeacherRequest, answer: number, times = 1) => {
    calls += times
    promptTokens += times * request.messages.reduce((sum, { content }) => sum + estimateTokens(content), 0)
    answerTokens += times * answer
  }
  for (const part of parts) {
    if (stages.roleThinking) {
      for (const [index, targets] of windowsOf(part).entries()) {
        const words = targets.flatMap(({ segments }) => segments.map(({ text }) => estimateTokens(text)))
        ask(askRoleThinking(story, part, targets, index), 2 * sum(words) + targets.length * tokensOfThought)
      }
    }
    const wanted = part.targets.filter(({ wantsPlan }) => wantsPlan)
    if (stages.forward) {
      const step = Math.max(1, Math.ceil(wanted.length / mostBuilt))
      for (let index = 0; index < wanted.length; index += step) {
        const times = Math.min(step, wanted.length - index)
        const target = wanted[index + Math.floor(times / 2)]
        if (target) ask(askForward(story, part, target, story.path), tokensOfDraft, times)
      }
    }
    if (stages.backward) {
      for (const targets of planWindowsOf(part)) {
        const draft = stages.forward ? tokensOfDraft : 0
        const request = askBackward(story, part, targets, { written: new Map(), drafts: new Map() })
        ask(request, targets.length * tokensOfPlan)
        promptTokens += targets.length * draft
      }
    }
    if (stages.setting) ask(askSetting(story, part.reader), tokensOfSetting)
  }
  if (stages.setting) ask(askSetting(story, undefined), tokensOfSetting / 4)
  return { turns: sum(parts.map(({ targets }) => targets.length)), calls, promptTokens, answerTokens }
}

export function addEstimates(one: EnhanceEstimate, other: EnhanceEstimate): EnhanceEstimate {
  return {
    turns: one.turns + other.turns,
    calls: one.calls + other.calls,
    promptTokens: one.promptTokens + other.promptTokens,
    answerTokens: one.answerTokens + other.answerTokens,
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0)
}

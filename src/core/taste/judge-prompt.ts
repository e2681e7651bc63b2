import { dimensions } from './dimensions.ts'
import type { Principle } from './principle.ts'

/** A message of what came before, as a training row has it. */
export interface ContextMessage {
  readonly role: 'system' | 'user' | 'assistant'
  readonly content: string
}

/** What a judge is shown: what came before, and the two in the order they stand. All of it is free of planning. */
export interface JudgeCase {
  readonly context: readonly ContextMessage[]
  readonly candidates: readonly [string, string]
}

interface JudgeWish {
  /** The principles it is to choose from; without any it finds its own, as HER's reward model does. */
  readonly catalogue?: readonly Principle[] | undefined
  /** It is asked to think in a block of its own first, as in HER's rows for reinforcement learning. */
  readonly thinksFirst?: boolean
}

/**
 * The one user message a generative reward model is sent. Its parts, their order, the three headings at its end and the
 * names in its JSON are HER's, whose reward model was trained on them; the sentences are ours, since HER's own were
 * written by its authors and need not be copied to be answered.
 */
export function judgePrompt(
  { context, candidates }: JudgeCase,
  { catalogue = [], thinksFirst }: JudgeWish = {},
): string {
  const [first, second] = candidates
  return [
    role,
    background,
    dimensionList(),
    catalogue.length > 0 ? given(catalogue) : found,
    process,
    guidelines,
    `${outputShape}${thinksFirst ? `\n\n${thinking}` : ''}`,
    `**Dialogue Context**\n${writeContext(context)}`,
    `**Response Candidate 1**\n${first}`,
    `**Response Candidate 2**\n${second}`,
  ].join('\n\n')
}

const roleNames = { system: 'System', user: 'User', assistant: 'Assistant' } as const

/** `System: …`, `User: …`, `Assistant: …` with a blank line between. Both candidates answer a user, so it ends with one. */
export function writeContext(messages: readonly ContextMessage[]): string {
  const shown = messages.at(-1)?.role === 'user' ? messages : messages.slice(0, -1)
  return shown.map(({ role, content }) => `${roleNames[role]}: ${content}`).join('\n\n')
}

const role = `# Role
You are the world's best data annotator for role-play. You compare two replies that were written for the same character at the same moment of a story, and say which of them is better and by what.`

const background = `# Background
A role-play dialogue is given, and two candidates for its next reply. In the dialogue history:
- "System" says who the character is, where the scene is, who else is there and how replies are written.
- "User" is everything others say and do, the surroundings ("Environment") among them; every part is headed with a name.
- "Assistant" is what the character to be judged said and did before.
- <role_thinking> holds what the character thinks and nobody else perceives, <role_action> what it visibly does; text outside of tags is spoken aloud.`

function dimensionList(): string {
  const lines = dimensions.map(({ name, about }, index) => `${index + 1}. ${name}${about && ` (${about})`}`)
  return `# Dimensions and principles
A dimension is a broad side of role-play quality. A principle is one concrete rule within a dimension that this very moment puts to the test. The dimensions are:
${lines.join('\n')}`
}

const found = `Find 3 to 5 principles that matter for these two candidates yourself. Choose those that tell them apart.`

function given(catalogue: readonly Principle[]): string {
  const rows = catalogue.map(({ dimension, name, polarity, level, definition }) => ({
    dimension_name: dimension,
    principle_name: name,
    polarity,
    principle_level: level,
    main_content: definition,
  }))
  return `Choose 3 to 5 principles of this catalogue that matter for these two candidates. Where none of it fits you may add one of your own, and say in reason_for_choosing why.

<principles>
${JSON.stringify(rows, null, 1)}
</principles>`
}

const process = `# Process
1. Begin with negative principles, which name a fault. Where one candidate has the fault and the other has not, the other wins by it. Where both have it, it is a tie.
2. Where there is no fault to decide by, go on with positive principles that separate the two.
3. By each principle: quote or name what in either candidate bears on it, say which of them wins by it, and by how much (slight, clear, significant).
4. Weigh the principles against each other and decide: one candidate as a whole, or a tie.`

const guidelines = `# Guidelines
- principle_level is "sentence" where the reply alone shows it, and "session" where the dialogue history is needed.
- Neither the order of the candidates nor their length is a reason.
- Judge what is there, not what could be meant by it.
- Write in English. Inside of texts use single quotes in place of double ones.`

const outputShape = `# Output
Answer with this JSON and nothing else:
\`\`\`json
{"result":[{"cand_1":"the first candidate in short","cand_2":"the second candidate in short","principle":{"Principle 1":{"principle_name":"","dimension_name":"","principle_level":"sentence or session","main_content":"","reason_for_choosing":""}},"analysis":{"principle_comparisons":[{"principle_name":"","principle_level":"","cand_1_performance":"","cand_2_performance":"","comparison_reason":"","winner":"cand_1 or cand_2 or tie"}],"overall_analysis":"","principle_summary":""},"better_response":"cand_1 or cand_2 or tie"}]}
\`\`\``

const thinking = `Think first, inside of <think> and </think>. After that comes the JSON, and nothing else.`

import { disarm } from '#core/prompt/special-tokens.ts'
import type { TrainingMessage } from './training-row.ts'

/** Why a row did not go out, or a turn gave none. */
export const dropReasons = [
  'no-own-turn',
  'card-text',
  'unfinished',
  'no-planning',
  'empty',
  'not-alternating',
  'wrong-end',
  'no-name',
  'foreign-thought',
  'unheard-line',
  'planning-not-last',
  'template-mark',
  'tie',
  'take-gone',
  'same-answers',
  'unreadable',
  'cast-gone',
] as const

export type DropReason = (typeof dropReasons)[number]

// Spelled in any way that HER's own clean-up knows; the system prompt names the tags, and is not looked at.
const thought = /<\s*\/?\s*(?:long[\s_-]*)?role[\s_-]*think(?:ing)?\s*>/i
const planning = /<\s*\/?\s*(?:system[\s_-]*think(?:ing)?|think(?:ing|er)?|thought)\s*>/i
const ownPlanning = /^<system_thinking>((?:(?!<\/?system_thinking>)[\s\S])*)<\/system_thinking>/

/**
 * Why a sample must not go out; undefined where it may. It trusts nothing that made it: every rule is read off the
 * messages as they are written to the file.
 * @param name what the character is called in them.
 */
export function checkSample(messages: readonly TrainingMessage[], name: string): DropReason | undefined {
  const [system, ...turns] = messages
  const last = turns.at(-1)
  if (system?.role !== 'system' || turns.length === 0) return 'not-alternating'
  if (turns.some(({ role }, index) => role !== (index % 2 === 0 ? 'user' : 'assistant'))) return 'not-alternating'
  if (last?.role !== 'assistant') return 'wrong-end'
  if (messages.some(({ content }) => content.trim() === '')) return 'empty'
  if (messages.some(({ content }) => disarm(content) !== content)) return 'template-mark'
  const answer = checkAnswer(last.content, name)
  if (answer) return answer
  for (const { role, content } of turns.slice(0, -1)) {
    if (planning.test(content)) return 'planning-not-last'
    if (role === 'user' && thought.test(content)) return 'foreign-thought'
    if (role === 'assistant' && !content.startsWith(`${name}: `)) return 'no-name'
  }
  return undefined
}

/** The same for an answer by itself: planning first or not at all, then the name, then something. */
export function checkAnswer(content: string, name: string): DropReason | undefined {
  const said = withoutPlanning(content)
  if (planning.test(said)) return 'planning-not-last'
  if (!said.startsWith(`${name}: `)) return 'no-name'
  return said.slice(name.length + 2).trim() === '' ? 'empty' : undefined
}

/** Whether a sample's last message is planned. */
export function isPlanned(messages: readonly TrainingMessage[]): boolean {
  return (ownPlanning.exec(messages.at(-1)?.content ?? '')?.[1] ?? '').trim() !== ''
}

/** An answer without what was planned for it. */
export function withoutPlanning(content: string): string {
  return content.replace(ownPlanning, '')
}

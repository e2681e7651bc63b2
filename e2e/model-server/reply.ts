import type { Behaviour } from './behaviour.ts'
import { compareTakes } from './compare-takes.ts'
import { playPart } from './play-parts.ts'
import { answerAsTeacher } from './teacher.ts'

export interface ChatMessage {
  readonly role: string
  readonly content: string
}

/** A reply to a prompt. `planning` is empty where the reply goes on after it. */
export interface GeneratedReply {
  readonly planning: string
  readonly rest: string
}

const gestures = ['sets the cup down', 'looks up from the page', 'turns the ring on her finger', 'opens the window']
const thoughts = ['He remembers more than he says.', 'I should have left an hour ago.', 'It is the same voice as then.']
const remarks = ['The rain has not stopped since noon.', 'You may sit, if you like.', 'Nobody comes here in winter.']
const plans = [
  'She should stay calm and give little away.',
  'A short answer suits her pride.',
  'Warmth first, then doubt.',
]

/**
 * Makes up a reply that answers to its prompt: it is spoken by whom the system prompt names and takes up the words of
 * the last message. The same prompt and seed give the same reply. A prefill that is open is closed where it stands.
 */
export function generateReply(
  messages: readonly ChatMessage[],
  prefill: string,
  { seed = 1, tokens = 0, format = 'her', text }: Behaviour,
): GeneratedReply {
  if (text !== undefined) return splitPlanning(text)
  const key = hash(seed + messages.map(({ content }) => content).join('\n'))
  const played = compareTakes(messages, key) ?? playPart(messages, key)
  if (played !== undefined) return { planning: '', rest: played }
  const taught = answerAsTeacher(messages)
  if (taught !== undefined) return { planning: '', rest: taught }
  const name = /You are (?:role-playing as )?([^.\n]+?)(?: from |\.|\n|$)/.exec(firstContent(messages))?.[1] ?? 'Anna'
  const heard = lastWords(messages)
  const random = createRandom(seed + hash(messages.map(({ content }) => content).join('\n')))
  const pick = (choices: readonly string[]): string => choices[Math.floor(random() * choices.length)] ?? ''
  let speech = `You said “${heard}”. ${pick(remarks)}`
  while (speech.length < tokens * 4) speech += ` ${pick(remarks)}`
  if (format === 'plain') return { planning: '', rest: prefill === '' ? speech : ` Very well. ${speech}` }

  const action = `<role_action>${pick(gestures)}</role_action>`
  const thought = `<role_thinking>${pick(thoughts)}</role_thinking>`
  const reply = `${action}${thought}${speech}<role_action>${pick(gestures)}</role_action>${pick(remarks)}`
  const plan = `${name} hears “${heard}”. ${pick(plans)}`
  switch (openLayer(prefill)) {
    case 'nothing':
      return { planning: `<system_thinking>${plan}</system_thinking>`, rest: `\n${name}: ${reply}` }
    case 'system_thinking':
      return { planning: `${goOn(prefill)} ${plan}</system_thinking>`, rest: `\n${name}: ${reply}` }
    case 'role_thinking':
      return { planning: '', rest: ` and yet.</role_thinking>${speech}` }
    case 'role_action':
      return { planning: '', rest: ` and waits.</role_action>${thought}${speech}` }
    case 'speech':
      return { planning: '', rest: reply }
  }
}

/** Cuts a text after its planning block. */
function splitPlanning(text: string): GeneratedReply {
  const end = text.indexOf('</system_thinking>')
  const cut = end < 0 ? 0 : end + '</system_thinking>'.length
  return { planning: text.slice(0, cut), rest: text.slice(cut) }
}

function goOn(prefill: string): string {
  return /one, two, three,$/.test(prefill) ? ' four.' : ''
}

function openLayer(prefill: string): 'nothing' | 'system_thinking' | 'role_thinking' | 'role_action' | 'speech' {
  if (prefill === '') return 'nothing'
  const tags = [...prefill.matchAll(/<(\/?)(system_thinking|role_thinking|role_action)>/g)]
  const last = tags.at(-1)
  if (!last || last[1] === '/') return 'speech'
  return last[2] as 'system_thinking' | 'role_thinking' | 'role_action'
}

function firstContent(messages: readonly ChatMessage[]): string {
  return messages[0]?.content ?? ''
}

/** The last eight words that were said to the model, without names, tags and marks. */
function lastWords(messages: readonly ChatMessage[]): string {
  const last = messages.filter(({ role }) => role === 'user').at(-1)?.content ?? ''
  const line =
    last
      .split('\n')
      .filter((candidate) => candidate.trim() !== '')
      .at(-1) ?? ''
  const plain = line
    .replace(/^[^:<\n]{1,40}: /, '')
    .replace(/<role_action>.*?<\/role_action>/g, ' ')
    .replace(/<[^>]*>/g, ' ')
  return plain
    .split(/\s+/)
    .filter(Boolean)
    .slice(-8)
    .join(' ')
    .replace(/[.!?]+$/, '')
}

/** Mulberry32: small, seeded, good enough to pick sentences. */
function createRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

function hash(text: string): number {
  let value = 2_166_136_261
  for (let index = 0; index < text.length; index += 1) value = Math.imul(value ^ text.charCodeAt(index), 16_777_619)
  return value >>> 0
}

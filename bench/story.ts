import type { Segment } from '#core/her/segment.ts'
import { writeReply } from '#core/her/write.ts'

/** The last word of a reply, which is looked for on the page. */
export const lastWord = 'Finis'

const sentences = [
  'The rain has not stopped since noon, and the road below the orchard is more stream than road.',
  'You may sit, if you like; nobody has used that chair since the winter.',
  'I kept the letter, though I have never known what I kept it for.',
  'There was a time when I would have answered you at once.',
  'He told it as if it had happened to somebody else, and perhaps it had.',
  'Mind the third stair.',
  'It is *not* the sea that frightens me, it is how quiet it gets before the wind turns.',
  'Ask me again tomorrow, when the house is empty and I have slept.',
  'They will say we planned it, of course; they always do.',
  'I should have liked to be wrong about him.',
  'My mother counted the spoons after every guest, and so, I find, do I.',
  'No, leave the lamp where it is.',
]

const plans = [
  'She has been asked about the letter twice and has not yet given a straight answer, so a third evasion needs a reason.',
  'The scene wants her pride in front and the doubt behind it, shown by what her hands do.',
  'A short answer first, then the memory she did not mean to tell.',
  'He is watching for a sign that she knows, and she should give none aloud.',
]

/** A turn of a chat as HER writes it, about 120 words in all four layers. The same number gives the same turn. */
export function writeTurn(number: number): string {
  return writeReply([
    part('system_thinking', pick(plans, number, 3)),
    part('role_action', 'turns the cup a little on its saucer, until the handle points away from you'),
    part('role_thinking', pick(sentences, number * 5, 1)),
    part('speech', pick(sentences, number * 7 + 3, 4)),
    part('role_action', 'looks past you, at the window'),
    part('speech', pick(sentences, number * 11 + 1, 1)),
  ])
}

/** What the reader says between the replies. */
export function writeLine(number: number): string {
  return `*leans on the doorpost* ${pick(sentences, number * 3, 2)}`
}

/**
 * A reply of `tokens` tokens of four characters: more than a quarter is planning, as HER's own replies are, and the
 * rest alternates between the other layers. It ends with `lastWord`.
 */
export function writeLongReply(tokens: number): { readonly text: string; readonly paragraphs: readonly string[] } {
  const length = tokens * 4
  const segments: Segment[] = []
  const write = () => writeReply(segments)
  let plan = ''
  for (let index = 0; plan.length < length * 0.28; index += 1) plan += `${pick(plans, index, 1)} `
  segments.push(part('system_thinking', plan.trim()))
  for (let index = 0; write().length < length - 120; index += 1) {
    const room = length - 120 - write().length
    const layer = (['role_action', 'role_thinking', 'speech'] as const)[index % 3] ?? 'speech'
    const words = layer === 'speech' ? paragraphs(index) : pick(sentences, index * 5, layer === 'role_action' ? 1 : 2)
    segments.push(part(layer, words.slice(0, Math.max(12, room)).trim()))
  }
  const rest = Math.max(0, length - write().length - lastWord.length - 24)
  segments.push(part('role_action', 'waits'), part('speech', `${'And so on. '.repeat(rest / 11)}${lastWord}.`))
  return { text: write(), paragraphs: segments.flatMap(({ text }) => text.split('\n\n')) }
}

function paragraphs(index: number): string {
  return `${pick(sentences, index * 7, 4)}\n\n${pick(sentences, index * 11, 3)}`
}

function pick(bank: readonly string[], from: number, count: number): string {
  return Array.from({ length: count }, (_, index) => bank[(from + index) % bank.length]).join(' ')
}

function part(layer: Segment['layer'], text: string): Segment {
  return { layer, text, closed: true }
}

import { createReplyParser, type ReplyOptions } from '#core/her/parse.ts'
import { atMost, type Figure, round } from './figure.ts'

const options: ReplyOptions = { speaker: 'Elizabeth Bennet', aliases: ['Lizzy'], others: ['Mr. Darcy', 'Bob'] }

const plain =
  'I find your sudden interest rather remarkable, Mr. Darcy. One might almost think that you came for the dancing, ' +
  'and not for the pleasure of disapproving of it.\nPray tell me, is it the music, or the company? '

/** What a text is made of, repeated: what would cost a careless reader the most. */
const hostile: Readonly<Record<string, string>> = {
  'angle brackets': '<',
  'half tags': '<role_',
  'tags without text': '<role_action></role_action>',
  'openers only': '<role_thinking>',
  'orphan closers': '</role_thinking>',
  'planning closers': 'a</think>',
  'short segments': '<role_action>a</role_action>b',
  'planning never closed': '<think><role_action>',
  'half names': '\nBo',
  'own names': 'Lizzy: ',
  blanks: ' ',
  'line breaks': '\n',
  'half tokens': '<|im_',
}

function repeat(piece: string, length: number): string {
  const text = piece.repeat(Math.ceil(length / piece.length)).slice(0, length)
  // Touching a character makes the engine lay the text out in one block, outside of what is measured.
  return text.charCodeAt(length - 1) >= 0 ? text : ''
}

/** Nanoseconds per character to read `text` in pieces of `size`. */
function measure(text: string, size: number): number {
  const start = performance.now()
  const parser = createReplyParser(options)
  for (let at = 0; at < text.length; at += size) parser.push(size >= text.length ? text : text.slice(at, at + size))
  parser.finish()
  return ((performance.now() - start) * 1e6) / text.length
}

/**
 * How fast replies are read: plain text in megabytes (10⁶ characters) per second, whole, as a model sends it (4 characters
 * at a time) and character by character; and how many times longer a character of the worst hostile text takes.
 */
export function readReplies(): Figure[] {
  const figures: Figure[] = []
  const ways = [
    { way: 'whole', size: Number.POSITIVE_INFINITY, length: 10_000_000, rounds: 3 },
    { way: 'by tokens', size: 4, length: 2_000_000, rounds: 3 },
    { way: 'by characters', size: 1, length: 2_000_000, rounds: 3 },
  ]
  for (const { way, size, length, rounds } of ways) {
    const common = repeat(plain, length)
    let best = Number.POSITIVE_INFINITY
    const ratios = Object.entries(hostile).map(([name, piece]) => {
      for (let round = 0; round < 3; round++) {
        measure(repeat(plain, 100_000), size)
        measure(repeat(piece, 100_000), size)
      }
      const text = repeat(piece, length)
      let plainCost = Number.POSITIVE_INFINITY
      let cost = Number.POSITIVE_INFINITY
      // In turns, and the best of each: the machine may be busy with something else for a while.
      for (let round = 0; round < rounds; round++) {
        plainCost = Math.min(plainCost, measure(common, size))
        cost = Math.min(cost, measure(text, size))
      }
      best = Math.min(best, plainCost)
      return { name, ratio: cost / plainCost }
    })
    const speed = 1000 / best
    const target = size > length ? { target: '≥ 50', met: speed >= 50 } : {}
    figures.push({ name: `her-reader plain ${way}`, value: round(speed), unit: 'MB/s', ...target })
    const worst = ratios.reduce((one, other) => (other.ratio > one.ratio ? other : one))
    const details = {
      worst: worst.name,
      ratios: Object.fromEntries(ratios.map(({ name, ratio }) => [name, round(ratio)])),
    }
    figures.push(atMost(3, `her-reader hostile ${way}`, worst.ratio, 'times plain', details))
  }
  return figures
}

import { echoPhrase } from './echo-phrase.ts'
import { intentOf } from './intent.ts'
import { type Exchange, spokenIn } from './read-exchange.ts'
import type { Intent, Scene } from './scene.ts'

/** When the fitting lines are used up: these suit almost any line, then these suit many. */
const suitsMost: readonly Intent[] = ['fallback', 'feelings', 'self', 'other']
const suitsMany: readonly Intent[] = ['compliment', 'provocation', 'action', 'greeting', 'goodbye']

/** So many letters of a reply's longest fixed stretch tell it from every other of its scene. */
const fingerprintLength = 40

/**
 * The replies of a scene that may answer an exchange, best first, their slots filled: those that fit it, then the rest,
 * and what has been said already last, oldest first. Never empty. `seed` turns the order of equally good ones.
 */
export function chooseReplies(scene: Scene, exchange: Exchange, seed: number): readonly string[] {
  const echo = echoPhrase(exchange.words)
  const fill = (templates: readonly string[]) =>
    [...new Set(templates)]
      .filter((template) => echo !== undefined || !template.includes('{echo}'))
      .map((template) => template.replaceAll('{name}', plain(exchange.name)).replaceAll('{echo}', echo ?? ''))
  if (exchange.opens) return fill([scene.first, ...scene.retakes])

  const heard = exchange.replies.map((reply) => letters(spokenIn(reply)))
  const lastHeard = (template: string) => heard.findLastIndex((reply) => isSaid(template, reply))
  const unsaidFirst = (templates: readonly string[]) =>
    [...templates].sort((one, other) => lastHeard(one) - lastHeard(other))

  const intent = intentOf(exchange.words, exchange.acts)
  if (intent === 'honesty') return fill(unsaidFirst(scene.honesty))
  const bank = (name: Intent) => turned(scene.replies[name], seed)
  const beatJustPlayed = scene.beats.some((beat) => lastHeard(beat) === heard.length - 1 && heard.length > 0)
  const nextBeat = scene.beats.filter((beat) => lastHeard(beat) < 0).slice(0, 1)
  const fitting =
    intent !== 'fallback' ? bank(intent) : beatJustPlayed ? bank('fallback') : [...nextBeat, ...bank('fallback')]
  return fill(
    unsaidFirst([...fitting, ...nextBeat, ...scene.beats, ...suitsMost.flatMap(bank), ...suitsMany.flatMap(bank)]),
  )
}

/** Whether `reply`, letters only, is this template spoken: whole, or cut short by the reader. */
function isSaid(template: string, reply: string): boolean {
  const fixed = spokenIn(template)
    .replace(/^[^:{]{1,60}: /, '')
    .replaceAll('{name}', '{echo}')
    .split('{echo}')
    .map(letters)
  const longest = fixed.reduce((one, other) => (other.length > one.length ? other : one), '')
  const begun = fixed[0] ?? ''
  return reply.includes(longest.slice(0, fingerprintLength)) || (reply.length >= 8 && begun.startsWith(reply))
}

function letters(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
}

/** A name as it may stand in a reply: it can open no tag. */
function plain(name: string): string {
  return name.replace(/[<>]/g, '').replaceAll('$', '$$$$')
}

function turned<Item>(items: readonly Item[], seed: number): readonly Item[] {
  const start = items.length === 0 ? 0 : seed % items.length
  return [...items.slice(start), ...items.slice(0, start)]
}

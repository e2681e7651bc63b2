import { stripDecorators } from '#core/cards/decorators.ts'
import type { LorePlace, LoreRole } from './lore-place.ts'

/** What the decorator lines of an entry ask for (Character Card V3, and RisuAI's own where they are clear). */
export interface Decorators {
  /** As they are written, fallbacks among them. */
  readonly lines: readonly string[]
  /** Those of `lines` that are not known or make no sense here and had no fallback that does. */
  readonly ignored: readonly string[]
  /** Fires always, or never; the former wins. */
  readonly force?: 'activate' | 'dont-activate'
  /** Once it fired in this chat: always, or never again. */
  readonly afterMatch?: 'keep' | 'stop'
  /** Replies of the character that must have been there. */
  readonly onlyAfter?: number
  readonly onlyEvery?: number
  /** The chat began with this greeting of the card, counted from 0. */
  readonly greeting?: number
  readonly scanDepth?: number
  readonly place?: LorePlace
  readonly role?: LoreRole
  /** Of each list at least one must be found too. */
  readonly additionalKeys: readonly (readonly string[])[]
  /** None of these may be found; not all of those. */
  readonly excludeKeys: readonly string[]
  readonly excludeAllKeys: readonly (readonly string[])[]
  readonly wholeWords?: boolean
  readonly probability?: number
  readonly priority?: number
  /** The first to go when room is short. */
  readonly yields: boolean
  readonly recursion?: { readonly calls?: boolean; readonly isCalled?: boolean }
}

type Draft = { -readonly [Key in keyof Decorators]: Decorators[Key] }

export const noDecorators: Decorators = {
  lines: [],
  ignored: [],
  additionalKeys: [],
  excludeKeys: [],
  excludeAllKeys: [],
  yields: false,
}

/** What a decorator does to what was read so far; nothing when its argument makes no sense, or it is not for us. */
type Effect = (argument: string, draft: Draft) => Partial<Draft> | undefined

const places = {
  before_desc: { kind: 'before-character' },
  after_desc: { kind: 'after-character' },
  personality: { kind: 'personality' },
  scenario: { kind: 'scenario' },
} as const

const effects = new Map<string, Effect>([
  ['activate', () => ({ force: 'activate' })],
  ['dont_activate', (_, draft) => ({ force: draft.force ?? 'dont-activate' })],
  ['keep_activate_after_match', () => ({ afterMatch: 'keep' })],
  ['dont_activate_after_match', (_, draft) => ({ afterMatch: draft.afterMatch ?? 'stop' })],
  ['activate_only_after', (argument) => wrap('onlyAfter', count(argument))],
  ['activate_only_every', (argument) => wrap('onlyEvery', count(argument) || undefined)],
  ['is_greeting', (argument) => wrap('greeting', count(argument))],
  ['scan_depth', (argument) => wrap('scanDepth', count(argument))],
  ['depth', (argument, draft) => atDepth('depth', argument, draft)],
  ['reverse_depth', (argument, draft) => atDepth('reverse-depth', argument, draft)],
  ['end', (_, draft) => atDepth('depth', '0', draft)],
  [
    'role',
    (argument) =>
      wrap(
        'role',
        (['system', 'user', 'assistant'] as const).find((role) => role === argument),
      ),
  ],
  [
    'position',
    (argument) => wrap('place', Object.hasOwn(places, argument) ? places[argument as keyof typeof places] : undefined),
  ],
  ['ignore_on_max_context', () => ({ yields: true })],
  [
    'additional_keys',
    (argument, draft) => addKeys(argument, (keys) => ({ additionalKeys: [...draft.additionalKeys, keys] })),
  ],
  [
    'exclude_keys',
    (argument, draft) => addKeys(argument, (keys) => ({ excludeKeys: [...draft.excludeKeys, ...keys] })),
  ],
  [
    'exclude_keys_all',
    (argument, draft) => addKeys(argument, (keys) => ({ excludeAllKeys: [...draft.excludeAllKeys, keys] })),
  ],
  ['match_full_word', () => ({ wholeWords: true })],
  ['match_partial_word', () => ({ wholeWords: false })],
  ['probability', (argument) => wrap('probability', percentage(argument))],
  ['priority', (argument) => wrap('priority', /^-?\d{1,9}$/.test(argument) ? Number(argument) : undefined)],
  ['recursive', (_, draft) => ({ recursion: { ...draft.recursion, calls: true } })],
  ['unrecursive', (_, draft) => ({ recursion: { ...draft.recursion, calls: false } })],
  ['no_recursive_search', (_, draft) => ({ recursion: { ...draft.recursion, isCalled: false } })],
])

const repeatable = new Set(['additional_keys', 'exclude_keys', 'exclude_keys_all'])

/**
 * Reads the decorator lines at the start of an entry's content. A line with `@@@` is only looked at when the line above
 * it was not used: it is unknown, its argument makes no sense, or what it asks for does not exist here. Of a decorator
 * that is there twice the first counts, save for lists of keys.
 * @param more lines kept elsewhere, that count as if they stood before the content.
 */
export function readDecorators(
  written: string,
  more: readonly string[] = [],
): { content: string; decorators: Decorators } {
  const content = stripDecorators(written)
  const head = written.slice(0, written.length - content.length)
  const lines = [...more, ...head.split('\n')].map((line) => line.trim()).filter((line) => line.startsWith('@@'))
  if (lines.length === 0) return { content, decorators: noDecorators }

  let draft: Draft = { ...noDecorators, lines, ignored: [] }
  const ignored: string[] = []
  const used = new Set<string>()
  let isSettled = true
  for (const line of lines) {
    const isFallback = line.startsWith('@@@')
    if (isFallback && isSettled) continue
    const [, name = '', argument = ''] = /^@@@?([a-z_]+)\s*(.*)$/is.exec(line) ?? []
    const key = name.toLowerCase()
    const effect = effects.get(key)
    const change = used.has(key) && !repeatable.has(key) ? {} : effect?.(argument.trim(), draft)
    isSettled = change !== undefined
    if (change) {
      used.add(key)
      draft = { ...draft, ...change }
      if (isFallback) ignored.pop()
    } else if (!isFallback) ignored.push(line)
  }
  return { content, decorators: { ...withRole(draft), ignored } }
}

function withRole(draft: Draft): Draft {
  const { place, role } = draft
  if (!role || (place?.kind !== 'depth' && place?.kind !== 'reverse-depth')) return draft
  return { ...draft, place: { ...place, role } }
}

/** A position beats a depth, whichever comes first. */
function atDepth(kind: 'depth' | 'reverse-depth', argument: string, draft: Draft): Partial<Draft> | undefined {
  const depth = count(argument)
  if (depth === undefined) return undefined
  return draft.place ? {} : { place: { kind, depth, role: 'system' } }
}

function addKeys(argument: string, add: (keys: string[]) => Partial<Draft>): Partial<Draft> | undefined {
  const keys = argument
    .split(',')
    .map((key) => key.trim())
    .filter((key) => key !== '')
  return keys.length > 0 ? add(keys) : undefined
}

function wrap<Key extends keyof Draft>(key: Key, value: Draft[Key] | undefined): Partial<Draft> | undefined {
  return value === undefined ? undefined : ({ [key]: value } as Partial<Draft>)
}

function count(argument: string): number | undefined {
  return /^\d{1,9}$/.test(argument) ? Number(argument) : undefined
}

function percentage(argument: string): number | undefined {
  const value = Number.parseFloat(argument)
  return value >= 0 && value <= 100 ? value : undefined
}

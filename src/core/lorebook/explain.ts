import { exhaustive } from '#lib/exhaustive.ts'
import type { RegexProblem } from '#lib/linear-regex/linear-regex.ts'
import type { SearchedField, SecondaryLogic } from './lorebook.ts'
import { describeRegexProblem } from './lorebook-warning.ts'

/** Where a key was found. */
export type FoundIn =
  /** `back` is how many messages came after the one it is in; missing where it spans several. */
  | { readonly kind: 'story'; readonly back?: number }
  | { readonly kind: 'field'; readonly field: SearchedField }
  /** In what another entry says. */
  | { readonly kind: 'lore'; readonly title: string }

/** Why an entry fired. */
export type LoreCause =
  | { readonly kind: 'key'; readonly key: string; readonly in: FoundIn }
  | { readonly kind: 'constant' }
  /** `@@activate` */
  | { readonly kind: 'decorator' }
  /** `@@keep_activate_after_match` */
  | { readonly kind: 'kept' }
  | { readonly kind: 'sticky'; readonly messagesLeft: number }

/** Why an entry that fired is not in the prompt. */
export type LoreLoss =
  | { readonly kind: 'empty' }
  | { readonly kind: 'group'; readonly group: string; readonly winner: string }
  | { readonly kind: 'probability'; readonly rolled: number; readonly probability: number }
  | { readonly kind: 'budget'; readonly of: 'book' | 'all'; readonly tokens: number; readonly budget: number }

/** Why an entry did not fire. */
export type LoreSilence =
  | { readonly kind: 'disabled' }
  | { readonly kind: 'not-known'; readonly knownTo: readonly string[] }
  /** The book is another character's. */
  | { readonly kind: 'other-book' }
  | { readonly kind: 'trigger'; readonly triggers: readonly string[] }
  | { readonly kind: 'character-filter' }
  | { readonly kind: 'delay'; readonly delay: number; readonly messages: number }
  | { readonly kind: 'cooldown'; readonly messagesLeft: number }
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'fired-before' }
  | { readonly kind: 'too-early'; readonly replies: number; readonly needed: number }
  | { readonly kind: 'not-this-reply'; readonly every: number; readonly replies: number }
  | { readonly kind: 'greeting'; readonly greeting: number }
  | { readonly kind: 'no-keys' }
  | { readonly kind: 'no-key-found'; readonly messages: number }
  | { readonly kind: 'broken-key'; readonly key: string; readonly problem: RegexProblem }
  /** Patterns in this scan took so long that these were not tried to the end. */
  | { readonly kind: 'out-of-time'; readonly key: string }
  | { readonly kind: 'secondary'; readonly logic: SecondaryLogic; readonly found: readonly string[] }
  | { readonly kind: 'additional-keys'; readonly keys: readonly string[] }
  | { readonly kind: 'excluded-key'; readonly key: string }
  | { readonly kind: 'waits-for-lore' }

export type LoreVerdict =
  | { readonly outcome: 'used'; readonly cause: LoreCause; readonly tokens: number }
  | { readonly outcome: 'lost'; readonly cause: LoreCause; readonly loss: LoreLoss }
  | { readonly outcome: 'silent'; readonly silence: LoreSilence }

/** What became of one entry. */
export interface LoreExplanation {
  readonly bookId: string
  readonly entryId: string
  readonly title: string
  readonly verdict: LoreVerdict
}

/** The verdict as a sentence: why did this fire, why not that. */
export function describeVerdict(verdict: LoreVerdict): string {
  switch (verdict.outcome) {
    case 'used':
      return `Fired: ${describeCause(verdict.cause)}.`
    case 'lost':
      return `Fired (${describeCause(verdict.cause)}), but left out: ${describeLoss(verdict.loss)}.`
    case 'silent':
      return `Did not fire: ${describeSilence(verdict.silence)}.`
    default:
      return exhaustive(verdict)
  }
}

function describeCause(cause: LoreCause): string {
  switch (cause.kind) {
    case 'key':
      return `"${cause.key}" was found in ${describePlace(cause.in)}`
    case 'constant':
      return 'it is constant'
    case 'decorator':
      return 'it says @@activate'
    case 'kept':
      return 'it fired before in this chat and stays'
    case 'sticky':
      return `it fired before and stays for ${messages(cause.messagesLeft, 'more ')}`
    default:
      return exhaustive(cause)
  }
}

const fields: Record<SearchedField, string> = {
  persona: 'the persona',
  description: 'the description',
  personality: 'the personality',
  scenario: 'the scenario',
  'creator-notes': "the creator's notes",
}

function describePlace(place: FoundIn): string {
  switch (place.kind) {
    case 'story':
      return describeMessage(place.back)
    case 'field':
      return fields[place.field]
    case 'lore':
      return `the entry "${place.title}"`
    default:
      return exhaustive(place)
  }
}

function describeMessage(back: number | undefined): string {
  if (back === undefined) return 'the chat'
  if (back === 0) return 'the newest message'
  return back === 1 ? 'the message before last' : `the message ${back} before the newest`
}

function describeLoss(loss: LoreLoss): string {
  switch (loss.kind) {
    case 'empty':
      return 'it says nothing'
    case 'group':
      return `"${loss.winner}" of the same group (${loss.group}) was taken`
    case 'probability':
      return `it has a chance of ${loss.probability} %, and the die gave ${Math.floor(loss.rolled)}`
    case 'budget':
      return `it takes ${loss.tokens.toLocaleString('en')} tokens, and the budget of ${loss.budget.toLocaleString('en')} tokens for ${loss.of === 'book' ? 'its book' : 'all lore'} is spent`
    default:
      return exhaustive(loss)
  }
}

const logics: Record<SecondaryLogic, string> = {
  any: 'none of its secondary keys was found',
  'not-all': 'all of its secondary keys were found',
  none: 'a secondary key was found that must not be there',
  all: 'not all of its secondary keys were found',
}

function describeSilence(silence: LoreSilence): string {
  switch (silence.kind) {
    case 'disabled':
      return 'it is switched off'
    case 'not-known':
      return silence.knownTo.length === 0
        ? 'it is private, and names no one who knows it'
        : `only ${silence.knownTo.join(', ')} may know it`
    case 'other-book':
      return "its book is another character's"
    case 'trigger':
      return `it is only for ${silence.triggers.join(', ')}`
    case 'character-filter':
      return 'it is for other characters'
    case 'delay':
      return `it waits for ${messages(silence.delay)}, and there are ${silence.messages}`
    case 'cooldown':
      return `it fired before and rests for ${messages(silence.messagesLeft, 'more ')}`
    case 'forbidden':
      return 'it says @@dont_activate'
    case 'fired-before':
      return 'it fires once in a chat, and did'
    case 'too-early':
      return `it waits for ${silence.needed} replies, and there are ${silence.replies}`
    case 'not-this-reply':
      return `it fires at every ${silence.every}th reply, and there are ${silence.replies}`
    case 'greeting':
      return `it is for chats that begin with greeting ${silence.greeting + 1}`
    case 'no-keys':
      return 'it has no keys'
    case 'no-key-found':
      return silence.messages === 1
        ? 'none of its keys is in the newest message'
        : `none of its keys is in the newest ${messages(silence.messages)}`
    case 'broken-key':
      return `the key ${silence.key} can't be used, as ${describeRegexProblem(silence.problem)}`
    case 'out-of-time':
      return `looking for ${silence.key} took too long`
    case 'secondary':
      return logics[silence.logic]
    case 'additional-keys':
      return `none of ${silence.keys.join(', ')} was found`
    case 'excluded-key':
      return `"${silence.key}" was found, which it excludes`
    case 'waits-for-lore':
      return 'only other entries call it, and none did'
    default:
      return exhaustive(silence)
  }
}

function messages(count: number, more = ''): string {
  return `${count} ${more}message${count === 1 ? '' : 's'}`
}

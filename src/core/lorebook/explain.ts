import { exhaustive } from '#lib/exhaustive.ts'
import type { RegexProblem } from '#lib/linear-regex/linear-regex.ts'
import { t } from '#lib/translate.ts'
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
      return t('Fired: {cause}.', { cause: describeCause(verdict.cause) })
    case 'lost':
      return t('Fired ({cause}), but left out: {loss}.', {
        cause: describeCause(verdict.cause),
        loss: describeLoss(verdict.loss),
      })
    case 'silent':
      return t('Did not fire: {reason}.', { reason: describeSilence(verdict.silence) })
    default:
      return exhaustive(verdict)
  }
}

function describeCause(cause: LoreCause): string {
  switch (cause.kind) {
    case 'key':
      return describeFound(cause.key, cause.in)
    case 'constant':
      return t('it is constant')
    case 'decorator':
      return t('it says @@activate')
    case 'kept':
      return t('it fired before in this chat and stays')
    case 'sticky':
      return t('it fired before and stays for {count, plural, one {# more message} other {# more messages}}', {
        count: cause.messagesLeft,
      })
    default:
      return exhaustive(cause)
  }
}

const inField: Record<SearchedField, (key: string) => string> = {
  persona: (key) => t('"{key}" was found in the persona', { key }),
  description: (key) => t('"{key}" was found in the description', { key }),
  personality: (key) => t('"{key}" was found in the personality', { key }),
  scenario: (key) => t('"{key}" was found in the scenario', { key }),
  'creator-notes': (key) => t('"{key}" was found in the creator\'s notes', { key }),
}

function describeFound(key: string, place: FoundIn): string {
  switch (place.kind) {
    case 'story':
      return describeFoundInStory(key, place.back)
    case 'field':
      return inField[place.field](key)
    case 'lore':
      return t('"{key}" was found in the entry "{title}"', { key, title: place.title })
    default:
      return exhaustive(place)
  }
}

function describeFoundInStory(key: string, back: number | undefined): string {
  if (back === undefined) return t('"{key}" was found in the chat', { key })
  if (back === 0) return t('"{key}" was found in the newest message', { key })
  if (back === 1) return t('"{key}" was found in the message before last', { key })
  return t('"{key}" was found in the message {back} before the newest', { key, back })
}

function describeLoss(loss: LoreLoss): string {
  switch (loss.kind) {
    case 'empty':
      return t('it says nothing')
    case 'group':
      return t('"{winner}" of the same group ({group}) was taken', { winner: loss.winner, group: loss.group })
    case 'probability':
      return t('it has a chance of {chance} %, and the die gave {rolled}', {
        chance: loss.probability,
        rolled: Math.floor(loss.rolled),
      })
    case 'budget':
      return loss.of === 'book'
        ? t('it takes {tokens, number} tokens, and the budget of {budget, number} tokens for its book is spent', {
            tokens: loss.tokens,
            budget: loss.budget,
          })
        : t('it takes {tokens, number} tokens, and the budget of {budget, number} tokens for all lore is spent', {
            tokens: loss.tokens,
            budget: loss.budget,
          })
    default:
      return exhaustive(loss)
  }
}

const logics: Record<SecondaryLogic, string> = {
  any: t('none of its secondary keys was found'),
  'not-all': t('all of its secondary keys were found'),
  none: t('a secondary key was found that must not be there'),
  all: t('not all of its secondary keys were found'),
}

function describeSilence(silence: LoreSilence): string {
  switch (silence.kind) {
    case 'disabled':
      return t('it is switched off')
    case 'not-known':
      return silence.knownTo.length === 0
        ? t('it is private, and names no one who knows it')
        : t('only {knownTo} may know it', { knownTo: silence.knownTo.join(', ') })
    case 'other-book':
      return t("its book is another character's")
    case 'trigger':
      return t('it is only for {triggers}', { triggers: silence.triggers.join(', ') })
    case 'character-filter':
      return t('it is for other characters')
    case 'delay':
      return t('it waits for {delay, plural, one {# message} other {# messages}}, and there are {messages}', {
        delay: silence.delay,
        messages: silence.messages,
      })
    case 'cooldown':
      return t('it fired before and rests for {count, plural, one {# more message} other {# more messages}}', {
        count: silence.messagesLeft,
      })
    case 'forbidden':
      return t('it says @@dont_activate')
    case 'fired-before':
      return t('it fires once in a chat, and did')
    case 'too-early':
      return t('it waits for {needed} replies, and there are {replies}', {
        needed: silence.needed,
        replies: silence.replies,
      })
    case 'not-this-reply':
      return t('it fires at every {every}th reply, and there are {replies}', {
        every: silence.every,
        replies: silence.replies,
      })
    case 'greeting':
      return t('it is for chats that begin with greeting {number}', { number: silence.greeting + 1 })
    case 'no-keys':
      return t('it has no keys')
    case 'no-key-found':
      return silence.messages === 1
        ? t('none of its keys is in the newest message')
        : t('none of its keys is in the newest {count, plural, one {# message} other {# messages}}', {
            count: silence.messages,
          })
    case 'broken-key':
      return t("the key {key} can't be used, as {problem}", {
        key: silence.key,
        problem: describeRegexProblem(silence.problem),
      })
    case 'out-of-time':
      return t('looking for {key} took too long', { key: silence.key })
    case 'secondary':
      return logics[silence.logic]
    case 'additional-keys':
      return t('none of {keys} was found', { keys: silence.keys.join(', ') })
    case 'excluded-key':
      return t('"{key}" was found, which it excludes', { key: silence.key })
    case 'waits-for-lore':
      return t('only other entries call it, and none did')
    default:
      return exhaustive(silence)
  }
}

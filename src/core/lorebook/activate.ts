import { expandMacros, type MacroValues } from '#core/cards/macros.ts'
import { estimateTokens } from '#core/prompt/estimate.ts'
import { type Cast, type CastMember, memberOf, namesOf } from '#core/scene/cast.ts'
import type { HeardTurns } from '#core/scene/hearing.ts'
import { macrosOf } from '#core/scene/scene-macros.ts'
import { randomOf } from '#lib/random.ts'
import { type ActiveLore, createActiveLore } from './active-lore.ts'
import { cutToBudget } from './budget.ts'
import type { LoreCause, LoreExplanation, LoreSilence, LoreVerdict } from './explain.ts'
import { type Candidate, settleGroups } from './groups.ts'
import type { MatchDefaults } from './keys.ts'
import { type KnownLore, type PlacedEntry, readerOf } from './known-lore.ts'
import type { SearchedField } from './lorebook.ts'
import { createSearch, type EntrySearch, judgeDecoratorKeys, judgeKeys, searchPieces } from './match-entry.ts'
import { createPiece, joinPieces, type Piece, patternSteps } from './scan.ts'
import { createStoryText } from './story-text.ts'
import { entryKey, type LoreMemory, noMemory, remember, restLeft, stickyLeft } from './timed-effects.ts'

/** What applies where neither an entry nor its book says. */
export interface LoreSettings extends MatchDefaults {
  readonly scanDepth: number
  readonly recursive: boolean
  /** How often what entries say may call further ones. */
  readonly recursionSteps: number
  readonly groupScoring: boolean
  /** What all lore may take of a prompt. */
  readonly budgetTokens: number
}

export const defaultLoreSettings: LoreSettings = {
  scanDepth: 2,
  recursive: false,
  recursionSteps: 10,
  caseSensitive: false,
  wholeWords: false,
  groupScoring: false,
  budgetTokens: Number.POSITIVE_INFINITY,
}

export interface LoreInput {
  /** What the character whose turn it is may know: `knowLore` is the only way to it. */
  readonly known: KnownLore
  readonly cast: Cast
  /** The chat as that character heard it: keys are looked for in nothing else of it. */
  readonly heard: HeardTurns
  /** Chance follows from this and the number of messages: a reply made again has the same lore. */
  readonly seed: string
  readonly macros?: Pick<MacroValues, 'chance' | 'now'>
  readonly settings?: Partial<LoreSettings>
  readonly memory?: LoreMemory
  /** The card's greeting the chat began with, where that is known. */
  readonly greeting?: number
  /** What kind of generation this is: `normal`, `continue`, `swipe` … */
  readonly trigger?: string
}

/** One entry while it is decided on. */
interface Trial {
  readonly placed: PlacedEntry
  readonly search: EntrySearch
  /** Passes whose texts were searched already. */
  passes: number
  verdict?: Exclude<LoreVerdict, { outcome: 'used' }>
}

interface Fired extends Candidate {
  readonly trial: Trial
  readonly cause: LoreCause
}

/** An entry that won its group and its roll. */
interface Winner extends Fired {
  readonly text: string
  readonly tokens: number
}

/**
 * Decides which entries of the books a character knows enter its prompt, by the algorithm of Character Card V2 and V3
 * and of SillyTavern: keys in the newest messages, then keys in what the entries say that fired, and so on; groups,
 * chance and budget after that. Pure: the same input gives the same lore.
 *
 * Time is bounded whatever the books hold: the text that is searched is, and patterns share a fixed number of steps.
 */
export function activateLore(input: LoreInput): ActiveLore {
  const { known, cast, heard, seed, memory = noMemory } = input
  const settings = { ...defaultLoreSettings, ...input.settings }
  const reader = readerOf(known)
  const member = memberOf(reader, cast)
  if (!member) throw new Error(`${reader} is not of the cast`)
  const values = macrosOf(member, cast, input.macros)
  const hidden: MacroValues = { ...values, audience: 'lore' }
  const messages = heard.length
  const chance = (what: string) => randomOf(`${seed}\n${messages}\n${what}`)

  // What was said stands for nothing but itself; of macros only comments go.
  const { others: _texts, ...plain } = hidden
  const story = createStoryText(heard, reader, plain)
  const fields = createFields(member, cast, hidden)
  const steps = { left: patternSteps.perScan }
  const replies = countReplies(input, known)
  const trials = known.entries.map(
    (placed): Trial => ({ placed, search: createSearch(placed.entry, settings, hidden), passes: 0 }),
  )
  /** What the entries of each pass say that may call others. */
  const called: Piece[] = []
  let calling: Piece[] = []
  const winners = new Map<Trial, Winner>()
  const takenGroups = new Map<string, string>()
  const levels = [...new Set(trials.map(({ placed }) => placed.entry.recursionLevel))]
    .filter((level) => level > 0)
    .sort((one, other) => one - other)
  let openLevel = 0
  let open = trials.filter((trial) => {
    const silence = whyNever(trial.placed)
    if (silence) trial.verdict = { outcome: 'silent', silence }
    return !silence
  })

  for (let pass = 0; pass <= settings.recursionSteps; pass++) {
    const fired = open.flatMap((trial) => {
      const result = tryToFire(trial, pass)
      if (result && 'cause' in result) return [result]
      if (result) trial.verdict = { outcome: 'silent', silence: result }
      return []
    })
    const settled = settleGroups(fired, {
      scoring: settings.groupScoring,
      taken: takenGroups,
      random: (group) => chance(`group\n${group}`),
    })
    for (const [{ trial, cause }, loss] of settled.lost) trial.verdict = { outcome: 'lost', cause, loss }
    calling = []
    for (const each of settled.kept) admit(each)
    if (calling.length > 0) called.push(joinPieces(calling))
    const decided = new Set<Trial>(fired.map(({ trial }) => trial))
    open = open.filter((trial) => !decided.has(trial))
    const nextLevel = levels.find((level) => level > openLevel)
    if (calling.length === 0) {
      if (nextLevel === undefined) break
      openLevel = nextLevel
    } else openLevel ||= nextLevel ?? 0
  }

  // As they are ranked, and no longer as they happened to fire.
  const ranked = trials.flatMap((trial) => winners.get(trial) ?? [])
  const losses = cutToBudget(ranked, settings.budgetTokens)
  for (const [{ trial, cause }, loss] of losses) trial.verdict = { outcome: 'lost', cause, loss }
  const used = ranked.filter((winner) => !losses.has(winner))
  return createActiveLore(
    known,
    used.sort((one, other) => one.placed.entry.order - other.placed.entry.order),
    explainAll(known, trials, used),
    remember(
      memory,
      used.map(({ placed }) => placed),
      messages,
    ),
  )

  /** Why an entry has no chance in this turn, whatever is said. */
  function whyNever(placed: PlacedEntry): LoreSilence | undefined {
    const { entry } = placed
    const { decorators } = entry
    if (!entry.isEnabled) return { kind: 'disabled' }
    if (entry.triggers.length > 0 && !entry.triggers.includes(input.trigger ?? 'normal')) {
      return { kind: 'trigger', triggers: entry.triggers }
    }
    if (!isForCharacter(placed, member as CastMember)) return { kind: 'character-filter' }
    if (decorators.force === 'activate') return undefined
    if (entry.delay > messages) return { kind: 'delay', delay: entry.delay, messages }
    if (stickyLeft(placed, memory, messages) > 0) return undefined
    const rest = restLeft(placed, memory, messages)
    if (rest > 0) return { kind: 'cooldown', messagesLeft: rest }
    if (decorators.force === 'dont-activate') return { kind: 'forbidden' }
    if (decorators.afterMatch === 'stop' && memory.fired.has(entryKey(placed))) return { kind: 'fired-before' }
    const { onlyAfter, onlyEvery, greeting } = decorators
    if (onlyAfter !== undefined && replies < onlyAfter) return { kind: 'too-early', replies, needed: onlyAfter }
    if (onlyEvery !== undefined && replies % onlyEvery !== 0) {
      return { kind: 'not-this-reply', every: onlyEvery, replies }
    }
    if (greeting !== undefined && input.greeting !== undefined && greeting !== input.greeting) {
      return { kind: 'greeting', greeting }
    }
    return undefined
  }

  function tryToFire(trial: Trial, pass: number): Fired | LoreSilence | undefined {
    const { placed, search } = trial
    const { entry } = placed
    const sticky = stickyLeft(placed, memory, messages)
    const fire = (cause: LoreCause, score = 0): Fired => ({ trial, placed, cause, score, isSticky: sticky > 0 })
    if (entry.decorators.force === 'activate') return fire({ kind: 'decorator' })
    if (sticky > 0) return fire({ kind: 'sticky', messagesLeft: sticky })
    if (entry.recursionLevel > 0 && (pass === 0 || entry.recursionLevel > openLevel)) return { kind: 'waits-for-lore' }
    if (pass > 0 && entry.excludesRecursion) return undefined

    const depth = entry.scanDepth ?? placed.book.book.scanDepth ?? settings.scanDepth
    searchPieces(search, textsFor(trial, depth, pass), steps)
    const forbidden = judgeDecoratorKeys(search)
    if (forbidden) return forbidden
    if (entry.decorators.afterMatch === 'keep' && memory.fired.has(entryKey(placed))) return fire({ kind: 'kept' })
    if (entry.isConstant && !entry.usesRegex) return fire({ kind: 'constant' })
    const judged = judgeKeys(search, entry, depth)
    return 'score' in judged ? fire({ kind: 'key', key: judged.key, in: judged.in }, judged.score) : judged
  }

  /** The texts an entry is to be looked for in and was not yet. */
  function textsFor(trial: Trial, depth: number, pass: number): Piece[] {
    const { entry } = trial.placed
    const isFirst = trial.passes === 0
    const first = isFirst
      ? [
          entry.scanCharacters === undefined ? story.newest(depth) : story.last(entry.scanCharacters),
          ...entry.searches.map(fields),
        ]
      : []
    const isCalled = pass > 0 && !entry.excludesRecursion
    const further = isCalled ? called.slice(Math.max(0, trial.passes - 1)) : []
    trial.passes = 1 + (isCalled ? called.length : 0)
    return [...first, ...further]
  }

  /** Lets an entry roll its die; what it says may call others. */
  function admit(fired: Fired): void {
    const { trial, placed, cause, isSticky } = fired
    const { entry, book } = placed
    const rolled = chance(`entry\n${entryKey(placed)}`) * 100
    if (!isSticky && rolled >= entry.probability) {
      trial.verdict = { outcome: 'lost', cause, loss: { kind: 'probability', rolled, probability: entry.probability } }
      return
    }
    const text = expandMacros(entry.content, values).trim()
    if (text === '') trial.verdict = { outcome: 'lost', cause, loss: { kind: 'empty' } }
    else winners.set(trial, { ...fired, text, tokens: estimateTokens(text) })
    const calls = entry.decorators.recursion?.calls ?? book.book.recursive ?? settings.recursive
    if (calls && !entry.preventsRecursion) {
      calling.push(createPiece(expandMacros(entry.content, hidden), { kind: 'lore', title: entry.title }))
    }
  }
}

/** The turns of the character itself, its greeting among them; counted only where an entry asks. */
function countReplies({ heard }: LoreInput, known: KnownLore): number {
  const asks = known.entries.some(
    ({ entry: { decorators } }) => decorators.onlyAfter !== undefined || decorators.onlyEvery !== undefined,
  )
  if (!asks) return 0
  let replies = 0
  for (let index = 0; index < heard.length; index++) if (heard.at(index)?.isOwn) replies++
  return replies
}

function isForCharacter({ entry: { characterFilter } }: PlacedEntry, { card }: CastMember): boolean {
  if (!characterFilter) return true
  const has = (wanted: readonly string[], own: readonly string[]) =>
    wanted.some((each) => own.some((mine) => mine.toLowerCase() === each.toLowerCase()))
  const isMeant = has(characterFilter.names, namesOf(card)) || has(characterFilter.tags, card.tags)
  return isMeant !== characterFilter.isExclude
}

function createFields({ card }: CastMember, cast: Cast, macros: MacroValues): (field: SearchedField) => Piece {
  const texts: Record<SearchedField, string> = {
    persona: cast.user.description,
    description: card.description,
    personality: card.personality,
    scenario: card.scenario,
    'creator-notes': card.creatorNotes,
  }
  const pieces = new Map<SearchedField, Piece>()
  return (field) => {
    const piece = pieces.get(field) ?? createPiece(expandMacros(texts[field], macros), { kind: 'field', field })
    pieces.set(field, piece)
    return piece
  }
}

function explainAll(known: KnownLore, trials: readonly Trial[], used: readonly Winner[]): LoreExplanation[] {
  const verdicts = new Map<string, LoreVerdict>()
  for (const placed of known.unknown) {
    const { knownTo } = placed.entry
    const silence: LoreSilence = knownTo ? { kind: 'not-known', knownTo } : { kind: 'other-book' }
    verdicts.set(entryKey(placed), { outcome: 'silent', silence })
  }
  for (const { placed, verdict } of trials) if (verdict) verdicts.set(entryKey(placed), verdict)
  for (const { placed, cause, tokens } of used) verdicts.set(entryKey(placed), { outcome: 'used', cause, tokens })
  return known.books.flatMap((book) =>
    book.book.entries.map((entry) => ({
      bookId: book.id,
      entryId: entry.id,
      title: entry.title,
      verdict: verdicts.get(entryKey({ book, entry })) ?? { outcome: 'silent', silence: { kind: 'waits-for-lore' } },
    })),
  )
}

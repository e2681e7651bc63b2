import { createRandom, randomOf } from '#lib/random.ts'
import { choicesOf, choose, rollDice } from './macro-chance.ts'
import { type MacroMoment, timeMacro } from './macro-time.ts'

/** What the macros of chance follow from, beside the text they are in and their place in it. */
export interface MacroChance {
  /** `{{pick:…}}` gives the same throughout a chat. */
  readonly chat: string
  /** `{{random:…}}` and `{{roll:…}}` fall anew for each reply. */
  readonly reply: string
}

/** What the macros of a card's text stand for. */
export interface MacroValues {
  /** `{{char}}`, `<BOT>`, `<CHAR>`: the character's nickname, else its name. */
  readonly char: string
  /** `{{user}}`, `<USER>`: the persona's name. */
  readonly user: string
  /** `{{group}}`, `<GROUP>`: everyone in the scene. */
  readonly group?: string
  /**
   * `{{original}}`: what a card's `system_prompt` or `post_history_instructions` replaces. Only its first use in a text
   * gives it, later ones give nothing.
   */
  readonly original?: string
  /** Further macros that are plain values, by lower-case name: `persona`, `scenario` (`fieldMacros`). */
  readonly others?: Pick<ReadonlyMap<string, string>, 'get'>
  /** Without one, `{{random:…}}`, `{{pick:…}}` and `{{roll:…}}` stay as they are written. */
  readonly chance?: MacroChance
  /** Without one, `{{time}}`, `{{date}}` and their kin stay as they are written. */
  readonly now?: MacroMoment
  /** `{{outlet::name}}`: lore that its author wants just there, by lower-case name. */
  readonly outlets?: ReadonlyMap<string, string>
  /**
   * Whom the text is for: the model, unless said otherwise. A `{{comment: …}}` is only for the reader who sees it on
   * screen; a `{{hidden_key:…}}` only for `lore`, the search for keys in what a lorebook's entry says.
   */
  readonly audience?: 'model' | 'reader' | 'lore'
}

const maximumDepth = 20
const maximumLength = 1_048_576

/** Marks a `{{trim}}` among the pieces of a text until the line breaks around it are known. */
const trim = Symbol('trim')
type Piece = string | typeof trim

/** One `{{` that is still open. */
interface Frame {
  readonly pieces: Piece[]
  /** Where the text after `{{` begins. */
  readonly start: number
  /** Characters of all pieces. */
  length: number
}

const token = /\{{2,}|\}\}|<(?:bot|char|user|group)>/gi

/**
 * Expands the macros of a card's text: `{{char}}`, `{{user}}`, `{{group}}`, `{{original}}`, `<BOT>`, `<CHAR>`, `<USER>`,
 * `<GROUP>`, `{{newline}}`, `{{noop}}`, `{{trim}}`, `{{reverse:…}}`, `{{// …}}`, `{{comment: …}}`, `{{hidden_key:…}}`,
 * `{{random:…}}`, `{{pick:…}}`, `{{roll:…}}`, `{{outlet::…}}`, those of time and those in `others`; upper or lower case, blanks allowed, innermost first (Character Card V3 and SillyTavern).
 * A macro that is unknown, or has no value here, stays as it is written. What a macro gives is never read again, so a
 * name cannot smuggle macros in. Braces nested deeper than 20 stay as written, and so does a macro that would make the
 * text longer than 1,048,576 characters (or than it was, if that is more).
 */
export function expandMacros(text: string, values: MacroValues): string {
  const limit = Math.max(maximumLength, text.length)
  const top: Frame = { pieces: [], start: 0, length: 0 }
  const open: Frame[] = [top]
  let total = text.length
  const used = { original: false }
  let textSeed: number | undefined
  let position = 0

  const randomAt = (seed: string, place: number) => {
    textSeed ??= randomOf(text)
    return createRandom(`${seed}\n${textSeed}\n${place}`)
  }

  const innermost = () => open.at(-1) ?? top
  const add = (piece: Piece) => {
    const frame = innermost()
    frame.pieces.push(piece)
    frame.length += piece === trim ? 0 : piece.length
  }
  const replace = (written: number, value: Piece | undefined): boolean => {
    if (value === undefined) return false
    const grown = total - written + (value === trim ? 0 : value.length)
    if (grown > limit) return false
    total = grown
    add(value)
    return true
  }
  for (const match of text.matchAll(token)) {
    const [mark] = match
    if (match.index > position) add(text.slice(position, match.index))
    position = match.index + mark.length
    if (mark.startsWith('{')) {
      // An odd brace before a macro is the author's own: `{{{char}}}` is a name in braces.
      if (mark.length % 2 === 1) add('{')
      for (let pair = mark.length >> 1; pair > 0; pair--) {
        if (open.length <= maximumDepth) open.push({ pieces: [], start: position - 2 * (pair - 1), length: 0 })
        else add('{{')
      }
    } else if (mark === '}}') {
      if (open.length === 1) {
        add(mark)
        continue
      }
      const frame = open.pop() ?? top
      const name = macroName(text, frame.start, match.index)
      const random = (seed: string) => randomAt(seed, frame.start)
      const value = name && macroValue(name, values, used, () => argument(joinPieces(frame.pieces)), random)
      if (!replace(frame.length + 4, value)) {
        add('{{')
        for (const piece of frame.pieces) add(piece)
        add('}}')
      }
    } else {
      const value = macroValue(legacyName(mark), values, used, () => '', createRandom)
      if (!replace(mark.length, value)) add(mark)
    }
  }
  add(text.slice(position))
  const [, ...unclosed] = open
  return joinPieces([top, ...unclosed].flatMap((frame, level) => (level > 0 ? ['{{', ...frame.pieces] : frame.pieces)))
}

/** What a macro gives, or nothing where it is not one of ours or has no value here. `content` is what follows its colon. */
function macroValue(
  name: string,
  values: MacroValues,
  used: { original: boolean },
  content: () => string,
  random: (seed: string) => () => number,
): Piece | undefined {
  const { chance, now } = values
  switch (name) {
    case 'char':
      return values.char
    case 'user':
      return values.user
    case 'group':
      return values.group
    case 'original': {
      if (values.original === undefined || used.original) return values.original && ''
      used.original = true
      return values.original
    }
    case 'newline':
      return '\n'
    case 'noop':
    case '//':
      return ''
    case 'hidden_key':
      return values.audience === 'lore' ? content() : ''
    case 'comment':
      return values.audience === 'reader' ? content().trim() : ''
    case 'reverse':
      return [...content()].reverse().join('')
    case 'trim':
      return trim
    case 'random':
      return chance && choose(choicesOf(content()), random(chance.reply)())
    case 'pick':
      return chance && choose(choicesOf(content()), random(chance.chat)())
    case 'roll':
      return chance && rollDice(content(), random(chance.reply))
    case 'outlet':
      return values.outlets && (values.outlets.get(content().trim().toLowerCase()) ?? '')
    default:
      return values.others?.get(name) ?? (now && timeMacro(name, content, now))
  }
}

/** Macros that take everything behind their name and a colon, or for some a blank; all others stand alone. */
const takesArgument = new Map([
  ...['//', 'comment', 'hidden_key', 'reverse', 'random', 'pick', 'outlet'].map((name) => [name, /^\s*:/] as const),
  ...['roll', 'datetimeformat'].map((name) => [name, /^\s*[:\s]/] as const),
])

/**
 * The name of the macro written between two places, in lower case. It is read from the text as the author wrote it and
 * not from what inner macros gave, so that a persona called "original" does not become a macro.
 */
function macroName(text: string, start: number, end: number): string | undefined {
  // No known name is long, and most of what is not a macro is: looking at its head keeps this cheap.
  const head = text.slice(start, Math.min(end, start + 80))
  const name = (/^\s*\/\//.test(head) ? '//' : /^\s*([a-z_][\w+-]*)/i.exec(head)?.[1])?.toLowerCase()
  if (name === undefined || name === '//') return name
  const rest = head.trimStart().slice(name.length)
  return (takesArgument.get(name) ?? /^\s*$/).test(rest) ? name : undefined
}

/** What stands behind a macro's name and its colon, or two. */
function argument(content: string): string {
  return content.replace(/^\s*[^\s:]+\s*(?:::?)?/, '')
}

function legacyName(mark: string): string {
  const name = mark.slice(1, -1).toLowerCase()
  return name === 'bot' ? 'char' : name
}

/** The pieces as one text; a `{{trim}}` eats the line breaks on both of its sides. */
function joinPieces(pieces: readonly Piece[]): string {
  if (!pieces.includes(trim)) return pieces.join('')
  const stretches = ['']
  for (const piece of pieces) {
    if (piece === trim) stretches.push('')
    else stretches.push(`${stretches.pop() ?? ''}${piece}`)
  }
  return stretches
    .map((stretch, index) => {
      const from = index > 0 ? leadingBreaks(stretch) : 0
      return stretch.slice(from, index < stretches.length - 1 ? Math.max(from, trailingBreaks(stretch)) : undefined)
    })
    .join('')
}

function isBreak(character: string | undefined): boolean {
  return character === '\n' || character === '\r'
}

function leadingBreaks(text: string): number {
  let at = 0
  while (isBreak(text[at])) at++
  return at
}

function trailingBreaks(text: string): number {
  let at = text.length
  while (at > 0 && isBreak(text[at - 1])) at--
  return at
}

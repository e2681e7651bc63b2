import { expandMacros, type MacroValues } from '#core/cards/macros.ts'
import { type Cast, type CastMember, spokenName, userName } from '#core/scene/cast.ts'
import { macrosOf } from '#core/scene/scene-macros.ts'
import { demoInstructions, outputRules, type PromptForm, plainRules, sectionTitles } from './form.ts'
import type { LorePlaces } from './place-lore.ts'
import type { PromptMacros } from './prompt-macros.ts'
import type { Source, SourcedText } from './prompt-message.ts'
import { relationsOf } from './relations.ts'
import { disarm } from './special-tokens.ts'

export interface SystemPromptInput {
  readonly member: CastMember
  readonly cast: Cast
  readonly form: PromptForm
  /** Lore to know of; most of it goes to `Background`. */
  readonly lore: LorePlaces
  /** Example chats in HER's wire form. */
  readonly examples: readonly string[]
  readonly macros: PromptMacros
}

/**
 * The system prompt of a character: the opening, then the sections of the form in its own order, each headed
 * `===Title===` after a blank line, those with nothing in them left out.
 *
 * A card's `system_prompt` takes the place of the opening sentence, which it may bring back with `{{original}}`. It
 * does not take the place of the output rules, though Character Card V2 would let it: cards are written for models
 * without layers, and without the rules a HER reply has none.
 */
export function systemPrompt({ member, cast, form, lore, examples, macros }: SystemPromptInput): SourcedText[] {
  const { card } = member
  const name = spokenName(card)
  const user = userName(cast)
  const values = macrosOf(member, cast, macros)
  const expand = (text: string) => expandMacros(text, values).trim()
  const titles = sectionTitles[form]
  const relations = relationsOf(member, cast, macros)

  const profile = paragraphs([
    { source: 'card', text: expand(card.description) },
    { source: 'card', text: labelled('Personality: ', expand(card.personality)) },
    ...lore.personality,
    { source: 'card', text: labelled('Relationships:\n', relations.absent) },
  ])
  const scenario = section(
    titles.scenario,
    paragraphs([{ source: 'card', text: expand(card.scenario) }, ...lore.scenario]),
  )
  const others = section(titles.others, relations.present)
  const motivation = section(titles.motivation, block('card', [expand(card.her.motivation ?? '')]))
  const instructions = section('Instructions', block('form', [demoInstructions(name, user)]))
  const pieces = [
    opening(member, form, values),
    ...section(`${name}'s Profile`, profile),
    ...section('Example Dialogue', block('card', examples)),
    ...section('Background', paragraphs(lore.background)),
    ...scenario,
    ...(form === 'demo' ? [...motivation, ...others, ...instructions] : [...others, ...motivation]),
    ...section(titles.rules, block('form', [form === 'plain' ? plainRules(name) : outputRules(name)])),
  ]
  return pieces.map((piece) => ({ ...piece, text: disarm(piece.text) }))
}

function opening({ card }: CastMember, form: PromptForm, values: MacroValues): SourcedText {
  const name = values.char
  const book = expandMacros(card.her.book ?? '', values).trim()
  const sentences = {
    training: `You are ${name} from ${book}.`,
    demo: `You are role-playing as ${name} from the book "${book}".`,
    plain: `You are ${name} from ${book}.`,
  }
  const original = book ? sentences[form] : `You are ${name}.`
  const own = expandMacros(card.systemPrompt, { ...values, original }).trim()
  return own ? { source: 'card', text: own } : { source: 'form', text: original }
}

function section(title: string, pieces: readonly SourcedText[]): SourcedText[] {
  return pieces.length > 0 ? [{ source: 'form', text: `\n\n===${title}===\n` }, ...pieces] : []
}

/** Texts of one source with a blank line between them; nothing where all are empty. */
function block(source: Source, texts: readonly string[]): SourcedText[] {
  const text = texts.filter((each) => each !== '').join('\n\n')
  return text === '' ? [] : [{ source, text }]
}

/** Texts of any source with a blank line between them, those with nothing in them left out. */
function paragraphs(pieces: readonly SourcedText[]): SourcedText[] {
  return pieces
    .filter(({ text }) => text !== '')
    .map((piece, index) => (index === 0 ? piece : { ...piece, text: `\n\n${piece.text}` }))
}

function labelled(label: string, text: string): string {
  return text === '' ? '' : label + text
}

import { expandMacros } from '#core/cards/macros.ts'
import { type Cast, type CastMember, spokenName, userName } from '#core/scene/cast.ts'
import { demoInstructions, outputRules, type PromptForm, plainRules, sectionTitles } from './form.ts'
import type { Source, SourcedText } from './prompt-message.ts'
import { relationsOf } from './relations.ts'
import { disarm } from './special-tokens.ts'

export interface SystemPromptInput {
  readonly member: CastMember
  readonly cast: Cast
  readonly form: PromptForm
  /** Lore to know of, in the order it is to be read; goes to `Background`. */
  readonly lore: readonly string[]
  /** Example chats in HER's wire form. */
  readonly examples: readonly string[]
}

/**
 * The system prompt of a character: the opening, then the sections of the form in its own order, each headed
 * `===Title===` after a blank line, those with nothing in them left out.
 *
 * A card's `system_prompt` takes the place of the opening sentence, which it may bring back with `{{original}}`. It
 * does not take the place of the output rules, though Character Card V2 would let it: cards are written for models
 * without layers, and without the rules a HER reply has none.
 */
export function systemPrompt({ member, cast, form, lore, examples }: SystemPromptInput): SourcedText[] {
  const { card } = member
  const name = spokenName(card)
  const user = userName(cast)
  const expand = (text: string) => expandMacros(text, { char: name, user }).trim()
  const titles = sectionTitles[form]
  const relations = relationsOf(member, cast)

  const profile = [
    expand(card.description),
    labelled('Personality: ', expand(card.personality)),
    labelled('Relationships:\n', relations.absent),
  ]
  const scenario = section(titles.scenario, block('card', [expand(card.scenario)]))
  const others = section(titles.others, relations.present)
  const motivation = section(titles.motivation, block('card', [expand(card.her.motivation ?? '')]))
  const instructions = section('Instructions', block('form', [demoInstructions(name, user)]))
  const pieces = [
    opening(member, form, user),
    ...section(`${name}'s Profile`, block('card', profile)),
    ...section('Example Dialogue', block('card', examples)),
    ...section('Background', block('lore', lore.map(expand))),
    ...scenario,
    ...(form === 'demo' ? [...motivation, ...others, ...instructions] : [...others, ...motivation]),
    ...section(titles.rules, block('form', [form === 'plain' ? plainRules(name) : outputRules(name)])),
  ]
  return pieces.map(({ source, text }) => ({ source, text: disarm(text) }))
}

function opening({ card }: CastMember, form: PromptForm, user: string): SourcedText {
  const name = spokenName(card)
  const book = expandMacros(card.her.book ?? '', { char: name, user }).trim()
  const sentences = {
    training: `You are ${name} from ${book}.`,
    demo: `You are role-playing as ${name} from the book "${book}".`,
    plain: `You are ${name} from ${book}.`,
  }
  const original = book ? sentences[form] : `You are ${name}.`
  const own = expandMacros(card.systemPrompt, { char: name, user, original }).trim()
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

function labelled(label: string, text: string): string {
  return text === '' ? '' : label + text
}

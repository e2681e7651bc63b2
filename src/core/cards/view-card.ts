import type { CardDocument, CardView, HerExtension, Json, JsonObject } from './card.ts'
import { cardFields } from './card-fields.ts'
import { isObject, own } from './json-tree.ts'

const views = new WeakMap<CardDocument, CardView>()

/** What an editor of old wrote where nobody wrote notes. */
const notesPlaceholder = "Creator's notes go here."

/**
 * A card's fields made fit for use. Missing and null fields are empty, numbers become text, a lone string becomes a
 * list where a list is due; the document itself stays as it was. Never throws. The same document gives the same view.
 */
export function viewCard(document: CardDocument): CardView {
  const known = views.get(document)
  if (known) return known
  const view = makeView(document)
  views.set(document, view)
  return view
}

/** The name a card gives its character, or '' when it gives none. */
export function givenName(document: CardDocument): string {
  const fields = cardFields(document)
  // Mirrors at the root may be stale, so they come after everything the card itself says.
  const candidates = [own(fields, 'name'), own(fields, 'nickname'), own(document.raw, 'name')]
  return candidates.map((candidate) => text(candidate).trim()).find((name) => name) ?? ''
}

function makeView(document: CardDocument): CardView {
  const fields = cardFields(document)
  const field = (key: string) => text(own(fields, key))
  const nickname = field('nickname').trim()
  const notes = field('creator_notes') || field('creatorcomment')
  return {
    name: givenName(document) || document.fallbackName?.trim() || 'Unnamed',
    ...(nickname ? { nickname } : {}),
    description: field('description'),
    personality: field('personality'),
    scenario: field('scenario'),
    greetings: [field('first_mes'), ...texts(own(fields, 'alternate_greetings'))].filter((greeting) => greeting.trim()),
    exampleDialogue: field('mes_example'),
    systemPrompt: field('system_prompt'),
    postHistoryInstructions: field('post_history_instructions'),
    creatorNotes: notes.trim() === notesPlaceholder ? '' : notes,
    creator: field('creator'),
    version: field('character_version'),
    tags: tags(own(fields, 'tags')),
    ...talkativenessOf(own(fields, 'extensions')),
    her: herExtension(own(fields, 'extensions')),
  }
}

function text(value: Json | undefined): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return texts(value).join('\n')
  return ''
}

function texts(value: Json | undefined): string[] {
  if (Array.isArray(value)) return value.filter((item) => !Array.isArray(item)).map(text)
  const single = text(value)
  return single ? [single] : []
}

function tags(value: Json | undefined): string[] {
  const written = typeof value === 'string' ? value.split(',') : texts(value)
  return written.map((tag) => tag.trim()).filter((tag) => tag)
}

/** SillyTavern writes it as text. */
function talkativenessOf(extensions: Json | undefined): Pick<CardView, 'talkativeness'> {
  const value = isObject(extensions) ? own(extensions, 'talkativeness') : undefined
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof number !== 'number' || Number.isNaN(number)) return {}
  return { talkativeness: Math.min(1, Math.max(0, number)) }
}

function herExtension(extensions: Json | undefined): HerExtension {
  const her = isObject(extensions) ? own(extensions, 'her') : undefined
  if (!isObject(her)) return {}
  const book = filledString(her, 'book')
  const motivation = filledString(her, 'motivation')
  const relationships = own(her, 'relationships')
  return {
    ...(book === undefined ? {} : { book }),
    ...(motivation === undefined ? {} : { motivation }),
    ...(isObject(relationships) ? { relationships: stringEntries(relationships) } : {}),
  }
}

function filledString(object: JsonObject, key: string): string | undefined {
  const value = own(object, key)
  return typeof value === 'string' && value.trim() ? value : undefined
}

function stringEntries(object: JsonObject): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(object).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}

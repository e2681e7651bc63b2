import type { Json, JsonObject } from '#core/cards/card.ts'
import { createCard } from '#core/cards/create-card.ts'
import { isList, isObject, own } from '#core/cards/json-tree.ts'
import type { Dialect } from '#core/her/segment.ts'
import { sceneLimits } from '#core/scene-file/limits.ts'
import type { ReadScene } from '#core/scene-file/read-scenes-result.ts'
import type { DraftCharacter, DraftLine } from '#core/scene-file/scene-draft.ts'
import { t } from '#lib/translate.ts'

/** Who narrates in CoSER; no character of its own. */
const narrators: ReadonlySet<string> = new Set(['environment', 'narrator'])

/** What is known of someone in a case. */
interface Person {
  readonly key: string
  readonly name: string
  description: string
  profile: string
  motivation: string
}

/**
 * A case as a scene: everyone who has a part in it with a card of its own, the dialogue beside it. Within a case people
 * are told apart by name, which is all a case knows of them. A string says why it can't be read.
 * @param dialect what its lines are written in.
 */
export function readCase(value: Json, dialect: Dialect = 'coser'): ReadScene | string {
  if (!isObject(value)) return t('it is not an object.')
  const warnings: string[] = []
  const people = new Map<string, Person>()
  const plot = objectAt(value, 'plot')
  const scenario = textAt(value, 'scenario')
  const book = lineAt(value, 'book')

  function personCalled(given: Json | undefined): Person | undefined {
    const name = typeof given === 'string' ? oneLine(given) : ''
    if (name === '' || narrators.has(name.toLowerCase())) return undefined
    const known = people.get(name)
    if (known) return known
    if (people.size >= sceneLimits.characters) {
      warn(
        t('More than {limit} people have a part in it; the others were left out.', { limit: sceneLimits.characters }),
      )
      return undefined
    }
    const person = { key: `c${people.size + 1}`, name, description: '', profile: '', motivation: '' }
    people.set(name, person)
    return person
  }
  function warn(sentence: string): void {
    if (!warnings.includes(sentence)) warnings.push(sentence)
  }

  for (const name of listAt(value, 'speaking_characters_w_env')) personCalled(name)
  for (const one of listAt(value, 'key_characters')) {
    const person = personCalled(isObject(one) ? own(one, 'name') : one)
    if (!person) warn(t('One of its key characters has no name and was left out.'))
    else if (isObject(one)) {
      // The test set says `thought` where the example and the training data say `motivation`.
      person.motivation ||= textAt(one, 'motivation') || textAt(one, 'thought')
      person.description ||= textAt(one, 'description')
    }
  }

  const reference: DraftLine[] = []
  const dialogues = own(value, 'dialogues')
  if (dialogues !== undefined && !isList(dialogues)) warn(t('Its dialogue is not a list and was left out.'))
  const told = isList(dialogues) ? dialogues : []
  if (told.length > sceneLimits.lines)
    warn(t('Only the first {limit} lines of its dialogue were read.', { limit: sceneLimits.lines }))
  for (const one of told.slice(0, sceneLimits.lines)) {
    const line = isObject(one) ? one : {}
    const raw = textAt(line, 'message')
    const name = lineAt(line, 'character')
    if (raw === '' || name === '') {
      warn(t('A line of its dialogue has no words or no speaker and was left out.'))
      continue
    }
    const person = personCalled(name)
    const speaker = person
      ? ({ kind: 'character', characterKey: person.key } as const)
      : ({ kind: 'environment' } as const)
    reference.push({ speaker, raw, dialect })
  }

  for (const name of listAt(value, 'major_characters')) personCalled(name)
  // Of people who are only described, and neither speak nor are in the plot, nothing is taken: they aren't there.
  for (const [name, profile] of Object.entries(objectAt(value, 'character_profiles') ?? {})) {
    const person = people.get(oneLine(name))
    if (person && typeof profile === 'string') person.profile = clip(profile.trim(), sceneLimits.textLength)
  }
  for (const one of plot ? listAt(plot, 'key_characters') : []) {
    const person = isObject(one) ? people.get(lineAt(one, 'name')) : undefined
    if (person && isObject(one)) person.description ||= textAt(one, 'description')
  }
  if (people.size === 0) return t('nobody is named in it.')
  if (people.size === 1) warn(t('There is only one person in it.'))
  if (scenario === '') warn(t('It does not say where it plays.'))
  if (reference.length === 0) warn(t('It has no dialogue to read beside it.'))

  const characters = [...people.values()].map(
    ({ key, name, description, profile, motivation }): DraftCharacter => ({
      key,
      card: createCard({
        name,
        description: [description, profile].filter((text) => text !== '').join('\n\n'),
        scenario,
        her: { ...(book && { book }), ...(motivation && { motivation }) },
      }),
    }),
  )
  const topic = lineAt(value, 'topic')
  const summary = plot ? textAt(plot, 'summary') : ''
  return {
    draft: {
      title: clip(topic || titleFrom([...people.values()], book), sceneLimits.nameLength),
      about: summary || scenario,
      ...(book && { book }),
      scenario,
      characters,
      opening: [],
      ...(reference.length > 0 && { reference }),
    },
    warnings,
  }
}

function titleFrom(people: readonly Person[], book: string): string {
  const names = people
    .slice(0, 3)
    .map(({ name }) => name)
    .join(', ')
  return book ? `${names} (${book})` : names
}

function objectAt(value: JsonObject, key: string): JsonObject | undefined {
  const held = own(value, key)
  return isObject(held) ? held : undefined
}

function listAt(value: JsonObject, key: string): readonly Json[] {
  const held = own(value, key)
  return isList(held) ? held : []
}

function textAt(value: JsonObject, key: string): string {
  const held = own(value, key)
  return typeof held === 'string' ? clip(held.trim(), sceneLimits.textLength) : ''
}

function lineAt(value: JsonObject, key: string): string {
  return oneLine(textAt(value, key))
}

function oneLine(text: string): string {
  return clip(text.replace(/\s+/g, ' ').trim(), sceneLimits.nameLength)
}

/** Never through the middle of a character. */
function clip(text: string, length: number): string {
  if (text.length <= length) return text
  const end = text.charCodeAt(length - 1)
  return text.slice(0, end >= 0xd800 && end < 0xdc00 ? length - 1 : length)
}

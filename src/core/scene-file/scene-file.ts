import * as z from 'zod/mini'
import type { CardDocument, Json, JsonObject } from '#core/cards/card.ts'
import { checkPicture } from '#core/cards/card-picture.ts'
import { isObject, own } from '#core/cards/json-tree.ts'
import { viewCard } from '#core/cards/view-card.ts'
import type { StoryDraft } from '#core/story/story-draft.ts'
import { readStoryFile } from '#core/story/story-file.ts'
import { decodeBase64, encodeBase64 } from '#lib/base64.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { t } from '#lib/translate.ts'
import { sceneLimits } from './limits.ts'
import type { ReadScenes, SceneProblem } from './read-scenes-result.ts'
import type { DraftCharacter, DraftLine, SceneDraft } from './scene-draft.ts'

/** What our scene files say they are. */
export const sceneFormat = 'subtext-scene'
const newestVersion = 1

const key = z.string().check(z.minLength(1), z.maxLength(sceneLimits.nameLength))
const keys = z.exactOptional(z.array(key).check(z.maxLength(sceneLimits.characters)))
const name = z.string().check(z.maxLength(sceneLimits.nameLength))
const text = z.string().check(z.maxLength(sceneLimits.textLength))

// The tree of a card is taken as it is: what is in it is read where cards are read, and its keys may be any.
const card = z.object({
  spec: z.enum(['v1', 'v2', 'v3']),
  raw: z.custom<JsonObject>((value) => isObject(value as Json)),
  fallbackName: z.exactOptional(name),
})

const character = z.object({
  key,
  card: z.exactOptional(card),
  bundled: z.exactOptional(z.string().check(z.regex(/^[a-z\d]+(?:-[a-z\d]+){0,9}$/), z.maxLength(60))),
  portrait: z.exactOptional(z.object({ type: name, data: z.string() })),
  hue: z.exactOptional(z.number().check(z.gte(0), z.lte(360))),
  secret: z.exactOptional(text),
  appearance: z.exactOptional(text),
})

const lines = z
  .array(
    z.object({
      speaker: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('user') }),
        z.object({ kind: z.literal('environment') }),
        z.object({ kind: z.literal('character'), characterKey: key }),
      ]),
      dialect: z.enum(['her', 'coser', 'markdown', 'player']),
      raw: text,
      whisperToKeys: keys,
    }),
  )
  .check(z.maxLength(sceneLimits.lines))

const sceneFile = z.object({
  title: name,
  about: z._default(text, ''),
  book: z.exactOptional(name),
  scenario: z._default(text, ''),
  characters: z.array(character).check(z.minLength(1), z.maxLength(sceneLimits.characters)),
  presentKeys: keys,
  userPlaysKey: z.exactOptional(key),
  persona: z.exactOptional(z.object({ name, description: text })),
  opening: z._default(lines, []),
  reference: z.exactOptional(lines),
  // A chat in a file of its own format, held to that.
  story: z.exactOptional(z.unknown()),
})

/**
 * A scene as our own JSON, with its cast: it comes back as it was, whatever its cards hold.
 * @param story a chat in our own chat format, as its text.
 */
export function writeSceneFile(draft: Omit<SceneDraft, 'story'>, story?: string): string {
  const { characters, ...rest } = draft
  const file = {
    format: sceneFormat,
    version: newestVersion,
    ...rest,
    characters: characters.map(writeCharacter),
    ...(story !== undefined && { story: JSON.parse(story) as unknown }),
  }
  return `${JSON.stringify(file, null, 1)}\n`
}

function writeCharacter(one: DraftCharacter): object {
  if (one.bundled !== undefined || !one.portrait) return one
  const { type, bytes } = one.portrait
  return { ...one, portrait: { type, data: new TextDecoder().decode(encodeBase64(bytes)) } }
}

/** Reads our own JSON; `value` is what was parsed from it. */
export function readSceneFile(value: Json): Result<ReadScenes, SceneProblem> {
  const version = isObject(value) ? own(value, 'version') : undefined
  if (typeof version === 'number' && version > newestVersion) {
    return err({
      kind: 'newer',
      sentence: t('This scene was saved by a newer Subtext. Reload the page to get it, then try again.'),
    })
  }
  const parsed = sceneFile.safeParse(value)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const place = issue?.path.map(String).join('.').slice(0, 100)
    return err({
      kind: 'not-a-scene',
      sentence: place
        ? t('This Subtext scene is damaged at {place}, so nothing was imported.', { place })
        : t('This Subtext scene is damaged, so nothing was imported.'),
    })
  }
  const { story: written, characters: all, presentKeys, userPlaysKey, opening, reference, ...rest } = parsed.data
  const warnings: string[] = []
  const characters = readCharacters(all, warnings)
  if (characters.length === 0) {
    return err({ kind: 'empty', sentence: t('There is nobody in this scene, so nothing was imported.') })
  }
  const known = new Set(characters.map((one) => one.key))
  const present = presentKeys?.filter((one) => known.has(one))
  const readLines = (drafted: readonly DraftLine[]) => linesOf(drafted, known, warnings)
  const story = written === undefined ? undefined : readStory(written as Json, known, warnings)
  const draft: SceneDraft = {
    ...rest,
    characters,
    ...(present && { presentKeys: present }),
    ...(userPlaysKey !== undefined && known.has(userPlaysKey) && { userPlaysKey }),
    opening: readLines(opening),
    ...(reference && { reference: readLines(reference) }),
    ...(story && { story }),
  }
  return ok({ format: 'subtext', scenes: [{ draft, warnings: [...new Set(warnings)] }], warnings: [] })
}

function readCharacters(all: readonly z.infer<typeof character>[], warnings: string[]): DraftCharacter[] {
  const known = new Set<string>()
  return all.flatMap(
    ({ key: itsKey, card: document, bundled, portrait, hue, secret, appearance }): DraftCharacter[] => {
      if (known.has(itsKey)) {
        warnings.push(t('A character was in it twice, and is in it once now.'))
        return []
      }
      const shared = {
        key: itsKey,
        ...(secret !== undefined && { secret }),
        ...(appearance !== undefined && { appearance }),
      }
      if (document) {
        known.add(itsKey)
        const picture = portrait && readPortrait(portrait.data, document, warnings)
        return [{ ...shared, card: document, ...(picture && { portrait: picture }), ...(hue !== undefined && { hue }) }]
      }
      if (bundled !== undefined) {
        known.add(itsKey)
        return [{ ...shared, bundled }]
      }
      warnings.push(t('A character came without a card and was left out.'))
      return []
    },
  )
}

/** What a picture is its bytes say, and not the file. */
function readPortrait(data: string, document: CardDocument, warnings: string[]) {
  const decoded = data.length / 1.4 < sceneLimits.portrait ? decodeBase64(new TextEncoder().encode(data)) : undefined
  const checked = decoded?.ok ? checkPicture(decoded.value) : undefined
  if (checked?.ok) return checked.value
  warnings.push(t('The picture of {name} can’t be shown and was left out.', { name: nameIn(document) }))
  return undefined
}

function nameIn(document: CardDocument): string {
  return viewCard(document).name.replace(/\s+/g, ' ').slice(0, 60)
}

function linesOf(drafted: readonly DraftLine[], known: ReadonlySet<string>, warnings: string[]): DraftLine[] {
  return drafted.map(({ whisperToKeys, ...line }) => {
    const hearers = whisperToKeys?.filter((one) => known.has(one))
    if (line.speaker.kind === 'character' && !known.has(line.speaker.characterKey)) {
      warnings.push(t('A line was of somebody who is not in the scene; the environment says it now.'))
      return { ...line, speaker: { kind: 'environment' } }
    }
    return { ...line, ...(hearers && { whisperToKeys: hearers }) }
  })
}

function readStory(written: Json, known: ReadonlySet<string>, warnings: string[]): StoryDraft | undefined {
  const read = readStoryFile(written)
  if (!read.ok) {
    warnings.push(t('The story so far was left out: {reason}', { reason: read.error.sentence }))
    return undefined
  }
  const { draft } = read.value
  warnings.push(...read.value.warnings)
  if (draft.turns.some(({ speaker }) => speaker.kind === 'character' && !known.has(speaker.characterKey))) {
    warnings.push(t('The story so far was left out: somebody speaks in it who is not in the scene.'))
    return undefined
  }
  return draft
}

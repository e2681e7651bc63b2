import { err, ok, type Result } from '#lib/result.ts'
import { t } from '#lib/translate.ts'
import { type ArchiveCard, readJsonEntry } from './archive-entry.ts'
import { assetWarnings } from './asset-warnings.ts'
import { backyardText, bookOf, isTrue, leftOutChats, startedExample } from './backyard-card.ts'
import type { Budget } from './budget.ts'
import type { Json, JsonObject } from './card.ts'
import type { CardError } from './card-error.ts'
import type { CardFile } from './card-file.ts'
import { pictureIn } from './card-picture.ts'
import type { CardWarning } from './card-warning.ts'
import { convertedCard, extensionOf } from './converted-card.ts'
import { findAssets, mainIcon } from './find-asset.ts'
import { inspectTree } from './inspect-tree.ts'
import { createPicker, isList, isObject, isText, own, withoutKey } from './json-tree.ts'

/**
 * Reads a Backyard archive (BYAF): its one character and its scenarios become a V3 card. What a card has no place for
 * lies under `extensions.backyard`; the chats are the reader's and not the character's, and stay in the original.
 */
export function readByaf(
  manifest: JsonObject,
  manifestEntry: CardFile,
  entries: readonly CardFile[],
  budget: Budget,
): Result<ArchiveCard, CardError> {
  const folder = manifestEntry.path.slice(0, -'manifest.json'.length)
  const whole = createPicker(manifest)
  const [characterPath, ...others] = whole.take('characters', isList) ?? []
  const warnings: CardWarning[] = []
  const read = (path: Json | undefined): Result<JsonObject, CardError> => {
    const entry = isString(path) ? entries.find((one) => one.path === folder + path) : undefined
    if (!entry) return err({ type: 'missing-entry', path: isString(path) ? path.slice(0, 120) : '?' })
    const tree = readJsonEntry(entry, budget)
    if (!tree.ok) return tree
    warnings.push(...tree.value.warnings)
    used.add(entry)
    return isObject(tree.value.value) ? ok(tree.value.value) : err({ type: 'not-a-card', found: t('no character') })
  }
  const used = new Set<CardFile>([manifestEntry])
  const character = read(characterPath)
  if (!character.ok) return character
  const scenarios: JsonObject[] = []
  for (const path of whole.take('scenarios', isList) ?? []) {
    const scenario = read(path)
    if (scenario.ok) scenarios.push(scenario.value)
    else warnings.push({ type: 'skipped-entry', error: scenario.error })
  }
  if (others.length > 0) warnings.push({ type: 'other-characters', count: others.length })

  const home = isString(characterPath) ? folder + characterPath.slice(0, characterPath.lastIndexOf('/') + 1) : folder
  const { raw, chats } = convert(whole.rest(), character.value, scenarios, home)
  const document = { spec: 'v3', raw } as const
  const files = entries.filter((entry) => !used.has(entry))
  const assets = findAssets(document, files)
  const icon = mainIcon(assets)
  const picture = icon && pictureIn(icon, budget)
  return ok({
    document,
    files,
    ...(picture?.ok ? { picture: picture.value } : {}),
    warnings: [
      { type: 'converted', from: 'Backyard' },
      ...warnings,
      ...leftOutChats(chats),
      ...inspectTree(raw),
      ...assetWarnings(assets),
      ...(picture && !picture.ok ? [picture.error] : []),
    ],
  })
}

function convert(
  manifest: JsonObject,
  character: JsonObject,
  scenarios: readonly JsonObject[],
  home: string,
): { raw: JsonObject; chats: number } {
  const fields = createPicker(character)
  const parts = scenarios.map(readScenario)
  const [first] = parts
  const displayName = fields.text('displayName')
  const author = own(manifest, 'author')
  const images = fields.take('images', isList) ?? []
  const name = fields.text('name') || displayName
  const raw = convertedCard({
    name,
    description: backyardText(fields.text('persona')),
    scenario: first?.narrative ?? '',
    greetings: [...new Set(parts.flatMap(({ greetings }) => greetings))],
    exampleDialogue: first?.example ?? '',
    systemPrompt: first?.instructions ?? '',
    creator: isObject(author) ? createPicker(author).text('name') : '',
    tags: fields.take('isNSFW', isTrue) ? ['nsfw'] : [],
    ...bookOf(fields.take('loreItems', isList)),
    ...(images.length > 0 ? { assets: images.map((image, index) => toAsset(image, index, home)) } : {}),
    extensions: {
      ...(displayName ? { display_name: displayName } : {}),
      ...extensionOf('backyard', {
        ...extensionOf('manifest', manifest),
        ...extensionOf('character', fields.rest()),
        ...(scenarios.length > 0 ? { scenarios: scenarios.map((scenario) => withoutKey(scenario, 'messages')) } : {}),
      }),
    },
  })
  return { raw, chats: parts.filter(({ messages }) => messages > 0).length }
}

interface Scenario {
  readonly narrative: string
  readonly instructions: string
  readonly greetings: readonly string[]
  readonly example: string
  readonly messages: number
}

function readScenario(scenario: JsonObject): Scenario {
  const fields = createPicker(scenario)
  const messages = fields.take('messages', isList) ?? []
  const textsOf = (key: string) =>
    (fields.take(key, isList) ?? []).flatMap((item) =>
      isObject(item) ? [backyardText(createPicker(item).text('text'))] : [],
    )
  const examples = textsOf('exampleMessages').filter((text) => text)
  return {
    narrative: backyardText(fields.text('narrative')),
    instructions: backyardText(fields.text('formattingInstructions')),
    greetings: textsOf('firstMessages').filter((text) => text),
    example: examples.length > 0 ? startedExample(examples.join('\n')) : '',
    messages: messages.length,
  }
}

/** A picture of the archive as an asset: the first is the character's face. */
function toAsset(image: Json, index: number, home: string): Json {
  if (!isObject(image)) return image
  const fields = createPicker(image)
  const path = fields.text('path')
  const label = fields.text('label')
  return {
    ...fields.rest(),
    type: index === 0 ? 'icon' : 'x_image',
    uri: `embeded://${home}${path}`,
    name: index === 0 ? 'main' : label,
    ...(index === 0 && label ? { label } : {}),
    ext: /\.([^./]{1,8})$/.exec(path)?.[1]?.toLowerCase() ?? 'unknown',
  }
}

function isString(value: Json | undefined): value is string {
  return value !== undefined && isText(value)
}

import type { JsonObject } from './card.ts'
import { own, withKeysRenamed } from './json-tree.ts'

// Characters of programs whose fields are those of V1 under other names.

const pygmalion = new Map([
  ['char_name', 'name'],
  ['char_persona', 'description'],
  ['char_greeting', 'first_mes'],
  ['example_dialogue', 'mes_example'],
  ['world_scenario', 'scenario'],
])

const textGeneration = new Map([
  ['context', 'description'],
  ['persona', 'description'],
  ['greeting', 'first_mes'],
  ['example_dialogue', 'mes_example'],
])

const characterAi = new Map([
  ['greeting', 'first_mes'],
  ['definition', 'mes_example'],
])

/** A V1 card under its own names, and whose names they were; nothing when they are none of those we know. */
export function renamedCard(tree: JsonObject): { readonly raw: JsonObject; readonly from: string } | undefined {
  const isText = (key: string) => typeof own(tree, key) === 'string'
  if (Object.hasOwn(tree, 'char_name') && !Object.hasOwn(tree, 'name')) {
    return { raw: withKeysRenamed(tree, pygmalion), from: 'Pygmalion' }
  }
  if (!isText('name') || isText('first_mes')) return undefined
  // A prompt template of the same program has a name too, and no character.
  if ((isText('context') && !isText('description')) || (isText('persona') && isText('greeting'))) {
    return { raw: withKeysRenamed(tree, textGeneration), from: 'text-generation-webui' }
  }
  return isText('greeting') && isText('definition')
    ? { raw: withKeysRenamed(tree, characterAi), from: 'Character.AI' }
    : undefined
}

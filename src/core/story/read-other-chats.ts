import type { Json, JsonObject } from '#core/cards/card.ts'
import { isObject, own } from '#core/cards/json-tree.ts'
import { t } from '#lib/translate.ts'
import { toTurnText } from './foreign-turn.ts'
import { chatLimits } from './limits.ts'
import type { ChatFormat, ReadChat } from './read-chat-result.ts'
import type { DraftTurn } from './story-draft.ts'
import { readTavernDate } from './tavern-dates.ts'

interface Line {
  readonly isUser: boolean
  readonly name?: string | undefined
  readonly text: string
  readonly time?: number | undefined
}

interface Lines {
  readonly format: ChatFormat
  readonly lines: readonly Line[]
  readonly warnings?: readonly string[]
}

/** Reads the chats of other programs that are one JSON text; undefined when it is none that we know. */
export function readOtherChat(value: Json): ReadChat | undefined {
  if (!isObject(value)) return undefined
  const found = readCharacterAi(value) ?? readWebUi(value) ?? readRisu(value) ?? readAgnai(value)
  if (!found) return undefined
  const characters = new Map<string, { readonly key: string; readonly name: string }>()
  const said = found.lines.filter(({ text }) => text.trim() !== '').slice(0, chatLimits.turns)
  let time = 0
  const turns = said.map((line, index): DraftTurn => {
    const name = line.name?.replace(/\s+/g, ' ').trim().slice(0, chatLimits.nameLength) ?? ''
    const character = characters.get(name) ?? { key: `character-${characters.size + 1}`, name }
    if (!line.isUser) characters.set(name, character)
    time = line.time ?? time
    return {
      key: String(index + 1),
      parentKey: index === 0 ? null : String(index),
      speaker: line.isUser ? { kind: 'user' } : { kind: 'character', characterKey: character.key },
      ...toTurnText(line.text, '', line.isUser),
      ending: 'complete',
      createdAt: time,
    }
  })
  const draft = {
    title: '',
    userName: said.find(({ isUser, name }) => isUser && name)?.name ?? '',
    characters: [...characters.values()],
    turns,
    headKey: turns.at(-1)?.key ?? null,
  }
  return { format: found.format, draft, warnings: found.warnings ?? [] }
}

/** CAI Tools: several histories, each a chat of its own. */
function readCharacterAi(value: JsonObject): Lines | undefined {
  const outer = own(value, 'histories')
  const histories = isObject(outer) ? objectsIn(outer, 'histories') : []
  const [longest] = histories
    .map((history) => objectsIn(history, 'msgs'))
    .sort((one, other) => other.length - one.length)
  if (!longest) return undefined
  const lines = longest.map((message): Line => {
    const source = own(message, 'src')
    const from = isObject(source) ? source : {}
    return {
      isUser: own(from, 'is_human') === true,
      name: stringIn(from, 'name'),
      text: stringIn(message, 'text') ?? '',
    }
  })
  const rest = histories.length - 1
  const warnings =
    rest > 0 ? [t('The file has {count} chats; the longest was imported.', { count: histories.length })] : []
  return { format: 'character-ai', lines, warnings }
}

/** text-generation-webui: pairs of what the user and the character said. */
function readWebUi(value: JsonObject): Lines | undefined {
  const pairs = own(value, 'data_visible') ?? own(value, 'visible')
  if (!Array.isArray(pairs)) return undefined
  const lines = pairs.flatMap((pair: Json): Line[] => {
    if (!Array.isArray(pair)) return []
    return pair.slice(0, 2).map((text: Json, index) => ({
      isUser: index === 0,
      text: typeof text === 'string' && !text.startsWith('<|BEGIN-VISIBLE-CHAT|>') ? text : '',
    }))
  })
  return { format: 'text-generation-webui', lines }
}

function readRisu(value: JsonObject): Lines | undefined {
  const inner = own(value, 'data')
  if (own(value, 'type') !== 'risuChat' || !isObject(inner)) return undefined
  const lines = objectsIn(inner, 'message').map(
    (message): Line => ({
      isUser: own(message, 'role') === 'user',
      name: stringIn(message, 'name'),
      text: stringIn(message, 'data') ?? '',
      time: readTavernDate(own(message, 'time')),
    }),
  )
  return { format: 'risu', lines }
}

function readAgnai(value: JsonObject): Lines | undefined {
  const messages = objectsIn(value, 'messages').filter((message) => stringIn(message, 'msg') !== undefined)
  if (messages.length === 0) return undefined
  const lines = messages.map(
    (message): Line => ({
      isUser: stringIn(message, 'userId') !== undefined,
      name: stringIn(message, 'handle'),
      text: stringIn(message, 'msg') ?? '',
      time: readTavernDate(own(message, 'createdAt')),
    }),
  )
  return { format: 'agnai', lines }
}

function objectsIn(object: JsonObject, key: string): JsonObject[] {
  const list = own(object, key)
  return Array.isArray(list) ? list.filter((item: Json) => isObject(item)) : []
}

function stringIn(object: JsonObject, key: string): string | undefined {
  const value = own(object, key)
  return typeof value === 'string' ? value : undefined
}

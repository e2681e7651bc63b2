import type { Json, JsonObject } from '#core/cards/card.ts'
import { isObject, own } from '#core/cards/json-tree.ts'
import { readJson } from '#core/cards/read-json.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { t } from '#lib/translate.ts'
import { toTurnText } from './foreign-turn.ts'
import { chatLimits } from './limits.ts'
import type { ChatProblem, ReadChat } from './read-chat-result.ts'
import type { DraftSpeaker, DraftTurn } from './story-draft.ts'
import { readTavernDate } from './tavern-dates.ts'

/** The name newer versions write where there is none to tell. */
const unusedName = 'unused'

const promptTexts = new Map([
  ['note_prompt', t('the author’s note')],
  ['scenario', t('the chat’s own scenario')],
  ['system_prompt', t('the chat’s own system prompt')],
  ['mes_example', t('the chat’s own example messages')],
])

/** Whether a line is one of a SillyTavern chat: its header or a message. */
export function isTavernLine(value: Json): boolean {
  return isObject(value) && (isHeader(value) || textOf(value) !== undefined)
}

/**
 * Reads a SillyTavern chat: swipes become takes, reasoning becomes planning. Lines that are no messages are left out and
 * told of, the last one of a file that was cut off among them.
 */
export function readTavern(text: string): Result<ReadChat, ChatProblem> {
  const reader = new TavernReader()
  let number = 0
  for (let start = 0; start <= text.length && number < chatLimits.lines; number++) {
    const lineEnd = text.indexOf('\n', start)
    const end = lineEnd < 0 ? text.length : lineEnd
    reader.line(text, start, end, number + 1)
    start = end + 1
  }
  if (number === chatLimits.lines) reader.warnings.push(t('Only the first {count} lines were read.', { count: number }))
  return reader.finish()
}

class TavernReader {
  readonly warnings: string[] = []
  readonly #turns: DraftTurn[] = []
  readonly #characters = new Map<string, { readonly key: string; readonly name: string }>()
  #header: JsonObject | undefined
  #userName: string | undefined
  #headKey: string | null = null
  #takes = 0
  #time = 0
  #messages = 0
  readonly #badLines: number[] = []
  #long = 0
  #comments = 0
  #hidden = 0
  #attachments = 0
  #manyTakes = 0

  line(text: string, start: number, end: number, number: number): void {
    if (end - start > chatLimits.lineLength) {
      this.#long++
      return
    }
    const line = text.slice(start, end).trim()
    if (line === '') return
    const parsed = readJson(line)
    const value = parsed.ok ? parsed.value.value : undefined
    if (!isObject(value)) this.#badLines.push(number)
    else if (isHeader(value) && textOf(value) === undefined) this.#header ??= value
    else if (textOf(value) === undefined) this.#badLines.push(number)
    else this.#message(value)
  }

  finish(): Result<ReadChat, ChatProblem> {
    this.#tellOfLosses()
    this.#tellOfMetadata()
    if (this.#turns.length === 0) {
      return err({ kind: 'empty', sentence: t('This SillyTavern chat has no message that can be read.') })
    }
    const headerName = nameIn(this.#header, 'user_name')
    const createdAt = readTavernDate(this.#header && own(this.#header, 'create_date'))
    const characterName = nameIn(this.#header, 'character_name')
    // The one the chat is with comes first, also where someone else spoke first.
    const characters = [...this.#characters.values()].sort(
      (one, other) => Number(other.name === characterName) - Number(one.name === characterName),
    )
    return ok({
      format: 'sillytavern',
      draft: {
        title: '',
        userName: this.#userName ?? headerName ?? '',
        characters,
        turns: this.#turns,
        headKey: this.#headKey,
        ...(createdAt !== undefined && { createdAt }),
      },
      warnings: this.warnings,
    })
  }

  #message(message: JsonObject): void {
    const extra = objectIn(message, 'extra')
    const isUser = own(message, 'is_user') === true || own(message, 'is_user') === 'true'
    const type = extra && own(extra, 'type')
    const isNarrator = type === 'narrator'
    const isSystem = own(message, 'is_system') === true
    if (type === 'comment') {
      this.#comments++
      return
    }
    if (isSystem && !isNarrator) this.#hidden++
    if (extra && ['file', 'files', 'image', 'media', 'video'].some((key) => isFilled(own(extra, key))))
      this.#attachments++
    this.#addTurn(message, this.#speakerOf(message, isUser, isNarrator), isUser)
  }

  #speakerOf(message: JsonObject, isUser: boolean, isNarrator: boolean): DraftSpeaker {
    const name = nameIn(message, 'name')
    if (isNarrator) return { kind: 'environment' }
    if (isUser) {
      this.#userName ??= name
      return { kind: 'user' }
    }
    const known = name ?? nameIn(this.#header, 'character_name') ?? ''
    const character = this.#characters.get(known) ?? { key: `character-${this.#characters.size + 1}`, name: known }
    this.#characters.set(known, character)
    return { kind: 'character', characterKey: character.key }
  }

  /** One turn for each swipe, all of one parent; the story goes on from the one that was shown. */
  #addTurn(message: JsonObject, speaker: DraftSpeaker, isUser: boolean): void {
    const number = ++this.#messages
    const shownText = textOf(message) ?? ''
    const swipes = swipesOf(message)
    const wanted = Number(own(message, 'swipe_id') ?? 0)
    // What was on the screen is the message; where the swipes disagree they are the older.
    let shown = swipes[wanted] === shownText ? wanted : swipes.indexOf(shownText)
    if (shown < 0) shown = swipes.push(shownText) - 1
    const infos = own(message, 'swipe_info')
    const sentAt = readTavernDate(own(message, 'send_date'))
    const parentKey = this.#headKey
    for (const [index, swipe] of swipes.entries()) {
      const isShown = index === shown
      if (!isShown && (index >= chatLimits.takes || this.#takes >= chatLimits.turns)) {
        this.#manyTakes++
        continue
      }
      const info = Array.isArray(infos) && isObject(infos[index]) ? infos[index] : undefined
      const extra = (isShown ? objectIn(message, 'extra') : undefined) ?? (info && objectIn(info, 'extra'))
      const createdAt = (isShown ? sentAt : undefined) ?? readTavernDate(info && own(info, 'send_date')) ?? sentAt
      this.#time = createdAt ?? this.#time
      const model = extra && nameIn(extra, 'model')
      const key = `${number}.${index + 1}`
      this.#turns.push({
        key,
        parentKey,
        speaker,
        ...toTurnText(swipe, stringIn(extra, 'reasoning') ?? '', isUser),
        ending: 'complete',
        ...(model && { making: { model } }),
        createdAt: this.#time,
      })
      this.#takes++
      if (isShown) this.#headKey = key
    }
  }

  /** Texts of the chat itself that would go into its prompts; we have no place for them. */
  #tellOfMetadata(): void {
    const metadata = this.#header && objectIn(this.#header, 'chat_metadata')
    const found = [...promptTexts].filter(([key]) => stringIn(metadata, key)?.trim())
    if (found.length > 0) {
      this.warnings.push(
        t('Not imported, as it has no place here: {texts}.', { texts: found.map(([, name]) => name).join(', ') }),
      )
    }
  }

  #tellOfLosses(): void {
    const tell = (count: number, sentence: (counted: number) => string) => {
      if (count > 0) this.warnings.push(sentence(count))
    }
    const places = this.#badLines.slice(0, 5).join(', ')
    tell(this.#badLines.length, (count) =>
      count > 5
        ? t('{count} lines ({places} and more) could not be read and were left out.', { count, places })
        : t(
            '{count, plural, one {# line ({places}) could not be read and was left out.} other {# lines ({places}) could not be read and were left out.}}',
            { count, places },
          ),
    )
    tell(this.#long, (count) =>
      t(
        '{count, plural, one {# line was longer than 5 million characters and left out.} other {# lines were longer than 5 million characters and left out.}}',
        { count },
      ),
    )
    tell(this.#comments, (count) =>
      t('{count, plural, one {# comment was left out.} other {# comments were left out.}}', { count }),
    )
    tell(this.#hidden, (count) =>
      t(
        '{count, plural, one {# message hidden from the model in SillyTavern was imported as part of the story.} other {# messages hidden from the model in SillyTavern were imported as part of the story.}}',
        { count },
      ),
    )
    tell(this.#attachments, (count) =>
      t(
        'Attachments of {count, plural, one {# message} other {# messages}} are on the SillyTavern server and did not come along.',
        { count },
      ),
    )
    tell(this.#manyTakes, (count) =>
      t(
        '{count, plural, one {# take beyond what we can keep was left out.} other {# takes beyond what we can keep were left out.}}',
        { count },
      ),
    )
  }
}

function isHeader(value: JsonObject): boolean {
  return ['chat_metadata', 'user_name', 'character_name'].some((key) => Object.hasOwn(value, key))
}

/** The words of a message or swipe; Chub has them one level deeper. */
function textOf(message: JsonObject): string | undefined {
  return wordsOf(own(message, 'mes'))
}

function wordsOf(value: Json | undefined): string | undefined {
  if (isObject(value)) return stringIn(value, 'message')
  return typeof value === 'string' ? value : undefined
}

function swipesOf(message: JsonObject): string[] {
  const swipes = own(message, 'swipes')
  return Array.isArray(swipes) ? swipes.map((swipe: Json) => wordsOf(swipe) ?? '') : []
}

function nameIn(object: JsonObject | undefined, key: string): string | undefined {
  const name = stringIn(object, key)?.replace(/\s+/g, ' ').trim().slice(0, chatLimits.nameLength)
  return name === '' || name === unusedName ? undefined : name
}

function stringIn(object: JsonObject | undefined, key: string): string | undefined {
  const value = object && own(object, key)
  return typeof value === 'string' ? value : undefined
}

function objectIn(object: JsonObject, key: string): JsonObject | undefined {
  const value = own(object, key)
  return isObject(value) ? value : undefined
}

function isFilled(value: Json | undefined): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value)
}

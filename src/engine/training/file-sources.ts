import { createBackupReader } from '#core/backup/backup-file.ts'
import type { Character } from '#core/cards/character.ts'
import type { Conversation, Persona } from '#core/conversation/conversation.ts'
import { defaultPersonaId } from '#core/conversation/persona.ts'
import type { Turn } from '#core/conversation/turn.ts'
import { castIdsOf, castOf } from '#core/scene/cast-of.ts'
import { looksLikeScenes } from '#core/scene-file/looks-like-scenes.ts'
import { readScenes } from '#core/scene-file/read-scenes.ts'
import { readChat } from '#core/story/read-chat.ts'
import type { Preference } from '#core/taste/preference.ts'
import { readRow } from '#core/training/read-row.ts'
import type { TrainingSource } from '#core/training/rows-of.ts'
import { storyOfChat, storyOfScene } from '#core/training/story-of-file.ts'
import type { TrainingSources } from './export-training.ts'
import { type LinesFile, wholeText } from './lines-file.ts'

/** Told of what can't be read, with a sentence. */
type OnUnreadable = (fileName: string, sentence: string) => void

const headLength = 65_536

/**
 * The chats and scenes in files: our own backups and rows of HER's or CoSER's data line by line, so that they may be of any
 * length; chats and scenes of their own files whole.
 */
export async function* fileSources(files: readonly LinesFile[], onUnreadable: OnUnreadable): TrainingSources {
  for (const file of files) {
    const first = await firstLine(file)
    if (/^\{"subtext":"backup"/.test(first)) yield* backupSources(file, onUnreadable)
    else if (/\.jsonl(?:\.gz)?$/i.test(file.name) && looksLikeScenes(first.slice(0, headLength))) {
      yield* rowSources(file, onUnreadable)
    } else yield* wholeSources(file, onUnreadable)
  }
}

async function firstLine(file: LinesFile): Promise<string> {
  for await (const line of file.lines()) if (line.trim() !== '') return line.replace(/^\ufeff/, '')
  return ''
}

/** A backup has what its chats hang on before them; of all else nothing is kept. */
async function* backupSources(file: LinesFile, onUnreadable: OnUnreadable): TrainingSources {
  const preferences = await preferencesIn(file)
  const reader = createBackupReader()
  const personas = new Map<string, Persona>()
  const characters = new Map<string, Character>()
  let chat: { readonly conversation: Conversation; readonly turns: Turn[] } | undefined
  for await (const line of file.lines()) {
    const read = reader.push(line)
    if (!read.ok) return onUnreadable(file.name, read.error.kind)
    for (const item of read.value) {
      if (item.kind === 'unreadable') onUnreadable(file.name, `${item.line}: ${item.why}`)
      if (item.kind !== 'row') continue
      const { table, row } = item
      if (table === 'turns' && row['conversationId'] === chat?.conversation.id) chat?.turns.push(row as unknown as Turn)
      if (table === 'turns' || table === 'memories') continue
      yield* finished()
      if (table === 'personas') personas.set(String(row['id']), row as unknown as Persona)
      else if (table === 'characters') characters.set(String(row['id']), row as unknown as Character)
      else if (table === 'conversations' && row['deletedAt'] === undefined) {
        chat = { conversation: row as unknown as Conversation, turns: [] }
      }
    }
  }
  yield* finished()
  const end = reader.finish()
  if (!end.ok) onUnreadable(file.name, end.error.kind)

  function* finished(): Generator<TrainingSource | string> {
    if (!chat) return
    const { conversation, turns } = chat
    chat = undefined
    const players = castIdsOf(conversation).flatMap((id) => characters.get(id) ?? [])
    if (players.length === 0) {
      yield conversation.title
      return
    }
    const {
      personaId = defaultPersonaId,
      formerPersonaIds = [],
      userPlays,
      scenario,
      secrets,
      appearances,
    } = conversation
    const former = formerPersonaIds.map((id) => personas.get(id) ?? { id, name: '', description: '' })
    const cast = castOf(players, personas.get(personaId), { former, userPlays, scenario, secrets, appearances })
    // A backup has them in the order of their ids; one that was put together otherwise need not.
    const sorted = turns.sort((one, other) => (one.id < other.id ? -1 : 1))
    yield { story: { conversation, turns: sorted, cast }, preferences: preferences.get(conversation.id) ?? [] }
  }
}

/** They may stand behind the chats that they are about, and are few. */
async function preferencesIn(file: LinesFile): Promise<ReadonlyMap<string, readonly Preference[]>> {
  const byChat = new Map<string, Preference[]>()
  for await (const line of file.lines()) {
    if (!line.startsWith('{"table":"preferences"')) continue
    const { row } = JSON.parse(line) as { row: Preference }
    const known = byChat.get(row.conversationId)
    if (known) known.push(row)
    else byChat.set(row.conversationId, [row])
  }
  return byChat
}

async function* rowSources(file: LinesFile, onUnreadable: OnUnreadable): TrainingSources {
  let place = 0
  for await (const line of file.lines()) {
    place += 1
    if (line.trim() === '') continue
    try {
      for (const [index, read] of readRow(JSON.parse(line)).entries()) {
        if (typeof read === 'string') onUnreadable(file.name, `${place}: ${read}`)
        else yield* asSource(storyOfScene(read.draft, `${place}-${index}`), read.draft.title)
      }
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      onUnreadable(file.name, `${place}: ${error.message}`)
    }
  }
}

async function* wholeSources(file: LinesFile, onUnreadable: OnUnreadable): TrainingSources {
  const text = await wholeText(file)
  if (looksLikeScenes(text.slice(0, headLength))) {
    const read = readScenes(text)
    if (!read.ok) return onUnreadable(file.name, read.error.sentence)
    for (const [index, { draft }] of read.value.scenes.entries()) {
      yield* asSource(storyOfScene(draft, `${file.name}-${index + 1}`), draft.title)
    }
    return
  }
  const read = readChat(text)
  if (!read.ok) return onUnreadable(file.name, read.error.sentence)
  yield* asSource(storyOfChat(read.value.draft, file.name), read.value.draft.title)
}

function* asSource(story: TrainingSource['story'] | undefined, title: string): Generator<TrainingSource | string> {
  yield story ? { story, preferences: [] } : title
}

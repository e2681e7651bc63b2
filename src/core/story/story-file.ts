import * as z from 'zod/mini'
import type { Json } from '#core/cards/card.ts'
import { isObject, own } from '#core/cards/json-tree.ts'
import { createStoryMap } from '#core/conversation/story-map.ts'
import { createTree, pathTo, type Tree } from '#core/conversation/tree.ts'
import type { Making, Speaker, Turn } from '#core/conversation/turn.ts'
import type { Segment } from '#core/her/segment.ts'
import { closingTag, openingTag } from '#core/her/tags.ts'
import { writeReply } from '#core/her/write.ts'
import type { TurnId } from '#core/ids.ts'
import { spokenName, userName } from '#core/scene/cast.ts'
import { castIdsOf } from '#core/scene/cast-of.ts'
import type { Presence } from '#core/scene/presence.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { t } from '#lib/translate.ts'
import type { ChatProblem, ReadChat } from './read-chat-result.ts'
import { chosenSegments, everyLayer, type LayerChoice, type Story } from './story.ts'
import { arrangeTurns, type DraftMemory, type DraftSpeaker, type DraftTurn, type StoryDraft } from './story-draft.ts'
import type { StoryMemory } from './story-memory.ts'

/** What our chat files say they are. */
export const storyFormat = 'subtext-chat'
const newestVersion = 1

const key = z.string().check(z.maxLength(200))
const keys = z.exactOptional(z.array(key).check(z.maxLength(1000)))
const time = z.number()
const count = z.exactOptional(z.number())
const text = z.exactOptional(z.string())
const flag = z.exactOptional(z.boolean())

const making = z.object({
  model: text,
  scripted: flag,
  firstByteMs: count,
  planningMs: count,
  totalMs: count,
  promptTokens: count,
  completionTokens: count,
  droppedTurns: count,
  rememberedTurns: count,
  madeAhead: z.exactOptional(z.literal(true)),
  planningLimit: count,
  // Changes how the words are read.
  keepsOthers: z.exactOptional(z.literal(true)),
  provenance: z.exactOptional(
    z.object({
      kind: z.literal('reverse-engineered'),
      teacher: z.string(),
      stages: z.array(z.enum(['S2', 'S3a', 'S3b'])),
      jobId: z.string(),
      from: z.exactOptional(
        z.pipe(
          key,
          z.transform((from) => from as TurnId),
        ),
      ),
    }),
  ),
})

const turn = z.object({
  key,
  parentKey: z.nullable(key),
  speaker: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('user'), personaKey: z.exactOptional(key) }),
    z.object({ kind: z.literal('character'), characterKey: key }),
    z.object({ kind: z.literal('environment') }),
  ]),
  dialect: z.enum(['her', 'coser', 'markdown', 'player']),
  raw: z.string(),
  template: flag,
  ending: z.enum(['draft', 'complete', 'length', 'stopped', 'failed', 'interrupted']),
  making: z.exactOptional(making),
  editedFromKey: z.exactOptional(key),
  presentKeys: keys,
  leftKeys: keys,
  enteredKeys: keys,
  whisperToKeys: keys,
  createdAt: time,
})

const memory = z.object({
  key,
  characterKey: key,
  throughKey: key,
  turns: z.number(),
  text: z.string(),
  writtenBy: z.enum(['model', 'reader']),
  previousKey: z.exactOptional(key),
  chosen: z.exactOptional(z.literal(true)),
  createdAt: time,
})

const storyFile = z.object({
  title: z.string(),
  userName: z.string(),
  characters: z.array(z.object({ key, name: z.string(), secret: text, appearance: text })),
  scenario: text,
  castKeys: keys,
  userPlaysKey: z.exactOptional(key),
  headKey: z.nullable(key),
  createdAt: z.exactOptional(time),
  updatedAt: z.exactOptional(time),
  turns: z.array(turn),
  memories: z.exactOptional(z.array(memory)),
})

/** What of a story goes into our own file. */
export interface StoryFileChoice {
  readonly layers: LayerChoice
  /** All takes and branches, or only what is read now. */
  readonly extent: 'tree' | 'path'
}

/**
 * A story as our own JSON, from which its words come back as they were: with every layer the turns are kept as they were
 * written, else only their chosen parts are. What belongs to this browser stays at home: deleted turns, connections, errors.
 */
export function writeStoryFile(story: Story, choice: StoryFileChoice): string {
  const file = { format: storyFormat, version: newestVersion, layers: [...choice.layers], ...toDraft(story, choice) }
  return `${JSON.stringify(file, null, 1)}\n`
}

/** Reads our own JSON; `value` is what was parsed from it. */
export function readStoryFile(value: Json): Result<ReadChat, ChatProblem> {
  const version = isObject(value) ? own(value, 'version') : undefined
  if (typeof version === 'number' && version > newestVersion) {
    return err({
      kind: 'newer',
      sentence: t('This chat was saved by a newer Subtext. Reload the page to get it, then try again.'),
    })
  }
  const parsed = storyFile.safeParse(value)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const place = issue?.path.map(String).join('.').slice(0, 100)
    return err({
      kind: 'not-a-chat',
      sentence: place
        ? t('This Subtext chat is damaged at {place}, so nothing was imported.', { place })
        : t('This Subtext chat is damaged, so nothing was imported.'),
    })
  }
  const { turns, warnings } = arrangeTurns(parsed.data.turns)
  const { headKey } = parsed.data
  const hasHead = headKey === null || turns.some((one) => one.key === headKey)
  return ok({ format: 'subtext', draft: { ...parsed.data, turns, headKey: hasHead ? headKey : null }, warnings })
}

/** A story by keys instead of ids. */
export function toDraft(
  { conversation, turns, cast, memory: remembered }: Story,
  { layers, extent }: StoryFileChoice,
): StoryDraft {
  const tree = createTree(turns)
  const path = pathTo(tree, conversation.headId)
  const told = extent === 'path' ? path : livingTurns(tree, turns)
  const keys = new Set(told.map(({ id }) => id))
  const isWhole = [...everyLayer].every((layer) => layers.has(layer))
  const { scenario, secrets, appearances } = conversation
  // A summary may tell of all that its character thought.
  const memories = isWhole ? toDraftMemories(remembered, keys) : []
  return {
    title: conversation.title,
    userName: userName(cast),
    characters: cast.characters.map(({ id, card }) => {
      // What somebody has on their mind is inner thought.
      const secret = isWhole ? secrets?.[id] : undefined
      const appearance = appearances?.[id]
      return { key: id, name: spokenName(card), ...(secret && { secret }), ...(appearance && { appearance }) }
    }),
    ...(scenario && { scenario }),
    ...(conversation.cast && { castKeys: castIdsOf(conversation) }),
    ...(conversation.userPlays && { userPlaysKey: conversation.userPlays }),
    headKey: path.at(-1)?.id ?? null,
    createdAt: conversation.createdAt,
    updatedAt: conversation.updatedAt,
    turns: told.map((one): DraftTurn => {
      const { id, parentId, editedFrom, making: made } = one
      return {
        key: id,
        parentKey: parentId !== null && keys.has(parentId) ? parentId : null,
        speaker: toDraftSpeaker(one.speaker),
        ...(isWhole ? asWritten(one) : { dialect: 'markdown', raw: writeChosen(chosenSegments(one, cast, layers)) }),
        ending: one.ending,
        ...(made && { making: toldMaking(made, keys) }),
        ...(editedFrom && keys.has(editedFrom) && { editedFromKey: editedFrom }),
        ...toDraftPresence(one),
        createdAt: one.createdAt,
      }
    }),
    ...(memories.length > 0 && { memories }),
  }
}

function toDraftPresence({ present, left, entered, whisperTo }: Presence) {
  return {
    ...(present && { presentKeys: present }),
    ...(left && { leftKeys: left }),
    ...(entered && { enteredKeys: entered }),
    ...(whisperTo && { whisperToKeys: whisperTo }),
  }
}

/** The versions of turns that go out too. A shared memory is made again where the file goes to. */
function toDraftMemories(remembered: StoryMemory | undefined, keys: ReadonlySet<TurnId>): DraftMemory[] {
  return (remembered?.versions ?? [])
    .filter(({ throughId, sharedBy, deletedAt }) => !sharedBy && deletedAt === undefined && keys.has(throughId))
    .map(({ id, characterId, throughId, previousId, deletedAt: _living, sharedBy: _shared, ...kept }) => ({
      key: id,
      characterKey: characterId,
      throughKey: throughId,
      ...(previousId !== undefined && { previousKey: previousId }),
      ...kept,
    }))
}

function asWritten({ dialect, raw, template }: Turn): Pick<DraftTurn, 'dialect' | 'raw' | 'template'> {
  return { dialect, raw, ...(template !== undefined && { template }) }
}

/**
 * Chosen parts as a text that reads as these parts whoever says it. The empty tag in front makes all of it HER, and the
 * dialect, `markdown`, has no rule by which another's name at the start of a line ends a turn.
 */
function writeChosen(segments: readonly Segment[]): string {
  return segments.length === 0 ? '' : openingTag('role_action') + closingTag('role_action') + writeReply(segments)
}

/** Turns that can be reached: not deleted, nor under one that is. */
function livingTurns(tree: Tree, turns: readonly Turn[]): Turn[] {
  const { nodeByTurn } = createStoryMap(tree, null)
  return turns.filter(({ id }) => nodeByTurn.has(id))
}

function toDraftSpeaker(speaker: Speaker): DraftSpeaker {
  switch (speaker.kind) {
    case 'environment':
      return speaker
    case 'character':
      return { kind: 'character', characterKey: speaker.characterId }
    case 'user':
      return { kind: 'user', ...(speaker.personaId && { personaKey: speaker.personaId }) }
  }
}

/**
 * Only what a file may say of a reply's making: not which connection it was, nor planning that was left out of it, nor a
 * turn that stays behind.
 */
function toldMaking(made: Making, keys: ReadonlySet<TurnId>): Omit<Making, 'connectionId' | 'kept'> {
  const told = making.safeParse(made)
  if (!told.success) return {}
  const { provenance } = told.data
  if (!provenance?.from || keys.has(provenance.from)) return told.data
  const { from: _from, ...rest } = provenance
  return { ...told.data, provenance: rest }
}

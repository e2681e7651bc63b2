import * as z from 'zod/mini'
import type { JsonRecord } from '#lib/json-value.ts'
import { t } from '#lib/translate.ts'

/** The tables in a backup, in the order they are written and read: what others hang on comes first. Keys are in none. */
export const backupTables = [
  'personas',
  'lorebooks',
  'characters',
  'cardHistories',
  'scenes',
  'conversations',
  'turns',
  'memories',
  'preferences',
  'jobs',
  'jobRecords',
  'connections',
  'settings',
] as const

export type BackupTable = (typeof backupTables)[number]

const id = z.string().check(z.minLength(1), z.maxLength(200))
const ids = z.optional(z.array(id))
const time = z.number()
const object = z.record(z.string(), z.unknown())
const speaker = z.union([
  z.looseObject({ kind: z.literal('user') }),
  z.looseObject({ kind: z.literal('environment') }),
  z.looseObject({ kind: z.literal('character'), characterId: id }),
])

const dialect = z.enum(['her', 'coser', 'markdown', 'player'])
const lines = z.array(z.looseObject({ speaker, raw: z.string(), dialect, whisperTo: ids }))
const texts = z.optional(z.record(z.string(), z.string()))

/** What the app relies on in a row; whatever else is in it is kept. */
const schemas: Readonly<Record<BackupTable, z.ZodMiniType>> = {
  personas: z.looseObject({ id, name: z.string(), description: z.string() }),
  lorebooks: z.looseObject({ id, name: z.string(), raw: object, createdAt: time, updatedAt: time }),
  characters: z.looseObject({
    id,
    document: z.looseObject({ spec: z.enum(['v1', 'v2', 'v3']), raw: object }),
    hue: z.number(),
    origin: z.enum(['bundled', 'imported', 'authored']),
    createdAt: time,
    updatedAt: time,
  }),
  cardHistories: z.looseObject({
    characterId: id,
    versions: z.array(z.looseObject({ id, document: z.looseObject({ raw: object }), createdAt: time })),
  }),
  scenes: z.looseObject({
    id,
    title: z.string(),
    about: z.string(),
    scenario: z.string(),
    cast: z.array(id),
    present: ids,
    secrets: texts,
    appearances: texts,
    opening: lines,
    reference: z.optional(lines),
    createdAt: time,
    updatedAt: time,
  }),
  conversations: z.looseObject({
    id,
    characterId: id,
    cast: ids,
    userPlays: z.optional(id),
    scenario: z.optional(z.string()),
    secrets: texts,
    appearances: texts,
    title: z.string(),
    headId: z.nullable(id),
    createdAt: time,
    updatedAt: time,
  }),
  turns: z.looseObject({
    id,
    conversationId: id,
    parentId: z.nullable(id),
    speaker,
    dialect,
    raw: z.string(),
    ending: z.enum(['draft', 'complete', 'length', 'stopped', 'failed', 'interrupted']),
    present: ids,
    left: ids,
    entered: ids,
    whisperTo: ids,
    createdAt: time,
  }),
  memories: z.looseObject({
    conversationId: id,
    versions: z.array(z.looseObject({ id, characterId: id, throughId: id, text: z.string() })),
  }),
  preferences: z.looseObject({ id, createdAt: time }),
  jobs: z.looseObject({
    id,
    kind: z.string(),
    title: z.string(),
    plan: z.unknown(),
    state: z.enum(['running', 'paused', 'done']),
    createdAt: time,
    updatedAt: time,
  }),
  jobRecords: z.looseObject({ jobId: id, key: z.string(), value: z.unknown() }),
  connections: z.looseObject({
    id,
    name: z.string(),
    baseUrl: z.string(),
    kind: z.string(),
    model: z.string(),
    transport: z.enum(['chat', 'completions']),
    capabilities: object,
    sampling: object,
  }),
  settings: z.looseObject({ name: id, value: z.string() }),
}

export function isBackupTable(name: unknown): name is BackupTable {
  return backupTables.some((table) => table === name)
}

/** Why a value is no row of a table, in short; undefined when it is one. */
export function rowProblem(table: BackupTable, row: unknown): string | undefined {
  const { error } = schemas[table].safeParse(row)
  const [issue] = error?.issues ?? []
  return issue && `${issue.path.join('.') || t('the row')}: ${issue.message}`
}

/** The key a row is found by, as its table has it. Only for rows without a problem. */
export function rowKey(table: BackupTable, row: JsonRecord): string | readonly [string, string] {
  switch (table) {
    case 'turns':
      return [String(row['conversationId']), String(row['id'])]
    case 'jobRecords':
      return [String(row['jobId']), String(row['key'])]
    case 'memories':
      return String(row['conversationId'])
    case 'cardHistories':
      return String(row['characterId'])
    case 'settings':
      return String(row['name'])
    default:
      return String(row['id'])
  }
}

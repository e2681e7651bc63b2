import * as z from 'zod/mini'
import { isRecord } from '#lib/json-value.ts'
import { listOf, t } from '#lib/translate.ts'

/** A beginning to play from, in the published schema. */
export interface BenchSeed {
  readonly id: string
  readonly ai_name: string
  readonly ai_setting: string
  readonly user_name: string
  readonly user_setting: string
  readonly ai_prologue: string
  readonly initial_user_input: string
}

const seed = z.object({
  id: z.string().check(z.minLength(1)),
  ai_name: z.string().check(z.minLength(1)),
  ai_setting: z.string(),
  user_name: z.string().check(z.minLength(1)),
  user_setting: z.string(),
  ai_prologue: z.string(),
  initial_user_input: z.string(),
})

export interface ReadSeeds {
  readonly seeds: readonly BenchSeed[]
  /** What could not be read, a sentence each. */
  readonly problems: readonly string[]
}

/** Reads a file of seeds, one JSON object a line. */
export function readSeeds(text: string): ReadSeeds {
  const byId = new Map<string, BenchSeed>()
  const problems: string[] = []
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .entries()) {
    if (line.trim() === '') continue
    const value = parse(line)
    const read = readSeed(value)
    if (!read) problems.push(whyNone(index + 1, value))
    else if (byId.has(read.id))
      problems.push(
        t('Line {line, number} has the id “{id}” once more and is left out.', { line: index + 1, id: read.id }),
      )
    else byId.set(read.id, read)
  }
  return { seeds: [...byId.values()], problems }
}

/** One seed; undefined for whatever is none. */
export function readSeed(value: unknown): BenchSeed | undefined {
  const read = seed.safeParse(value)
  return read.success ? read.data : undefined
}

function whyNone(line: number, value: unknown): string {
  if (!isRecord(value)) return t('Line {line, number} is no JSON object and is left out.', { line })
  const bad = seed.safeParse(value).error?.issues.map(({ path }) => String(path[0])) ?? []
  return t('Line {line, number} lacks {fields} and is left out.', { line, fields: listOf([...new Set(bad)]) })
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { JsonValue } from '#core/job.ts'
import { asRecord } from '#lib/json-value.ts'

/**
 * The steps of a journal in a file, by key, without opening it for writing: a run may be at it. What can't be read, the
 * last line of one that was killed among it, is left out.
 */
export async function readJsonlJournal(path: string): Promise<ReadonlyMap<string, JsonValue>> {
  const steps = new Map<string, JsonValue>()
  const lines = createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY })
  for await (const line of lines) {
    const step = parse(line)
    const key = step?.['key']
    if (step && typeof key === 'string' && step['value'] !== undefined && !steps.has(key)) {
      steps.set(key, step['value'] as JsonValue)
    }
  }
  return steps
}

function parse(line: string) {
  try {
    return asRecord(JSON.parse(line))
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

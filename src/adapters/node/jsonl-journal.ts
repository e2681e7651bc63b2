import { closeSync, openSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import process from 'node:process'
import { createInterface } from 'node:readline'
import type { JsonValue } from '#core/job.ts'
import { asRecord } from '#lib/json-value.ts'
import { err, ok, type Result } from '#lib/result.ts'
import type { Journal } from '#ports/journal.ts'

/** A journal in a file: a line of JSON for each step (`{"key","value"}`). */
export interface FileJournal extends Journal {
  /** Steps that were in the file when it was opened. */
  readonly known: number
  /** Lines that are no steps and were left out. */
  readonly unreadable: number
  close(): Promise<void>
}

/**
 * Opens a journal, a new one where there is none. A last line that was cut off by a kill is taken away: its step was
 * never told to anybody. One process at a time: who comes second is told so. A step is handed to the disk (`fdatasync`)
 * before `append` resolves; steps that come while the disk is at it go together.
 */
export async function openJsonlJournal(path: string): Promise<Result<FileJournal, { readonly sentence: string }>> {
  const lock = takeLock(`${path}.lock`)
  if (!lock.ok) return lock
  const file = await open(path, 'a+')
  const known = new Map<string, JsonValue>()
  const { whole, unreadable } = await readLines(file, (key, value) => {
    if (!known.has(key)) known.set(key, value)
  })
  await file.truncate(whole)

  let waiting: { readonly line: string; readonly done: (error?: unknown) => void }[] = []
  let isWriting = false
  async function writeAll(): Promise<void> {
    if (isWriting) return
    isWriting = true
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      try {
        await file.appendFile(batch.map(({ line }) => line).join(''))
        await file.datasync()
        for (const { done } of batch) done()
      } catch (error) {
        for (const { done } of batch) done(error)
      }
    }
    isWriting = false
  }

  return ok({
    known: known.size,
    unreadable,
    get: (key) => known.get(key),
    append: (key, value) =>
      new Promise<void>((resolve, reject) => {
        if (known.has(key)) return resolve()
        known.set(key, value)
        const done = (error?: unknown) => {
          if (error === undefined) return resolve()
          known.delete(key)
          reject(error)
        }
        waiting.push({ line: `${JSON.stringify({ key, value })}\n`, done })
        void writeAll()
      }),
    close: async () => {
      await file.close()
      lock.value()
    },
  })
}

/** Calls back with each step; gives how many bytes of the file are whole lines. */
async function readLines(
  file: FileHandle,
  onStep: (key: string, value: JsonValue) => void,
): Promise<{ readonly whole: number; readonly unreadable: number }> {
  const { size } = await file.stat()
  const whole = size - (await tornBytes(file, size))
  let unreadable = 0
  if (whole === 0) return { whole, unreadable }
  const lines = createInterface({
    input: file.createReadStream({ start: 0, end: whole - 1, autoClose: false, encoding: 'utf8' }),
    crlfDelay: Number.POSITIVE_INFINITY,
  })
  for await (const line of lines) {
    const step = parse(line)
    const key = step?.['key']
    if (step && typeof key === 'string' && step['value'] !== undefined) onStep(key, step['value'] as JsonValue)
    else if (line.trim() !== '') unreadable += 1
  }
  return { whole, unreadable }
}

/** How many bytes stand behind the last line end. */
async function tornBytes(file: FileHandle, size: number): Promise<number> {
  const block = Buffer.alloc(65_536)
  for (let end = size; end > 0; ) {
    const start = Math.max(0, end - block.length)
    const { bytesRead } = await file.read(block, 0, end - start, start)
    const at = block.subarray(0, bytesRead).lastIndexOf(0x0a)
    if (at >= 0) return size - (start + at + 1)
    end = start
  }
  return size
}

function parse(line: string) {
  try {
    return asRecord(JSON.parse(line))
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** A file that says which process is at work; one that died is no hindrance. Gives the way out. */
function takeLock(path: string): Result<() => void, { readonly sentence: string }> {
  for (let tries = 0; tries < 2; tries += 1) {
    try {
      const lock = openSync(path, 'wx')
      writeFileSync(lock, String(process.pid))
      closeSync(lock)
      return ok(() => unlinkSync(path))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const owner = Number(readFileSync(path, 'utf8'))
      if (isAlive(owner)) return err({ sentence: `Process ${owner} is at work on this run (${path}).` })
      unlinkSync(path)
    }
  }
  return err({ sentence: `Another process is at work on this run (${path}).` })
}

function isAlive(id: number): boolean {
  if (!Number.isInteger(id) || id <= 0) return false
  try {
    process.kill(id, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

import { describe, expect, test } from 'vitest'
import type { Reply } from '#core/her/segment.ts'
import type { TurnId } from '#core/ids.ts'
import { type Run, type RunEvent, reduceRun } from './run-machine.ts'

const turnId = 'mine' as TurnId
const otherId = 'other' as TurnId
const nothing: Reply = { segments: [], raw: '', tiles: [] }
const planning: Reply = { segments: [{ layer: 'system_thinking', text: 'p', closed: false }], raw: '', tiles: [] }
const speaking: Reply = {
  segments: [
    { layer: 'system_thinking', text: 'p', closed: true },
    { layer: 'speech', text: 'Hi', closed: false },
  ],
  raw: '',
  tiles: [],
}

function runAfter(...events: RunEvent[]): Run {
  return events.reduce(reduceRun, { phase: 'idle' } as Run)
}

const start: RunEvent = { type: 'run-start', turnId, at: 100, before: nothing }
const delta = (at: number, reply: Reply, id = turnId): RunEvent => ({ type: 'reply-delta', turnId: id, at, reply })

describe('a run', () => {
  test('waits, streams, and notes when planning was over', () => {
    expect(runAfter(start).phase).toBe('waiting')
    expect(runAfter(start, delta(150, planning))).toMatchObject({
      phase: 'streaming',
      startedAt: 100,
      firstByteAt: 150,
    })
    expect(runAfter(start, delta(150, planning))).not.toHaveProperty('plannedAt')
    expect(runAfter(start, delta(150, planning), delta(300, speaking), delta(400, speaking))).toMatchObject({
      firstByteAt: 150,
      plannedAt: 300,
    })
  })

  test('ends', () => {
    expect(runAfter(start, delta(1, speaking), { type: 'run-end', turnId })).toEqual({ phase: 'idle' })
  })

  test('keeps the words when they could not be written, and a late frame does not bring it back to life', () => {
    const failed = runAfter(start, { type: 'run-fail', turnId, reply: speaking, error: { kind: 'storage-full' } })
    expect(failed).toMatchObject({ phase: 'unsaved', reply: speaking })
    expect(reduceRun(failed, delta(9, planning))).toBe(failed)
  })

  test('an event of another turn, or after the end, changes nothing', () => {
    const run = runAfter(start, delta(1, planning))
    expect(reduceRun(run, delta(2, speaking, otherId))).toBe(run)
    expect(reduceRun(run, { type: 'run-end', turnId: otherId })).toBe(run)
    expect(runAfter(start, { type: 'run-end', turnId }, delta(3, speaking))).toEqual({ phase: 'idle' })
  })
})

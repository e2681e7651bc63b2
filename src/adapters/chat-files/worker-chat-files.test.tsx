import { expect, test } from 'vitest'
import type { Layer } from '#core/her/segment.ts'
import { story, turn } from '#core/story/story.test-kit.ts'
import type { ExportChoice } from '#core/story/write-chat.ts'
import { createWorkerChatFiles } from './worker-chat-files.ts'

const told = story([turn('a', null, { raw: '<role_thinking>Late.</role_thinking>Good day 灯.' })])
const choice: ExportChoice = { format: 'text', layers: new Set<Layer>(['speech']), extent: 'path', marks: 'tags' }
const chat = new Blob(['Anna: Hello.\n\nClara: Good day.\n\nAnna: Sit.'])

/** A worker of these lines. */
function workerOf(lines: string): () => Worker {
  return () => new Worker(URL.createObjectURL(new Blob([lines], { type: 'text/javascript' })))
}

test('the worker reads a chat and writes one, in each form it is asked for', async () => {
  const files = createWorkerChatFiles()
  const read = await files.read(chat, { characterNames: ['Anna'] })
  expect(read.ok && read.value.draft.turns.map(({ raw }) => raw)).toEqual(['Hello.', 'Good day.', 'Sit.'])
  const writer = files.open(told)
  const [text, page] = await Promise.all([writer.write(choice), writer.write({ ...choice, format: 'html' })])
  expect(await text.blob.text()).toBe('The letter\n\nAnna: Good day 灯.\n')
  expect(text.fileName).toMatch(/\.txt$/)
  expect(page.blob.type).toBe('text/html;charset=utf-8')
  writer.close()
})

test('where workers are refused or break, the page does it', async () => {
  const refusals = [
    () => {
      throw new DOMException('No workers here', 'SecurityError')
    },
    workerOf('throw new Error("blocked")'),
  ]
  for (const openWorker of refusals) {
    const files = createWorkerChatFiles({ openWorker })
    expect((await files.read(chat, {})).ok).toBe(true)
    expect((await files.open(told).write(choice)).preview).toContain('Good day 灯.')
  }
})

test('a file that takes too long is given up in a sentence', async () => {
  const files = createWorkerChatFiles({ openWorker: workerOf('for (;;) {}'), timeoutMs: 200 })
  expect(await files.read(chat, {})).toMatchObject({ ok: false, error: { kind: 'too-large' } })
})

test('a file that can’t be read throws what the browser threw', async () => {
  const gone = { arrayBuffer: () => Promise.reject(new DOMException('Gone', 'NotFoundError')) } as unknown as Blob
  await expect(createWorkerChatFiles().read(gone, {})).rejects.toBeInstanceOf(DOMException)
})

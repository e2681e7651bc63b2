import { expect, test } from 'vitest'
import { createCard } from '#core/cards/create-card.ts'
import { writeCard } from '#core/cards/write-card.ts'
import type { CardFileItem, ReadCardFile } from '#ports/card-reader.ts'
import { createWorkerReader } from './read-in-worker.ts'

const document = createCard({ name: 'Ana 灯', greetings: ['Hello.'] })

function file(format: 'json-v3' | 'png' | 'charx'): File {
  return new File([writeCard({ document }, format) as Uint8Array<ArrayBuffer>], `ana.${format}`)
}

async function all(read: ReadCardFile, blob: Blob, name = 'ana.png'): Promise<CardFileItem[]> {
  const items: CardFileItem[] = []
  for await (const item of read(blob, name)) items.push(item)
  return items
}

/** A worker of these lines. */
function workerOf(lines: string): () => Worker {
  return () => new Worker(URL.createObjectURL(new Blob([lines], { type: 'text/javascript' })))
}

test('a card comes out of the worker as it went in, its picture with it', async () => {
  const read = createWorkerReader()
  for (const format of ['json-v3', 'png', 'charx'] as const) {
    const [item] = await all(read, file(format))
    if (!item?.card.ok) throw new Error('Not read')
    expect(item.card.value.document.raw).toEqual(document.raw)
    expect(await item.card.value.original.bytes()).toEqual(await file(format).bytes())
    expect(item.card.value.portrait).toBe(format === 'png' ? 'original' : undefined)
  }
})

test('several cards come one by one', async () => {
  const list = new Blob([JSON.stringify([document.raw, { ...document.raw, spec: 'chara_card_v2' }, 7])])
  const items = await all(createWorkerReader(), list, 'list.json')
  expect(items.map(({ fileName, card }) => [fileName, card.ok])).toEqual([
    ['list 1.json', true],
    ['list 2.json', true],
    ['list 3.json', false],
  ])
})

test('what is no card comes back as its error', async () => {
  const [item] = await all(createWorkerReader(), new Blob(['{']))
  expect(item?.card).toMatchObject({ ok: false, error: { type: 'malformed-json' } })
})

test('a worker that takes too long is ended, and the next file is read all the same', async () => {
  let opened = 0
  const openWorker = () => (++opened === 1 ? workerOf('for (;;) {}')() : workerOf("postMessage('late')")())
  const read = createWorkerReader({ openWorker, timeoutMs: 200 })
  const [item] = await all(read, file('png'))
  expect(item?.card).toEqual({ ok: false, error: { type: 'took-too-long', seconds: 1 } })
  await all(read, file('png'))
  expect(opened).toBe(2)
})

test('where workers are refused the page reads', async () => {
  const refusals = [
    () => {
      throw new DOMException('No workers here', 'SecurityError')
    },
    workerOf('throw new Error("blocked")'),
  ]
  for (const openWorker of refusals) {
    const [item] = await all(createWorkerReader({ openWorker }), file('png'))
    expect(item?.card.ok).toBe(true)
  }
})

test('a worker is used again', async () => {
  let opened = 0
  const read = createWorkerReader({
    openWorker: () => {
      opened++
      return new Worker(new URL('./card-worker.ts', import.meta.url), { type: 'module' })
    },
  })
  for (let count = 0; count < 3; count++) await all(read, file('png'))
  expect(opened).toBe(1)
})

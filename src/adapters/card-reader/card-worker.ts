// First, so that nothing is lost while the words are fetched.
import { giveEarlyMessages } from '#lib/early-messages.ts'

import type { CardFileItem } from '#ports/card-reader.ts'
import { readCardFile } from './read-card-file.ts'
import type { WorkerAnswer, WorkerRequest } from './worker-messages.ts'

// Runs in a thread of its own, so that no file, however large or hostile, holds up the page.

let items: AsyncGenerator<CardFileItem, void> | undefined

addEventListener('message', ({ data }: MessageEvent<WorkerRequest>) => {
  if (data.type === 'open') items = readCardFile(data.file, data.fileName)
  else void next().then((answer) => postMessage(answer))
})
giveEarlyMessages()

async function next(): Promise<WorkerAnswer> {
  try {
    const step = await items?.next()
    return step && !step.done ? { type: 'item', item: step.value } : { type: 'end' }
  } catch (error) {
    return { type: 'failed', error }
  }
}

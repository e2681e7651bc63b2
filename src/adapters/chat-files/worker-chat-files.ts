import type { ChatProblem, ReadChat } from '#core/story/read-chat-result.ts'
import { err, type Result } from '#lib/result.ts'
import { language, t } from '#lib/translate.ts'
import type { ChatFile, ChatFilesPort } from '#ports/chat-files.ts'
import type { ChatFileRequest } from './worker-messages.ts'

/** Real chats take a second or two. */
const patienceMs = 60_000

interface Options {
  readonly openWorker?: () => Worker
  readonly timeoutMs?: number
}

class TookTooLong extends Error {}

/** Reads and writes chat files in workers, one for each; where workers are refused, in the page. */
export function createWorkerChatFiles({
  openWorker = openChatFileWorker,
  timeoutMs = patienceMs,
}: Options = {}): ChatFilesPort {
  return {
    read: async (file, options) => {
      const bytes = new Uint8Array(await file.arrayBuffer())
      const worker = start()
      try {
        if (worker) return await ask<Result<ReadChat, ChatProblem>>(worker, { type: 'read', bytes, options })
      } catch (error) {
        if (error instanceof TookTooLong) {
          return err({ kind: 'too-large', sentence: t('This file takes too long to read, so it was given up.') })
        }
      } finally {
        worker?.terminate()
      }
      const { readChatBytes } = await import('./chat-file-work.ts')
      return readChatBytes(bytes, options)
    },

    open: (story) => {
      let worker = start()
      let isSent = false
      return {
        write: async (choice) => {
          if (worker) {
            const asked = ask<ChatFile>(worker, { type: 'write', choice, ...(!isSent && { story }) })
            isSent = true
            try {
              return await asked
            } catch {
              // The page does it then, as long as that may take.
              worker?.terminate()
              worker = undefined
            }
          }
          const { writeChatFile } = await import('./chat-file-work.ts')
          return writeChatFile(story, choice)
        },
        close: () => worker?.terminate(),
      }
    },
  }

  function start(): Worker | undefined {
    try {
      return openWorker()
    } catch {
      // Some browsers and policies refuse workers.
      return undefined
    }
  }

  function ask<Answer>(worker: Worker, request: ChatFileRequest): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const { port1, port2 } = new MessageChannel()
      const timer = setTimeout(() => settle(() => reject(new TookTooLong())), timeoutMs)
      const settle = (finish: () => void) => {
        clearTimeout(timer)
        port1.close()
        worker.removeEventListener('error', fail)
        finish()
      }
      const fail = (event: ErrorEvent) => {
        event.preventDefault()
        settle(() => reject(new Error(`The worker for chat files stopped: ${event.message}`)))
      }
      port1.onmessage = ({ data }: MessageEvent<Answer>) => settle(() => resolve(data))
      worker.addEventListener('error', fail)
      worker.postMessage(request, [port2])
    })
  }
}

function openChatFileWorker(): Worker {
  return new Worker(new URL('./chat-file-worker.ts', import.meta.url), { type: 'module', name: language })
}

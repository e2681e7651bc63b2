// First, so that nothing is lost while the words are fetched.
import { giveEarlyMessages } from '#lib/early-messages.ts'

import { readSceneBytes } from './read-scene-bytes.ts'

// Runs in a thread of its own, so that two hundred scenes do not hold up the page.

addEventListener('message', ({ data, ports: [answers] }: MessageEvent<Uint8Array>) => {
  answers?.postMessage(readSceneBytes(data))
})
giveEarlyMessages()

import { readSceneBytes } from './read-scene-bytes.ts'

// Runs in a thread of its own, so that two hundred scenes do not hold up the page.

addEventListener('message', ({ data, ports: [answers] }: MessageEvent<Uint8Array>) => {
  answers?.postMessage(readSceneBytes(data))
})

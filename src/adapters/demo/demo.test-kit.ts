import { createParser } from 'eventsource-parser'
import { parseReply } from '#core/her/parse.ts'
import type { Segment } from '#core/her/segment.ts'
import { writeReply } from '#core/her/write.ts'
import { bundledNames } from './bundled.ts'
import { createDemoFetch } from './demo-fetch.ts'
import type { ChatMessage } from './read-exchange.ts'
import { sceneFromDisk } from './read-from-disk.test-kit.ts'

export const endpoint = 'https://demo.invalid/v1/chat/completions'
export const planningOpener = '<system_thinking>'

/** A demo whose clock is its own: waiting takes no time and is written down. */
export function setupDemo() {
  let clock = 1_700_000_000_000
  const waits: number[] = []
  const demoFetch = createDemoFetch({
    loadScene: sceneFromDisk,
    knownNames: bundledNames,
    now: () => clock,
    wait: async (ms) => {
      waits.push(ms)
      clock += ms
    },
  })
  const post = (body: object, signal?: AbortSignal) =>
    demoFetch(endpoint, { method: 'POST', body: JSON.stringify(body), ...(signal && { signal }) })
  const say = async (messages: readonly ChatMessage[], more: object = {}) => {
    const response = await post({ model: 'demo-script', messages, stream: true, ...more })
    return textOf(await eventsOf(response))
  }
  return { demoFetch, post, say, waits }
}

export interface Chunk {
  readonly choices: readonly { readonly delta: { readonly role?: string; readonly content?: string | null } }[]
  readonly usage?: { readonly completion_tokens: number; readonly prompt_tokens: number; readonly total_tokens: number }
}

export async function eventsOf(response: Response): Promise<string[]> {
  const events: string[] = []
  const parser = createParser({ onEvent: (event) => events.push(event.data) })
  parser.feed(await response.text())
  return events
}

export const chunksOf = (events: readonly string[]) =>
  events.filter((event) => event !== '[DONE]').map((event) => JSON.parse(event) as Chunk)
export const textOf = (events: readonly string[]) =>
  chunksOf(events)
    .map((chunk) => chunk.choices[0]?.delta.content ?? '')
    .join('')

export const system = (name: string): ChatMessage => ({
  role: 'system',
  content: `You are ${name} from A Book.\n\n===${name}'s Profile===\nSomebody.`,
})
export const opening: ChatMessage = { role: 'user', content: '===Conversation Start===\n\nEnvironment: It rains.' }
export const open = (name: string) => [system(name), opening]
export const heard = (text: string): ChatMessage => ({ role: 'user', content: `Stranger: ${text}` })

/** An earlier reply as it comes back in a prompt: without its planning. */
export const remembered = (name: string, reply: string): ChatMessage => {
  const kept: Segment[] = parseReply(reply, { speaker: name }).segments.filter((one) => one.layer !== 'system_thinking')
  return { role: 'assistant', content: `${name}: ${writeReply(kept)}` }
}

import type { WireRequest } from './build-request.ts'

type Body = WireRequest['body']

/** What of a body comes again in the next one: all that is told of the story so far. */
type Story = readonly unknown[] | string

/** What the browser's own process has already. One is kept: a reader sends in one chat at a time. */
let ahead: { readonly fields: string; readonly story: Story; readonly blob: Blob } | undefined

/** Of less there is nothing to be gained, in characters. */
const leastLength = 8000

/** A body as it goes over the wire: what is told of the story stands last, and of that the newest. */
export function bodyText(body: Body): string {
  const { fields, story } = takeApart(body)
  return open(fields, story) + close(story)
}

/**
 * Hands the browser's own process, while there is time, what the next body begins with: all but its newest message. To
 * write 100 kB of text as JSON and hand them over when they are sent holds up the page, and the request, for 10 ms.
 */
export function expectBody(body: Body): void {
  const { fields, story } = takeApart(body)
  const known = story.slice(0, newestOf(story))
  if (ahead?.fields === fields && ahead.story.length === known.length && isBeginning(ahead.story, known)) return
  const text = open(fields, known)
  if (text.length >= leastLength) ahead = { fields, story: known, blob: new Blob([text]) }
}

/** The same as `bodyText`, of what is there already and the rest. */
export function bodyBlob(body: Body): Blob {
  const { fields, story } = takeApart(body)
  if (ahead?.fields !== fields || !isBeginning(ahead.story, story)) return new Blob([bodyText(body)])
  return new Blob([ahead.blob, goOn(story, ahead.story.length) + close(story)])
}

function takeApart(body: Body): { readonly fields: string; readonly story: Story } {
  if ('messages' in body) {
    const { messages, ...others } = body
    return { fields: JSON.stringify(others), story: messages }
  }
  const { prompt, ...others } = body
  return { fields: JSON.stringify(others), story: String(prompt) }
}

/** The beginning of a body, with a story that is not closed. Without fields there is no body: `model` is always there. */
function open(fields: string, story: Story): string {
  const name = typeof story === 'string' ? '"prompt":"' : '"messages":['
  return `${fields.slice(0, -1)},${name}${goOn(story, 0)}`
}

/** The story from a place on. An escape in JSON stands for one character, so that texts can be written piece by piece. */
function goOn(story: Story, from: number): string {
  if (typeof story === 'string') return JSON.stringify(story.slice(from)).slice(1, -1)
  const written = story.slice(from).map((message) => JSON.stringify(message))
  return (from > 0 && written.length > 0 ? ',' : '') + written.join(',')
}

function close(story: Story): string {
  return typeof story === 'string' ? '"}' : ']}'
}

/** Where the newest message begins; 0 where there is none. */
function newestOf(story: Story): number {
  const place =
    typeof story === 'string'
      ? story.lastIndexOf('<|im_start|>user')
      : story.findLastIndex((message) => (message as { readonly role: string }).role === 'user')
  return Math.max(0, place)
}

function isBeginning(beginning: Story, story: Story): boolean {
  if (typeof beginning === 'string') return typeof story === 'string' && story.startsWith(beginning)
  if (typeof story === 'string' || story.length < beginning.length) return false
  return beginning.every((message, place) => isSame(message, story[place]))
}

/** Whether two messages are written alike: the same role and text, and nothing else. */
function isSame(one: unknown, other: unknown): boolean {
  const [first, second] = [one, other] as readonly Record<string, unknown>[]
  if (first?.['role'] !== second?.['role'] || first?.['content'] !== second?.['content']) return false
  return typeof first?.['content'] === 'string' && isPlain(first) && isPlain(second)
}

function isPlain(message: object | undefined): boolean {
  for (const name in message) if (name !== 'role' && name !== 'content') return false
  return true
}

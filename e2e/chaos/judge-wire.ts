import type { Turn } from '../../src/core/conversation/turn.ts'
import { type Arrived, readArrived } from './arrived.ts'
import type { WireTry } from './wire-plan.ts'

/** What a try brought over the wire. */
export interface Came {
  /** Undefined where there was no answer. */
  readonly status: number | undefined
  readonly bytes: Uint8Array
}

interface Judged {
  readonly tried: WireTry
  readonly came: Came
  /** What the reply was asked to begin with; empty where the server was given nothing. */
  readonly prefill: string
  /** The words the turn had before. */
  readonly before: string
  readonly turn: Turn
}

/** Kinds of failure by the status that was answered. */
const kindsByStatus: Readonly<Record<number, readonly string[]>> = {
  400: ['rejected', 'context-too-long'],
  401: ['unauthorized'],
  403: ['unauthorized'],
  404: ['unknown-model'],
  422: ['rejected'],
  429: ['rate-limited'],
  500: ['server-error'],
  502: ['server-error'],
  503: ['loading'],
}

const endingsThere = new Set(['complete', 'length', 'stopped', 'failed'])

/** What is not as it should be with the turn that a try left; nothing where all is well. */
export function judgeTurn({ tried, came, prefill, before, turn }: Judged): readonly string[] {
  const { ending, failure, raw } = turn
  const problems: string[] = []
  const say = (problem: string) => problems.push(problem)
  if (!endingsThere.has(ending)) say(`it ended as ${ending}`)
  if ((ending === 'failed') !== (failure !== undefined))
    say('a failure without a reason, or a reason without a failure')

  const isRefusal = came.status !== undefined && came.status !== 200
  const arrived = isRefusal ? readArrived(new Uint8Array()) : readArrived(came.bytes)
  const whole = withoutEcho(join(arrived), prefill)
  const begins = before === '' ? prefill : before
  const due = whole === '' ? before : begins + whole
  if (ending === 'stopped') {
    // What came after the word was given to stop need not be there.
    if (!due.startsWith(raw) && !arrived.pieces.some(({ isReasoning }) => isReasoning)) say('words nobody sent')
    return problems
  }
  if (raw !== due) say(`the words differ: ${JSON.stringify(raw)} and not ${JSON.stringify(due)}`)

  const kind = failure?.kind ?? ending
  const expect = (...kinds: readonly string[]) => {
    if (!kinds.includes(kind)) say(`it is ${kind}, and not ${kinds.join(' or ')}`)
  }
  // What came, and not what there was before it.
  const blank = whole.replaceAll(/<\/?(system_thinking|think|role_thinking|role_action)>|\s/g, '') === ''
  if (came.status === undefined) expect('server-error', 'unreachable', 'cors', 'unauthorized')
  else if (isRefusal) expect(...(kindsByStatus[came.status] ?? []))
  else if (arrived.hasError) expect('server-error', 'loading', 'rejected')
  else if (tried.behaviour.fault === 'html') expect('wrong-path')
  else if (arrived.end === 'none') expect(tried.behaviour.fault === 'stall' ? 'stalled' : 'cut')
  else if (blank) expect('empty', arrived.end === 'length' ? 'length' : 'complete')
  else expect(arrived.end === 'length' ? 'length' : 'complete')

  const wait = tried.behaviour.retryAfter
  if (isRefusal && failure && 'retryAfterMs' in failure) {
    const asked = Number(wait) >= 0 ? Number(wait) * 1000 : 0
    if (failure.retryAfterMs !== asked) say(`the wait is ${failure.retryAfterMs} and not ${asked}`)
  } else if (came.status === 429 && Number(wait) >= 0) say('the wait was lost')
  return problems
}

/** As one text; reasoning is put between its own marks. */
function join({ pieces }: Arrived): string {
  let isReasoning = false
  return pieces
    .map((piece) => {
      const turns = piece.isReasoning !== isReasoning
      isReasoning = piece.isReasoning
      return (turns ? (isReasoning ? '<think>' : '</think>') : '') + piece.text
    })
    .join('')
}

/** A prefill that came back whole is taken off, and white space before it; half of one is words like any others. */
function withoutEcho(text: string, prefill: string): string {
  const words = prefill.trim()
  // Behind a mark of reasoning too, where a server may put all of it.
  const mark = text.startsWith('<think>') ? '<think>' : ''
  const rest = text.slice(mark.length).trimStart()
  if (words === '' || !rest.startsWith(words)) return text
  const space = prefill.slice(prefill.trimEnd().length)
  let end = words.length
  for (const character of space) {
    if (rest[end] !== character) break
    end += 1
  }
  const after = rest.slice(end)
  return after === '' ? '' : mark + after
}

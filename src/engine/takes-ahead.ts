import { createTree, pathTo } from '#core/conversation/tree.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { ModelPart, ModelPort } from '#ports/model.ts'
import type { Change } from '#ports/storage.ts'
import type { BackgroundStore } from './background.ts'
import type { ChatDependencies } from './chat-dependencies.ts'
import { prepareReply } from './prepare-reply.ts'
import type { PreparedReply } from './prepared-reply.ts'
import { createReplyText } from './reply-text.ts'
import { sendSealed } from './send-sealed.ts'

/** Makes another take of the newest reply before it is asked for. It is in memory alone, and one at most. */
export interface TakesAhead {
  /** Ends quietly when there is nothing to make, when it fails and when it is stopped. */
  make(turn: Turn, signal: AbortSignal): Promise<void>
  /** The model that has the reply `prepared` asks for, or goes on with it. Any other take is given up. */
  take(prepared?: PreparedReply): ModelPort | undefined
}

interface Ahead {
  readonly turn: Turn
  readonly asked: string
  readonly note: string
  readonly model: ModelPort
  readonly aborter: AbortController
  readonly parts: ModelPart[]
  state: 'coming' | 'over' | { readonly error: unknown }
  /** Told of each part, and of the end. */
  wake: () => void
}

type Dependencies = Pick<ChatDependencies, 'storage' | 'openModel' | 'turnsOf'>

export function createTakesAhead(
  { storage, openModel, turnsOf }: Dependencies,
  background: BackgroundStore,
): TakesAhead {
  let ahead: Ahead | undefined

  storage.onChange((changes) => {
    if (ahead && changes.some((change) => isEndOf(change, ahead as Ahead))) drop()
  })

  return {
    make: async (turn, signal) => {
      drop()
      const { conversationId, id, speaker } = turn
      if (speaker.kind === 'user') return
      const [conversation, turns] = await Promise.all([
        storage.get('conversations', conversationId),
        turnsOf(conversationId),
      ])
      if (conversation?.headId !== id || signal.aborted) return
      const prepared = await prepareReply(storage, conversation, pathTo(createTree(turns), turn.parentId), { speaker })
      const model = await openModel(prepared.connection)
      if (signal.aborted) return
      const mine: Ahead = {
        turn,
        asked: keyOf(prepared),
        note: JSON.stringify(conversation.note),
        model,
        aborter: new AbortController(),
        parts: [],
        state: 'coming',
        wake: () => undefined,
      }
      ahead = mine
      show('coming')
      await listen(mine, prepared)
    },

    take: (prepared) => {
      const mine = ahead
      // Something that is no part of the story is asked: what is there already is in nobody's way.
      if (!prepared && mine?.state === 'over') return undefined
      if (!mine || !prepared || mine.asked !== keyOf(prepared)) {
        drop()
        return undefined
      }
      ahead = undefined
      background.setState({ takeAhead: undefined })
      return modelOf(mine)
    },
  }

  async function listen(mine: Ahead, prepared: PreparedReply): Promise<void> {
    const text = createReplyText(prepared, '', () => {})
    try {
      for await (const part of sendSealed(mine.model, prepared, mine.aborter.signal)) {
        mine.parts.push(part)
        mine.wake()
        text.push(part)
        // It speaks for others from here on: that is where the take will end.
        if (text.reply.cut !== undefined) break
      }
      mine.state = 'over'
    } catch (error) {
      mine.state = { error }
    }
    mine.wake()
    if (ahead !== mine) return
    if (mine.state === 'over') show('ready')
    else drop()
  }

  function show(phase: 'coming' | 'ready'): void {
    if (!ahead) return
    const { conversationId, id: turnId } = ahead.turn
    background.setState({ takeAhead: { conversationId, turnId, phase } })
  }

  function drop(): void {
    if (!ahead) return
    ahead.aborter.abort()
    ahead = undefined
    background.setState({ takeAhead: undefined })
  }
}

/** The model, whose first reply is the one that was made ahead: what there is of it at once, and the rest as it comes. */
function modelOf(mine: Ahead): ModelPort {
  let isTaken = false
  return {
    ...mine.model,
    stream: (request, signal) => {
      if (isTaken) return mine.model.stream(request, signal)
      isTaken = true
      return replay(mine, signal)
    },
  }
}

async function* replay(mine: Ahead, signal: AbortSignal): AsyncGenerator<ModelPart> {
  const abort = () => {
    mine.aborter.abort()
    mine.wake()
  }
  signal.addEventListener('abort', abort)
  try {
    for (let next = 0; !signal.aborted; ) {
      const part = mine.parts[next]
      if (part) {
        next += 1
        yield part
      } else if (mine.state === 'coming') {
        await new Promise<void>((resolve) => {
          mine.wake = resolve
        })
      } else if (mine.state === 'over') return
      else throw mine.state.error
    }
  } finally {
    signal.removeEventListener('abort', abort)
    mine.aborter.abort()
  }
}

/** All that a reply follows from. Whatever changed meanwhile (a card, a note, a memory) changes what would be asked. */
function keyOf({ connection, request }: PreparedReply): string {
  const { messages, ...rest } = request
  return JSON.stringify([connection.id, connection.model, messages.map(({ role, content }) => [role, content]), rest])
}

/** Changes after which nobody will ask for the take any more, or would get another. */
function isEndOf(change: Change, { turn, note }: Ahead): boolean {
  switch (change.table) {
    case 'conversations':
      if (change.type === 'delete') return change.key === turn.conversationId
      if (change.row.id !== turn.conversationId) return false
      return (
        change.row.headId !== turn.id || change.row.deletedAt !== undefined || JSON.stringify(change.row.note) !== note
      )
    case 'memories':
      return (change.type === 'delete' ? change.key : change.row.conversationId) === turn.conversationId
    case 'connections':
      return true
    case 'settings':
      return (change.type === 'delete' ? change.key : change.row.name) === 'connection'
    default:
      return false
  }
}

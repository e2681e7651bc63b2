import { createTree, pathTo } from '#core/conversation/tree.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { ConversationId, TurnId } from '#core/ids.ts'
import type { EnhancedTurn } from '#core/training/enhance/enhanced.ts'
import type { StoragePort } from '#ports/storage.ts'

export interface Taking {
  readonly conversationId: ConversationId
  /** The end of the path that was enhanced. */
  readonly headId: TurnId
  /** What is taken of it. */
  readonly turns: readonly Pick<EnhancedTurn, 'turnId' | 'raw' | 'stages'>[]
  readonly teacher: string
  readonly jobId: string
  /** `branch`: the story goes on from them to its end. `take`: they are other takes of their turns, and nothing more. */
  readonly as: 'branch' | 'take'
}

interface Dependencies {
  readonly storage: Pick<StoragePort, 'get' | 'write'>
  readonly turnsOf: (conversationId: ConversationId) => Promise<readonly Turn[]>
  readonly createId: () => string
  readonly now: () => number
}

/**
 * Puts enhanced turns into their chat, in one write: as alternates of the turns they are of, which stay as they are, as
 * does the reader's place. A branch begins at the first turn that changed; turns behind it that did not are in it again,
 * word for word. Gives the first of the new turns; nothing where none of them is there any more.
 */
export async function takeEnhanced(taking: Taking, dependencies: Dependencies): Promise<TurnId | undefined> {
  const { conversationId, headId, turns, teacher, jobId, as } = taking
  const { storage, turnsOf, createId, now } = dependencies
  if (!(await storage.get('conversations', conversationId))) return undefined
  const path = pathTo(createTree(await turnsOf(conversationId)), headId)
  const enhanced = new Map(turns.map((turn) => [turn.turnId, turn]))
  const first = path.findIndex(({ id }) => enhanced.has(id))
  if (first < 0) return undefined
  const rows: Turn[] = []
  for (const turn of path.slice(first)) {
    const taken = enhanced.get(turn.id)
    if (!taken && as === 'take') continue
    const parentId = as === 'take' ? turn.parentId : (rows.at(-1)?.id ?? turn.parentId)
    rows.push({
      ...(taken ? rewritten(turn, taken) : unmarked(turn)),
      id: createId() as TurnId,
      parentId,
      createdAt: now(),
    })
  }
  await storage.write(rows.map((row) => ({ type: 'put', table: 'turns', row }) as const))
  return rows[0]?.id

  function rewritten(turn: Turn, { raw, stages }: Taking['turns'][number]): Turn {
    // What its making measured was measured of the original.
    const { template: _template, editedFrom: _edited, making, failure: _failure, ...rest } = unmarked(turn)
    // What stood in other marks was not read as HER text is, which ends where another is made to speak.
    const keepsOthers = making?.keepsOthers === true || turn.dialect !== 'her'
    return {
      ...rest,
      raw,
      dialect: 'her',
      ending: 'complete',
      making: {
        ...(keepsOthers && { keepsOthers }),
        provenance: { kind: 'reverse-engineered', teacher, stages, jobId, from: turn.id },
      },
    }
  }
}

/** Marks are of one turn, and stay with it. */
function unmarked({ name: _name, bookmarked: _bookmarked, ...turn }: Turn): Turn {
  return turn
}

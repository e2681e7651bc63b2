import { newestLeafUnder, type Tree } from '#core/conversation/tree.ts'
import type { Turn } from '#core/conversation/turn.ts'
import { t } from '#lib/translate.ts'
import { useServices } from '#state/services.tsx'
import { Button } from '#ui/button.tsx'

interface Props {
  readonly tree: Tree
  /** The last one that is read. */
  readonly turn: Turn
}

/** Where the reader stopped before the end of a story: that it went on, and the way on. */
export function FollowNote({ tree, turn }: Props) {
  const { chat } = useServices()
  const next = tree.childrenByParent.get(turn.id)
  if (!next || next.length === 0) return null
  return (
    <div className="mx-auto flex w-full max-w-[42rem] flex-wrap items-center gap-x-3 gap-y-1 px-4 pb-3 text-faint text-sm sm:px-6">
      <p>
        {t('{count, plural, one {The story went on from here.} other {The story went on from here in # ways.}}', {
          count: next.length,
        })}
      </p>
      <Button onClick={() => void chat.select(turn.conversationId, newestLeafUnder(tree, turn.id))}>
        {t('Follow it')}
      </Button>
    </div>
  )
}

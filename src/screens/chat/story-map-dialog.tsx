import { Bookmark } from 'lucide-react'
import { useMemo, useState } from 'react'
import { createStoryMap, type MapNode } from '#core/conversation/story-map.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { TurnId } from '#core/ids.ts'
import { t } from '#lib/translate.ts'
import { useServices } from '#state/services.tsx'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import type { ChatDialogProps } from './chat-dialog-props.ts'
import { useReadingRules } from './reading-rules.ts'
import { removeTurn } from './remove-turn.ts'
import { StoryMapView } from './story-map-view.tsx'
import { wordsOf } from './turn-words.ts'
import { showTurn } from './wanted-turn.ts'

/** The tree of a chat as a picture one can walk: its takes and branches, what is read now, and the places with a name. */
export function StoryMapDialog({ conversation, transcript, players, onClose }: ChatDialogProps) {
  const { chat } = useServices()
  const { seals } = useReadingRules()
  const { tree, path, isLoading } = transcript
  const marks = useMemo(() => markedTurns(tree.turnsById.values()), [tree])
  const map = useMemo(
    () => createStoryMap(tree, conversation.headId, new Set(marks.map((turn) => turn.id))),
    [tree, conversation.headId, marks],
  )
  const head = path.at(-1)?.id
  const [chosen, setChosen] = useState(head)
  const index = (chosen && map.nodeByTurn.get(chosen)) ?? map.nodes.findIndex((node) => node.isOnPath)
  const node = map.nodes[index]

  const turnOf = (id: TurnId | undefined) => (id === undefined ? undefined : tree.turnsById.get(id))
  const wordsOfTurn = (turn: Turn) => wordsOf(turn, players.cast, seals)

  async function go(target: MapNode | undefined) {
    const turnId = target?.turns.at(-1)
    if (!target || !turnId) return
    onClose()
    // A place that is read already is only gone to: what follows it stays what it is.
    if (!target.isOnPath) await chat.select(conversation.id, turnId)
    showTurn(turnId)
  }

  return (
    <Dialog title={t('Story map')} onClose={onClose} className="w-[min(72rem,calc(100vw-1.5rem))]">
      {isLoading && <p className="text-faint text-sm">{t('Older turns are still being read.')}</p>}
      <div className="grid gap-4 md:grid-cols-[1fr_18rem]">
        <StoryMapView
          map={map}
          chosen={index}
          turnOf={turnOf}
          wordsOf={wordsOfTurn}
          labelOf={players.labelOf}
          onChoose={(next) => setChosen(map.nodes[next]?.turns.at(-1))}
          onGo={(next) => void go(map.nodes[next])}
        />
        <div className="flex min-w-0 flex-col gap-4">
          {node && (
            <Preview
              node={node}
              turn={turnOf(node.turns.at(-1))}
              labelOf={players.labelOf}
              wordsOf={wordsOfTurn}
              onGo={() => void go(node)}
              onRemove={() => {
                const first = turnOf(node.turns[0])
                if (first) void removeTurn(chat, first)
              }}
            />
          )}
          {marks.length > 0 && (
            <section aria-label={t('Bookmarks and names')} className="flex flex-col gap-1.5">
              <h3 className="font-medium text-sm">{t('Bookmarks and names')}</h3>
              <ul className="flex max-h-40 flex-col overflow-y-auto">
                {marks.map((turn) => (
                  <li key={turn.id}>
                    <Button
                      look="quiet"
                      className="w-full justify-start text-start"
                      onClick={() => setChosen(turn.id)}
                      onDoubleClick={() => void go(map.nodes[map.nodeByTurn.get(turn.id) ?? -1])}
                    >
                      {turn.bookmarked && <Bookmark aria-hidden className="size-3.5 shrink-0" />}
                      <span className="truncate">{turn.name ?? wordsOfTurn(turn)}</span>
                    </Button>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </div>
      </div>
      <p className="text-faint text-xs">
        {t('{count, plural, one {# ending} other {# endings}}. Arrow keys walk, Enter reads.', {
          count: map.leaves.length,
        })}
      </p>
    </Dialog>
  )
}

interface PreviewProps {
  readonly node: MapNode
  readonly turn: Turn | undefined
  readonly labelOf: (speaker: Turn['speaker']) => string
  readonly wordsOf: (turn: Turn) => string
  readonly onGo: () => void
  readonly onRemove: () => void
}

/** The place that is chosen on the map: its last words, and what can be done with it. */
function Preview({ node, turn, labelOf, wordsOf, onGo, onRemove }: PreviewProps) {
  if (!turn) return null
  return (
    <section
      aria-label={t('Chosen place')}
      className="flex flex-col gap-2 rounded-xl border border-line bg-raised p-3 text-sm"
    >
      <p className="flex flex-wrap items-center gap-x-2 text-faint text-xs">
        {turn.bookmarked && <Bookmark role="img" aria-label={t('Bookmarked')} className="size-3" />}
        {turn.name && <span className="font-medium text-ink">{turn.name}</span>}
        <span>{labelOf(turn.speaker)}</span>
        <span>{t('{count, plural, one {# turn} other {# turns}}', { count: node.turns.length })}</span>
        {node.isOnPath && <span>{t('read now')}</span>}
      </p>
      <p className="line-clamp-6 font-story leading-relaxed">{wordsOf(turn)}</p>
      <div className="flex flex-wrap gap-2">
        <Button look="primary" onClick={onGo}>
          {t('Read from here')}
        </Button>
        <Button look="quiet" onClick={onRemove}>
          {t('Delete from here')}
        </Button>
      </div>
    </section>
  )
}

/** Oldest first. */
function markedTurns(turns: Iterable<Turn>): Turn[] {
  return [...turns].filter((turn) => turn.deletedAt === undefined && (turn.bookmarked || turn.name !== undefined))
}

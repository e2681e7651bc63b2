import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef } from 'react'
import type { Turn } from '#core/conversation/turn.ts'
import { seeThrough } from '#core/scene/eyes.ts'
import { t } from '#lib/translate.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import type { ChatDialogProps } from '../chat-dialog-props.ts'
import { CharacterChoice } from './character-choice.tsx'
import { rowsOf } from './eyes-rows.ts'
import { MissedTurns, SeenTurnView } from './seen-turn.tsx'
import { useChosenCharacter } from './use-chosen-character.ts'

/** The whole story as one character knows it. */
export function EyesDialog(props: ChatDialogProps) {
  const { conversation, onClose } = props
  if (!conversation.seals) return <Eyes {...props} />
  return (
    <Dialog title={t('Through their eyes')} onClose={onClose}>
      <p className="text-soft">
        {t(
          'The chat is played sealed, and through a character’s eyes its own thoughts are open. End the sealed play with the director’s cut to look.',
        )}
      </p>
    </Dialog>
  )
}

function Eyes({ conversation, transcript: { path }, players, onClose }: ChatDialogProps) {
  const { cast } = players
  const [characterId, choose] = useChosenCharacter(conversation, path)
  const eyes = useMemo(() => seeThrough(path, characterId, cast), [path, characterId, cast])
  const rows = useMemo(() => rowsOf(path, eyes), [path, eyes])
  const name = players.labelOf({ kind: 'character', characterId })
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => path[rows[index]?.from ?? 0]?.id ?? index,
    estimateSize: () => 140,
    overscan: 4,
    anchorTo: 'end',
    initialOffset: () => Number.MAX_SAFE_INTEGER,
  })
  const items = virtualizer.getVirtualItems()
  const hueOf = (turn: Turn | undefined) => turn && players.hueOf(turn.speaker)

  return (
    <Dialog title={t('Through their eyes')} onClose={onClose} className="w-[min(50rem,calc(100vw-1.5rem))]">
      <CharacterChoice
        label={t('Whose eyes')}
        cast={conversation.cast ?? [characterId]}
        {...{ players, onChoose: choose }}
        chosen={characterId}
      />
      <p className="text-sm text-soft">
        {t(
          'All that stands open here is what {name}’s prompts are made of. What is blacked out, {name} does not know, and no prompt of {name}’s holds it.',
          { name },
        )}
      </p>
      <section
        ref={scroller}
        aria-label={t('The story as {name} knows it', { name })}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        className="h-[min(46dvh,40rem)] sm:h-[min(60dvh,40rem)] overflow-y-auto overscroll-contain rounded-xl border border-line bg-raised px-4 [overflow-anchor:none] focus-visible:outline-offset-[-2px] sm:px-6"
      >
        {rows.length === 0 && <p className="py-4 text-soft text-sm">{t('Nothing has happened yet.')}</p>}
        <div className="relative w-full" style={{ height: virtualizer.getTotalSize() }}>
          <div className="absolute inset-x-0 top-0" style={{ transform: `translateY(${items[0]?.start ?? 0}px)` }}>
            {items.map(({ index, key }) => {
              const row = rows[index]
              const turn = row && path[row.from]
              if (!row || !turn) return null
              return (
                <div key={String(key)} data-index={index} ref={virtualizer.measureElement} className="py-2.5">
                  {row.isMissed ? (
                    <MissedTurns eyes={eyes} from={row.from} to={row.to} />
                  ) : (
                    <SeenTurnView seen={eyes.at(row.from)} kind={turn.speaker.kind} hue={hueOf(turn)} />
                  )}
                </div>
              )
            })}
          </div>
        </div>
      </section>
      <div className="flex justify-end">
        <Button onClick={onClose}>{t('Close')}</Button>
      </div>
    </Dialog>
  )
}

import { useMemo, useState } from 'react'
import type { Conversation } from '#core/conversation/conversation.ts'
import { castIdsOf } from '#core/scene/cast-of.ts'
import { type Knowledge, knowledgeOf } from '#core/scene/knowledge.ts'
import { recallMemory } from '#core/scene/remembering.ts'
import { listOf, t } from '#lib/translate.ts'
import { useStoryMemory } from '#state/memory.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { hueProps } from '#ui/hue.ts'
import type { ChatDialogProps } from '../chat-dialog-props.ts'
import { KnowledgeTable } from './knowledge-table.tsx'
import { chooseCharacter } from './use-chosen-character.ts'

/** So many of the newest turns are shown at first, and so many more each time. */
const shownAtOnce = 30

/** Who perceived which turn, and what each has missed, was told in secret and remembers. */
export function KnowledgeDialog({ conversation, transcript: { path }, players, onClose, onOpen }: ChatDialogProps) {
  const [shown, setShown] = useState(shownAtOnce)
  const all = useMemo(() => knowledgeOf(path, castIdsOf(conversation)), [path, conversation])
  const memory = useStoryMemory(conversation.id)
  const from = Math.max(0, path.length - shown)
  return (
    <Dialog title={t('Who knows what')} onClose={onClose} className="w-[min(58rem,calc(100vw-1.5rem))]">
      {from > 0 && (
        <Button className="self-start" onClick={() => setShown(shown + shownAtOnce)}>
          {t('Show earlier turns')}
        </Button>
      )}
      <KnowledgeTable {...{ path, from, all, players }} />
      <ul className="grid gap-2 sm:grid-cols-2 lg:grid-cols-3">
        {all.map((knowledge) => {
          const speaker = { kind: 'character', characterId: knowledge.id } as const
          const hue = players.hueOf(speaker)
          return (
            <li key={knowledge.id} {...(hue !== undefined && hueProps(hue))}>
              <Mind
                {...{ conversation, knowledge, onOpen }}
                name={players.labelOf(speaker)}
                remembered={recallMemory(memory, path, knowledge.id)?.turns}
              />
            </li>
          )
        })}
      </ul>
      <div className="flex justify-end">
        <Button onClick={onClose}>{t('Close')}</Button>
      </div>
    </Dialog>
  )
}

interface MindProps extends Pick<ChatDialogProps, 'onOpen'> {
  readonly conversation: Conversation
  readonly knowledge: Knowledge
  readonly name: string
  readonly remembered: number | undefined
}

/** What one of them has had of the story, in a few words. */
function Mind({ conversation, knowledge: { id, counts, whispersHeard }, name, remembered, onOpen }: MindProps) {
  const had = [
    counts.missed > 0 && t('missed {missed, plural, one {# turn} other {# turns}}', { missed: counts.missed }),
    whispersHeard > 0 && t('was told {whispersHeard, plural, one {# whisper} other {# whispers}}', { whispersHeard }),
    counts.seen > 0 && t('did not hear {seen, plural, one {# whisper} other {# whispers}}', { seen: counts.seen }),
  ].filter((part) => part !== false)
  const open = (kind: 'eyes' | 'memory') => {
    chooseCharacter(conversation.id, id)
    onOpen(kind)
  }
  return (
    <section
      aria-label={name}
      className="flex h-full flex-col gap-1 rounded-xl border border-line border-s-4 border-s-accent bg-raised px-3.5 py-2.5 text-sm"
    >
      <h3 className="font-semibold text-accent">{name}</h3>
      <p className="text-soft">
        {had.length === 0 ? t('Was there for all of it.') : t('{had}.', { had: capitalised(listOf(had)) })}
      </p>
      <p className="text-faint text-xs">
        {remembered === undefined
          ? t('No memory yet: the turns themselves are sent.')
          : t('Remembers turns 1–{remembered} in a summary.', { remembered })}
      </p>
      <div className="-ms-3 mt-auto flex flex-wrap">
        <Button look="quiet" onClick={() => open('eyes')}>
          {t('Through their eyes')}
        </Button>
        {conversation.userPlays !== id && (
          <Button look="quiet" onClick={() => open('memory')}>
            {t('Memory')}
          </Button>
        )}
      </div>
    </section>
  )
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

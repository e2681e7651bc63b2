import type { ReactNode } from 'react'
import type { Turn } from '#core/conversation/turn.ts'
import type { Reply } from '#core/her/segment.ts'
import { t } from '#lib/translate.ts'
import { readAloud } from '#state/read-aloud.ts'
import { useServices } from '#state/services.tsx'
import { useTakeCount } from '#state/take-count.ts'
import { askAboutTakes } from '#state/taste-dialog.ts'

import { Menu, MenuItem } from '#ui/menu.tsx'
import { branchHere } from './branch-here.ts'
import { copyText } from './copy-text.ts'
import { type Keeping, keptParts } from './keep-layers.ts'
import { useReadingRules } from './reading-rules.ts'
import { speechOf, spokenTexts } from './speech-of.ts'
import { openTurnDialog } from './turn-dialogs.tsx'

const keepings: readonly { readonly keeping: Keeping; readonly label: string }[] = [
  { keeping: 'plan', label: t('Again, same plan') },
  { keeping: 'plan-and-thoughts', label: t('Again, same plan and thoughts') },
]

interface Props {
  readonly turn: Turn
  readonly reply: Reply
  readonly trigger: ReactNode
  readonly onRemove: () => void
}

/** The rest of what can be done with a turn. Loaded when it is first wanted, and open at once. */
export function TurnMenu({ turn, reply, trigger, onRemove }: Props) {
  const services = useServices()
  const { chat, storyTree, voice } = services
  const { layers, seals } = useReadingRules()
  const { conversationId, id, bookmarked } = turn
  const takes = useTakeCount(turn)
  const canRetake = turn.speaker.kind === 'character' && turn.parentId !== null
  return (
    <Menu trigger={trigger}>
      {canRetake &&
        keepings.map(({ keeping, label }) => {
          const kept = keptParts(reply, keeping)
          return (
            <MenuItem
              key={keeping}
              disabled={kept.length === 0}
              onSelect={() => void chat.retake(turn.conversationId, turn.id, kept)}
            >
              {label}
            </MenuItem>
          )
        })}
      {canRetake && (
        <MenuItem disabled={takes < 2} onSelect={() => askAboutTakes({ kind: 'compare', conversationId, turnId: id })}>
          {t('Which take is better?')}
        </MenuItem>
      )}
      {canRetake && (
        <MenuItem onSelect={() => askAboutTakes({ kind: 'best-of', conversationId, turnId: id })}>
          {t('Best of many takes…')}
        </MenuItem>
      )}
      <MenuItem onSelect={() => void branchHere(services, turn)}>{t('Branch from here')}</MenuItem>
      <MenuItem onSelect={() => openTurnDialog('name', id)}>
        {turn.name ? t('Rename this turn') : t('Name this turn')}
      </MenuItem>
      <MenuItem onSelect={() => void storyTree.bookmark(conversationId, id, !bookmarked)}>
        {bookmarked ? t('Take the bookmark out') : t('Bookmark')}
      </MenuItem>
      {turn.speaker.kind !== 'environment' && !turn.template && !seals && (
        <MenuItem onSelect={() => openTurnDialog('prompt', turn.id)}>{t('What the model sees')}</MenuItem>
      )}
      <MenuItem onSelect={() => openTurnDialog('about', id)}>{t('About this turn')}</MenuItem>
      {voice.isThere && (
        <>
          <MenuItem onSelect={() => readAloud(voice, id, spokenTexts(reply))}>{t('Read aloud what is said')}</MenuItem>
          <MenuItem onSelect={() => readAloud(voice, id, spokenTexts(reply, seals ? 'words' : layers))}>
            {t('Read aloud all that is shown')}
          </MenuItem>
        </>
      )}
      <MenuItem onSelect={() => void copyText(speechOf(reply))}>{t('Copy what is said')}</MenuItem>
      {!seals && <MenuItem onSelect={() => void copyText(turn.raw)}>{t('Copy everything, as written')}</MenuItem>}
      <MenuItem onSelect={onRemove}>{t('Delete')}</MenuItem>
    </Menu>
  )
}

import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Speaker } from '#core/conversation/turn.ts'
import { parseReply } from '#core/her/parse.ts'
import { memberOf } from '#core/scene/cast.ts'
import type { SceneLine } from '#core/scene-file/kept-scene.ts'
import { t } from '#lib/translate.ts'
import { useKeptScene } from '#state/kept-scenes.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import type { ChatDialogProps } from '../chat-dialog-props.ts'

/** Where a scene plays, what is known by whom, and how it went in its book. */
export function AboutSceneDialog({ conversation, players, onClose }: ChatDialogProps) {
  const { sceneId, scenario, secrets = {}, userPlays } = conversation
  const kept = useKeptScene(sceneId)
  const isKept = kept !== undefined && kept !== null && kept.deletedAt === undefined
  const nameOf = (speaker: Speaker) => players.labelOf(speaker)
  // The motivation of its card, and what it has on its mind in this scene.
  const own = userPlays && memberOf(userPlays, players.cast)?.card.her.motivation
  const others = players.cast.characters.filter(({ id }) => id !== userPlays && secrets[id])

  return (
    <Dialog title={conversation.title || t('The scene')} onClose={onClose}>
      {scenario && <p className="whitespace-pre-line font-story text-soft leading-relaxed">{scenario}</p>}
      {own && (
        <p className="whitespace-pre-line rounded-xl bg-accent-wash px-4 py-3 text-sm">
          <span className="font-medium">{t('What is on your mind:')}</span> {own}
        </p>
      )}
      {others.length > 0 && (
        <Part title={t('What the others keep to themselves')}>
          <ul className="flex flex-col gap-2 text-sm">
            {others.map(({ id }) => (
              <li key={id}>
                <span className="font-medium">{nameOf({ kind: 'character', characterId: id })}:</span>{' '}
                <span className="text-soft">{secrets[id]}</span>
              </li>
            ))}
          </ul>
        </Part>
      )}
      {kept?.reference && kept.reference.length > 0 && (
        <Part title={kept.book ? t('How it went in {book}', { book: kept.book }) : t('How it went in the book')}>
          <ol className="flex flex-col gap-2 font-story text-sm leading-relaxed">
            {kept.reference.map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a book stay in their places
              <li key={index}>
                <BookLine line={line} name={nameOf(line.speaker)} />
              </li>
            ))}
          </ol>
        </Part>
      )}
      {!scenario && others.length === 0 && !own && !kept?.reference && (
        <p className="text-soft">{t('Nothing was written down of this scene but what is played.')}</p>
      )}
      <div className="flex flex-wrap items-center justify-end gap-2">
        {isKept && (
          <Link href={`/scenes/${kept.id}`} onClick={onClose} className="me-auto text-accent text-sm underline">
            {t('Edit it, or begin it anew')}
          </Link>
        )}
        <Button look="primary" onClick={onClose}>
          {t('Close')}
        </Button>
      </div>
    </Dialog>
  )
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <details className="rounded-xl border border-line px-4 py-3">
      <summary className="text-sm">{title}</summary>
      <div className="mt-3">{children}</div>
    </details>
  )
}

function BookLine({ line: { raw, dialect }, name }: { readonly line: SceneLine; readonly name: string }) {
  return (
    <>
      <span className="text-accent">{name}</span>{' '}
      {parseReply(raw, { dialect, speaker: name }).segments.map(({ layer, text }, index) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: a line that is shown does not change
          key={index}
          className={layer === 'speech' ? '' : 'text-soft italic'}
        >
          {layer === 'role_thinking' ? `${t('(thinks: {words})', { words: text.trim() })} ` : `${text.trim()} `}
        </span>
      ))}
    </>
  )
}

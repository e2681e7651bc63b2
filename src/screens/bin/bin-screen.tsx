import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { t } from '#lib/translate.ts'
import { type BinItem, useBin } from '#state/bin.ts'
import { useServices } from '#state/services.tsx'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Page } from '#ui/page.tsx'
import { rich } from '#ui/rich.ts'
import { showToast } from '#ui/toasts.tsx'
import { BinRow, keyOf } from './bin-row.tsx'

const sections = [
  { kind: 'chat', title: t('Chats') },
  { kind: 'turn', title: t('Turns and branches') },
  { kind: 'character', title: t('Characters') },
  { kind: 'scene', title: t('Scenes') },
  { kind: 'lorebook', title: t('Lorebooks') },
  { kind: 'persona', title: t('Personas') },
] as const

/** What was deleted and can still be brought back. */
export function BinScreen() {
  const { items, bin } = useBin()
  const { chat } = useServices()
  const [, navigate] = useLocation()
  const [asking, setAsking] = useState<BinItem | 'all'>()

  async function restore(item: BinItem) {
    await bin.restore(item)
    switch (item.kind) {
      case 'turn': {
        const { conversationId, id } = item.turn
        return showToast(t('Brought back.'), {
          action: {
            label: t('Read it'),
            run: () => void chat.select(conversationId, id).then(() => navigate(`/chat/${conversationId}#${id}`)),
          },
        })
      }
      case 'chat':
        return showToast(t('Brought back.'), {
          action: { label: t('Open'), run: () => navigate(`/chat/${item.conversation.id}`) },
        })
      case 'persona':
        return showToast(t('Brought back.'), { action: { label: t('Open'), run: () => navigate('/personas') } })
      case 'character':
        return showToast(t('Brought back.'), {
          action: { label: t('Open'), run: () => navigate(`/characters/${item.character.id}`) },
        })
      case 'scene':
        return showToast(t('Brought back.'), {
          action: { label: t('Open'), run: () => navigate(`/scenes/${item.scene.id}`) },
        })
      case 'lorebook':
        return showToast(t('Brought back.'), {
          action: { label: t('Open'), run: () => navigate(`/lorebooks/${item.lorebook.id}`) },
        })
    }
  }

  async function erase(what: BinItem | 'all') {
    setAsking(undefined)
    await (what === 'all' ? bin.empty() : bin.erase(what))
    showToast(what === 'all' ? t('The bin was emptied.') : t('Deleted for good.'))
  }

  return (
    <Page
      title={t('Bin')}
      actions={
        items !== undefined &&
        items.length > 0 && (
          <Button look="danger" onClick={() => setAsking('all')}>
            {t('Empty the bin')}
          </Button>
        )
      }
    >
      <p className="-mt-3 text-sm text-soft">
        {rich(
          'What you delete waits here, as it was, until you bring it back or delete it for good. Back to <link>all chats</link>.',
          {
            link: (words) => (
              <Link href="/chats" className="text-accent underline">
                {words}
              </Link>
            ),
          },
        )}
      </p>
      {items === undefined && <p className="text-soft">{t('Looking…')}</p>}
      {items?.length === 0 && <p className="text-soft">{t('There is nothing in the bin.')}</p>}
      {sections.map(({ kind, title }) => {
        const members = items?.filter((item) => item.kind === kind) ?? []
        return (
          members.length > 0 && (
            <section key={kind} aria-label={title} className="flex flex-col gap-1">
              <h2 className="font-story text-xl">{title}</h2>
              <ul className="flex flex-col divide-y divide-line">
                {members.map((item) => (
                  <BinRow
                    key={keyOf(item)}
                    item={item}
                    onRestore={() => void restore(item)}
                    onErase={() => setAsking(item)}
                  />
                ))}
              </ul>
            </section>
          )
        )
      })}
      {asking && (
        <Dialog
          title={asking === 'all' ? t('Empty the bin?') : t('Delete for good?')}
          onClose={() => setAsking(undefined)}
        >
          <p className="text-soft">
            {warningFor(asking)} {t('This can’t be undone.')}
          </p>
          <div className="flex justify-end gap-2">
            <Button onClick={() => setAsking(undefined)}>{t('Keep')}</Button>
            <Button look="danger" onClick={() => void erase(asking)}>
              {t('Delete for good')}
            </Button>
          </div>
        </Dialog>
      )}
    </Page>
  )
}

function warningFor(what: BinItem | 'all'): string {
  if (what === 'all')
    return t(
      'Everything in the bin is deleted but characters and personas that chats still show, or that come with Subtext.',
    )
  switch (what.kind) {
    case 'turn':
      return what.following === 0
        ? t('The turn is deleted.')
        : t('The turn is deleted, and with it {following, plural, one {the one} other {the #}} after it.', {
            following: what.following,
          })
    case 'chat':
      return t('The chat is deleted with all its takes and branches.')
    case 'persona':
      return t('The persona is deleted with its picture and its notes.')
    case 'character':
      return t('The character is deleted with its card and its pictures.')
    case 'scene':
      return t('The scene is deleted. Chats that were begun from it stay.')
    case 'lorebook':
      return t('The lorebook is deleted with all its entries.')
  }
}

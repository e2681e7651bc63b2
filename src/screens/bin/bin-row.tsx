import type { ReactNode } from 'react'
import type { Conversation } from '#core/conversation/conversation.ts'
import { readTurn } from '#core/conversation/read-turn.ts'
import { withoutSealed } from '#core/conversation/seals.ts'
import { locale, t } from '#lib/translate.ts'
import type { BinItem } from '#state/bin.ts'
import { usePlayers } from '#state/cast.ts'
import { Button } from '#ui/button.tsx'

const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })

/** What tells one thing in the bin from every other. */
export function keyOf(item: BinItem): string {
  switch (item.kind) {
    case 'turn':
      return `turn ${item.turn.conversationId} ${item.turn.id}`
    case 'chat':
      return `chat ${item.conversation.id}`
    case 'persona':
      return `persona ${item.persona.id}`
    case 'character':
      return `character ${item.character.id}`
    case 'lorebook':
      return `lorebook ${item.lorebook.id}`
    case 'scene':
      return `scene ${item.scene.id}`
  }
}

interface Props {
  readonly item: BinItem
  readonly onRestore: () => void
  readonly onErase: () => void
}

/** One thing that was deleted. */
export function BinRow({ item, onRestore, onErase }: Props) {
  switch (item.kind) {
    case 'turn':
      return <TurnRow {...{ item, onRestore, onErase }} />
    case 'chat':
      return <ChatRow {...{ item, onRestore, onErase }} />
    case 'lorebook': {
      const { name } = item.lorebook
      return <Row {...{ name, about: undefined, deletedAt: item.deletedAt, onRestore, onErase }} />
    }
    case 'scene': {
      const name = item.scene.title || t('A scene without a title')
      return <Row {...{ name, about: undefined, deletedAt: item.deletedAt, onRestore, onErase }} />
    }
    case 'persona': {
      const { persona, keptFor } = item
      return (
        <Row
          name={persona.name}
          about={
            keptFor?.reason === 'chats' &&
            t('Played in {chats, plural, one {one chat} other {# chats}}', { chats: keptFor.chats })
          }
          deletedAt={item.deletedAt}
          onRestore={onRestore}
          onErase={keptFor ? undefined : onErase}
        />
      )
    }
    case 'character': {
      const { character, keptFor } = item
      return (
        <Row
          name={character.name}
          about={
            keptFor?.reason === 'bundled'
              ? t('Comes with Subtext')
              : keptFor &&
                t('{chats, plural, one {One chat shows} other {# chats show}} this character', { chats: keptFor.chats })
          }
          deletedAt={item.deletedAt}
          onRestore={onRestore}
          onErase={keptFor ? undefined : onErase}
        />
      )
    }
  }
}

type RowProps<Kind extends BinItem['kind']> = Omit<Props, 'item'> & { readonly item: Extract<BinItem, { kind: Kind }> }

function ChatRow({ item, onRestore, onErase }: RowProps<'chat'>) {
  const name = useChatName(item.conversation)
  return <Row name={name} about={undefined} deletedAt={item.deletedAt} onRestore={onRestore} onErase={onErase} />
}

function TurnRow({ item, onRestore, onErase }: RowProps<'turn'>) {
  const { conversation, turn, following } = item
  const chatName = useChatName(conversation)
  const players = usePlayers(conversation)
  if (!players) return null
  const words = withoutSealed(conversation.seals, turn.id, readTurn(turn, players.cast).segments)
    .filter((segment) => segment.layer === 'speech' || segment.layer === 'role_action')
    .map((segment) => segment.text)
    .join(' ')
  return (
    <Row
      name={`${players.labelOf(turn.speaker)}: ${words || t('no words')}`}
      about={
        following === 0
          ? t('In {chatName}', { chatName })
          : t('In {chatName}, with the {following, plural, one {turn} other {# turns}} after it', {
              chatName,
              following,
            })
      }
      deletedAt={item.deletedAt}
      onRestore={onRestore}
      onErase={onErase}
    />
  )
}

function useChatName(conversation: Conversation): string {
  const players = usePlayers(conversation)
  return (
    conversation.title || players?.labelOf({ kind: 'character', characterId: conversation.characterId }) || t('Chat')
  )
}

interface ViewProps {
  readonly name: string
  readonly about: ReactNode
  readonly deletedAt: number
  readonly onRestore: () => void
  readonly onErase: (() => void) | undefined
}

function Row({ name, about, deletedAt, onRestore, onErase }: ViewProps) {
  const short = name.slice(0, 80)
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-3">
      <div className="min-w-48 flex-1">
        <p className="line-clamp-2 font-story">{name}</p>
        <p className="text-faint text-xs">
          {about && <>{about} · </>}
          <time dateTime={new Date(deletedAt).toISOString()}>
            {t('deleted {date}', { date: dates.format(deletedAt) })}
          </time>
        </p>
      </div>
      <Button aria-label={t('Bring back {name}', { name: short })} onClick={onRestore}>
        {t('Bring back')}
      </Button>
      {onErase && (
        <Button look="quiet" aria-label={t('Delete for good {name}', { name: short })} onClick={onErase}>
          {t('Delete for good')}
        </Button>
      )}
    </li>
  )
}

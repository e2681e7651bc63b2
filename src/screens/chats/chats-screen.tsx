import { Trash2 } from 'lucide-react'
import { Link } from 'wouter'
import { viewCard } from '#core/cards/view-card.ts'
import type { Conversation } from '#core/conversation/conversation.ts'
import { useCharacter, useFileUrl } from '#state/characters.ts'
import { useConversations } from '#state/conversations.ts'
import { rememberDeletion } from '#state/deletions.ts'
import { useServices } from '#state/services.tsx'
import { Button } from '#ui/button.tsx'
import { hueProps } from '#ui/hue.ts'
import { Page } from '#ui/page.tsx'
import { PlaceLink } from '#ui/place-link.tsx'
import { Portrait } from '#ui/portrait.tsx'
import { showToast } from '#ui/toasts.tsx'
import { BackupReminder } from './backup-reminder.tsx'
import { ImportChatButton } from './import-chat-button.tsx'

const dates = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })

/** Every chat, latest first. */
export function ChatsScreen() {
  const conversations = useConversations()
  return (
    <Page
      title="Chats"
      actions={
        <>
          <PlaceLink href="/search">Search everything</PlaceLink>
          <PlaceLink href="/bin">Bin</PlaceLink>
          <ImportChatButton />
        </>
      }
    >
      <BackupReminder />
      {conversations?.length === 0 && (
        <p className="text-soft">
          No chats yet.{' '}
          <Link href="/characters" className="text-accent underline">
            Choose a character
          </Link>{' '}
          to begin one.
        </p>
      )}
      <ul className="flex flex-col divide-y divide-line">
        {conversations?.map((conversation) => (
          <ChatRow key={conversation.id} conversation={conversation} />
        ))}
      </ul>
    </Page>
  )
}

function ChatRow({ conversation }: { readonly conversation: Conversation }) {
  const { chat } = useServices()
  const character = useCharacter(conversation.characterId)
  const portrait = useFileUrl(character?.portraitId)
  if (!character) return null
  const { name } = viewCard(character.document)

  async function remove() {
    const undo = rememberDeletion(await chat.removeConversation(conversation.id))
    showToast('Chat deleted. It waits in the bin.', { action: { label: 'Undo', run: () => void undo() } })
  }

  return (
    <li className="flex items-center gap-2" {...hueProps(character.hue)}>
      <Link
        href={`/chat/${conversation.id}`}
        className="flex min-w-0 flex-1 items-center gap-4 rounded-xl px-2 py-3 hover:bg-sunken"
      >
        <Portrait url={portrait} name={name} className="size-12 text-xl" />
        <span className="flex min-w-0 flex-col">
          <span className="truncate font-story text-lg">{conversation.title || name}</span>
          <time dateTime={new Date(conversation.updatedAt).toISOString()} className="text-faint text-xs">
            {dates.format(conversation.updatedAt)}
          </time>
        </span>
      </Link>
      <Button look="quiet" aria-label={`Delete the chat with ${name}`} onClick={() => void remove()}>
        <Trash2 aria-hidden className="size-4" />
      </Button>
    </li>
  )
}

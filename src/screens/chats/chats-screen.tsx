import { Trash2 } from 'lucide-react'
import { useMemo, useState } from 'react'
import { Link } from 'wouter'
import { viewCard } from '#core/cards/view-card.ts'
import type { Conversation } from '#core/conversation/conversation.ts'
import { listOf, locale, t } from '#lib/translate.ts'
import { useCatalogue, useCharacter, useCharactersOf, useFileUrl } from '#state/characters.ts'
import { useConversations } from '#state/conversations.ts'
import { rememberDeletion } from '#state/deletions.ts'
import { useServices } from '#state/services.tsx'
import { Button } from '#ui/button.tsx'
import { TextInput } from '#ui/field.tsx'
import { hueProps } from '#ui/hue.ts'
import { Page } from '#ui/page.tsx'
import { PlaceLink } from '#ui/place-link.tsx'
import { Portrait } from '#ui/portrait.tsx'
import { rich } from '#ui/rich.ts'
import { showToast } from '#ui/toasts.tsx'
import { BackupReminder } from './backup-reminder.tsx'
import { findChats } from './find-chats.ts'
import { ImportChatButton } from './import-chat-button.tsx'
import { SceneFaces } from './scene-faces.tsx'

/** So many chats are seen at a glance. */
const fewChats = 4

const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })

/** Every chat, latest first. */
export function ChatsScreen() {
  const conversations = useConversations()
  const catalogue = useCatalogue()
  const [wanted, setWanted] = useState('')
  const shown = useMemo(() => {
    const names = new Map(catalogue?.map(({ id, name }) => [id, name]))
    return conversations && findChats(conversations, wanted, (id) => names.get(id))
  }, [conversations, catalogue, wanted])
  return (
    <Page
      title={t('Chats')}
      actions={
        <>
          <PlaceLink href="/search">{t('Search everything')}</PlaceLink>
          <PlaceLink href="/bin">{t('Bin')}</PlaceLink>
          <ImportChatButton />
        </>
      }
    >
      <BackupReminder />
      {conversations?.length === 0 && (
        <p className="text-soft">
          {rich('No chats yet. <link>Choose a character</link> to begin one.', {
            link: (words) => (
              <Link href="/characters" className="text-accent underline">
                {words}
              </Link>
            ),
          })}
        </p>
      )}
      {conversations && conversations.length >= fewChats && (
        <TextInput
          type="search"
          aria-label={t('Find a chat')}
          placeholder={t('By its title, or by anyone in it')}
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
      )}
      {conversations && conversations.length > 0 && shown?.length === 0 && (
        <p role="status" className="text-soft">
          {t('No chat is called so, and nobody of that name is in one. What was said is found by “Search everything”.')}
        </p>
      )}
      <ul className="flex flex-col divide-y divide-line">
        {shown?.map((conversation) => (
          <ChatRow key={conversation.id} conversation={conversation} />
        ))}
      </ul>
    </Page>
  )
}

function ChatRow({ conversation }: { readonly conversation: Conversation }) {
  const { chat } = useServices()
  const character = useCharacter(conversation.characterId)
  const cast = useCharactersOf(conversation.cast)
  const portrait = useFileUrl(character?.portraitId)
  if (!character || !cast) return null
  const { name } = viewCard(character.document)
  const isScene = conversation.cast !== undefined
  const names = listOf((isScene ? cast : [character]).map(({ document }) => viewCard(document).name))

  async function remove() {
    const undo = rememberDeletion(await chat.removeConversation(conversation.id))
    showToast(t('Chat deleted. It waits in the bin.'), { action: { label: t('Undo'), run: () => void undo() } })
  }

  return (
    <li className="flex items-center gap-2" {...hueProps(character.hue)}>
      <Link
        href={`/chat/${conversation.id}`}
        className="flex min-w-0 flex-1 items-center gap-4 rounded-xl px-2 py-3 hover:bg-sunken"
      >
        {isScene ? (
          <SceneFaces characters={cast} className="size-10 text-base sm:size-12 sm:text-xl" />
        ) : (
          <Portrait url={portrait} name={name} className="size-12 text-xl" />
        )}
        <span className="flex min-w-0 flex-col">
          <span className="truncate font-story text-lg">{conversation.title || names}</span>
          {conversation.title !== '' && conversation.title !== names && (
            <span className="truncate text-soft text-sm">{names}</span>
          )}
          <time dateTime={new Date(conversation.updatedAt).toISOString()} className="text-faint text-xs">
            {dates.format(conversation.updatedAt)}
          </time>
        </span>
      </Link>
      <Button
        look="quiet"
        aria-label={
          isScene ? t('Delete the scene with {names}', { names }) : t('Delete the chat with {names}', { names })
        }
        onClick={() => void remove()}
      >
        <Trash2 aria-hidden className="size-4" />
      </Button>
    </li>
  )
}

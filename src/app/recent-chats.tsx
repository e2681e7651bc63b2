import { Link } from 'wouter'
import { viewCard } from '#core/cards/view-card.ts'
import type { Conversation } from '#core/conversation/conversation.ts'
import { t } from '#lib/translate.ts'
import { SceneFaces } from '#screens/chats/scene-faces.tsx'
import { useCharacter, useCharactersOf, useFileUrl } from '#state/characters.ts'
import { useConversations } from '#state/conversations.ts'
import { hueProps } from '#ui/hue.ts'
import { Portrait } from '#ui/portrait.tsx'

/** How many of the latest chats stand in the frame. */
const shown = 12

/** The latest chats, one step away, where there is room for them. */
export function RecentChats() {
  const conversations = useConversations()
  return (
    <ul aria-label={t('Recent chats')} className="mt-4 flex flex-col gap-0.5 max-md:hidden">
      {conversations?.slice(0, shown).map((conversation) => (
        <RecentChat key={conversation.id} conversation={conversation} />
      ))}
    </ul>
  )
}

function RecentChat({ conversation }: { readonly conversation: Conversation }) {
  const character = useCharacter(conversation.characterId)
  const cast = useCharactersOf(conversation.cast)
  const portrait = useFileUrl(character?.portraitId)
  if (!character || !cast) return null
  const { name } = viewCard(character.document)
  return (
    <li {...hueProps(character.hue)}>
      <Link
        href={`/chat/${conversation.id}`}
        className="flex items-center gap-2.5 rounded-lg px-2 py-1.5 text-sm text-soft hover:bg-raised hover:text-ink"
      >
        {conversation.cast ? (
          <SceneFaces characters={cast.slice(0, 2)} className="size-6 text-xs" />
        ) : (
          <Portrait url={portrait} name={name} className="size-7 text-sm" />
        )}
        <span className="truncate">{conversation.title || name}</span>
      </Link>
    </li>
  )
}

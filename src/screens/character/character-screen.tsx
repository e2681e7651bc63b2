import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo, useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { CardView } from '#core/cards/card.ts'
import type { Character } from '#core/cards/character.ts'
import { expandMacros } from '#core/cards/macros.ts'
import { viewCard } from '#core/cards/view-card.ts'
import type { Conversation } from '#core/conversation/conversation.ts'
import { userNameInPrompts } from '#core/conversation/persona.ts'
import type { CharacterId } from '#core/ids.ts'
import { locale, t } from '#lib/translate.ts'
import { useCharacter, useFileUrl } from '#state/characters.ts'
import { type Command, useCommands } from '#state/commands.ts'
import { useConversations } from '#state/conversations.ts'
import { rememberDeletion } from '#state/deletions.ts'
import { useNewChatPersona, usePersona } from '#state/personas.ts'
import { useServices } from '#state/services.tsx'
import { Button } from '#ui/button.tsx'
import { hueProps } from '#ui/hue.ts'
import { NotHere } from '#ui/not-here.tsx'
import { Page } from '#ui/page.tsx'
import { PlaceLink } from '#ui/place-link.tsx'
import { showToast } from '#ui/toasts.tsx'
import { GreetingChoice } from './greeting-choice.tsx'
import { LoreSection } from './lore-section.tsx'
import { ModelChoiceFields } from './model-choice.tsx'
import { PersonaChoice } from './persona-choice.tsx'

/** One character: who it is, how a chat with it can begin, and the chats there are. */
export function CharacterScreen({ id }: { readonly id: string }) {
  const character = useCharacter(id as CharacterId)
  if (character === undefined) return <main className="h-full" />
  if (character === null || character.deletedAt !== undefined) {
    return (
      <NotHere title={t('There is no such character here')} href="/characters">
        {t('All characters')}
      </NotHere>
    )
  }
  return <CharacterPage key={character.id} character={character} />
}

function CharacterPage({ character }: { readonly character: Character }) {
  const { chat, library, sceneOf } = useServices()
  const [, navigate] = useLocation()
  const portrait = useFileUrl(character.portraitId)
  const persona = usePersona(useNewChatPersona(character))
  const card = viewCard(character.document)
  const names = { char: card.nickname ?? card.name, user: persona?.name ?? userNameInPrompts }
  const fill = (text: string) => expandMacros(text, { ...names, audience: 'reader' })
  const [greeting, setGreeting] = useState(0)
  const { slug } = character
  const scenes = useConversations()?.filter((one) => one.cast?.includes(character.id)).length ?? 0
  useEditCommand(character.id)
  const scene = useQuery({
    queryKey: ['scene', slug],
    queryFn: async () => (slug && (await sceneOf(slug))) || null,
  }).data

  async function begin(kind: 'greetings' | 'scene') {
    const conversationId = await chat.begin(
      character.id,
      kind === 'scene' && scene
        ? { kind, line: scene.opening }
        : card.greetings.length > 0
          ? { kind: 'greetings', greetings: card.greetings, chosen: greeting }
          : { kind: 'blank' },
    )
    navigate(`/chat/${conversationId}`)
  }

  async function remove() {
    const undo = rememberDeletion(await library.remove(character.id))
    navigate('/characters')
    showToast(toldOfDeletion(card.name, scenes), { action: { label: t('Undo'), run: () => void undo() } })
  }

  return (
    <div className="h-full" {...hueProps(character.hue)}>
      <Page
        title={card.name}
        actions={
          <>
            <span className="flex">
              <PlaceLink href={`/characters/${character.id}/edit`}>{t('Edit')}</PlaceLink>
              <PlaceLink href={`/characters/${character.id}/edit/export`}>{t('Export')}</PlaceLink>
            </span>
            {scene && <Button onClick={() => void begin('scene')}>{t('Play the scene')}</Button>}
            <Button look="primary" onClick={() => void begin('greetings')}>
              {t('New chat')}
            </Button>
          </>
        }
      >
        <div className="grid gap-8 sm:grid-cols-[14rem_1fr]">
          <div className="flex flex-col gap-4">
            {portrait && (
              <img
                src={portrait}
                alt={t('Portrait of {name}', { name: card.name })}
                className="w-full max-w-56 rounded-2xl border border-line"
              />
            )}
            <Facts card={card} />
            <LoreSection character={character} />
            <PersonaChoice character={character} />
            <ModelChoiceFields character={character} />
            <ChatsWith characterId={character.id} />
            <Button look="quiet" className="self-start" onClick={() => void remove()}>
              {t('Delete character')}
            </Button>
          </div>
          <div className="flex min-w-0 flex-col gap-6">
            {scene && (
              <Section title={t('Scene: {title}', { title: scene.title })}>
                <p className="story text-soft italic">{scene.opening}</p>
              </Section>
            )}
            <GreetingChoice {...{ card, persona: persona ?? undefined, chosen: greeting, onChoose: setGreeting }} />
            <TextSection title={t('Description')} text={fill(card.description)} />
            <TextSection title={t('Personality')} text={fill(card.personality)} />
            <TextSection title={t('Scenario')} text={fill(card.scenario)} />
            <TextSection title={t('What moves them')} text={fill(card.her.motivation ?? '')} />
            <TextSection title={t('Example dialogue')} text={card.exampleDialogue} />
            <TextSection title={t('System prompt')} text={card.systemPrompt} />
            <TextSection title={t('After the history')} text={card.postHistoryInstructions} />
            <TextSection title={t('From the author')} text={card.creatorNotes} />
          </div>
        </div>
      </Page>
    </div>
  )
}

/** A part in a scene is played to its end. */
function toldOfDeletion(name: string, scenes: number): string {
  if (scenes === 0) return t('{name} deleted. The chats stay.', { name })
  return t(
    '{name} deleted. The chats stay, and so does the part in {scenes, plural, one {a scene} other {# scenes}}.',
    { name, scenes },
  )
}

/** To write the card is a command as well. */
function useEditCommand(id: CharacterId): void {
  const [, navigate] = useLocation()
  const commands = useMemo(
    (): readonly Command[] => [
      {
        id: 'edit-card',
        title: t('Edit this character'),
        group: 'Page',
        words: t('studio, card, write'),
        run: () => navigate(`/characters/${id}/edit`),
      },
    ],
    [id, navigate],
  )
  useCommands(commands)
}

function Facts({ card }: { readonly card: CardView }) {
  const facts = [
    [t('From'), card.her.book],
    [t('By'), card.creator],
    [t('Version'), card.version],
    [t('Called'), card.nickname],
  ].filter(([, value]) => value)
  return (
    <>
      {facts.length > 0 && (
        <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1 text-sm">
          {facts.map(([label, value]) => (
            <div key={label} className="contents">
              <dt className="text-faint">{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {card.tags.length > 0 && (
        <ul aria-label={t('Tags')} className="flex flex-wrap gap-1.5">
          {[...new Set(card.tags)].map((tag) => (
            <li key={tag} className="rounded-full bg-accent-wash px-2.5 py-0.5 text-accent text-xs">
              {tag}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function ChatsWith({ characterId }: { readonly characterId: CharacterId }) {
  const chats = useConversations()
  const alone = chats?.filter((chat) => chat.cast === undefined && chat.characterId === characterId) ?? []
  const scenes = chats?.filter((chat) => chat.cast?.includes(characterId)) ?? []
  return (
    <>
      <ChatList title={t('Chats')} chats={alone} />
      <ChatList title={t('Scenes')} chats={scenes} />
    </>
  )
}

function ChatList({ title, chats }: { readonly title: string; readonly chats: readonly Conversation[] }) {
  if (chats.length === 0) return null
  return (
    <Section title={title}>
      <ul className="flex flex-col gap-1 text-sm">
        {chats.map((conversation) => (
          <li key={conversation.id}>
            <Link href={`/chat/${conversation.id}`} className="text-accent underline">
              {conversation.title || new Date(conversation.updatedAt).toLocaleString(locale)}
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function TextSection({ title, text }: { readonly title: string; readonly text: string | undefined }) {
  if (!text?.trim()) return null
  return (
    <Section title={title}>
      <p className="font-story text-[0.9375rem] text-soft leading-relaxed whitespace-pre-wrap">{text}</p>
    </Section>
  )
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="flex flex-col gap-1.5">
      <h2 className="font-medium text-sm">{title}</h2>
      {children}
    </section>
  )
}

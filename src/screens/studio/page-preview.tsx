import { useMemo, useState } from 'react'
import type { CardDocument } from '#core/cards/card.ts'
import type { Character } from '#core/cards/character.ts'
import { fieldMacros } from '#core/cards/field-macros.ts'
import { expandMacros } from '#core/cards/macros.ts'
import { viewCard } from '#core/cards/view-card.ts'
import { userNameInPrompts } from '#core/conversation/persona.ts'
import { parseReply } from '#core/her/parse.ts'
import type { Layer } from '#core/her/segment.ts'
import { t } from '#lib/translate.ts'
import { useFileUrl } from '#state/characters.ts'
import { useNewChatPersona, usePersona } from '#state/personas.ts'
import { Markdown } from '#ui/markdown.tsx'

interface Props {
  readonly character: Character
  readonly document: CardDocument
  readonly greeting: string | undefined
}

const looks: Readonly<Record<Layer, string>> = {
  speech: '',
  role_action: 'text-[0.9375rem] text-soft italic',
  role_thinking: 'border-accent/60 border-s-2 ps-3.5 text-[0.9375rem] text-soft italic',
  system_thinking: 'font-sans text-faint text-xs',
}

/** The card as a reader meets it: its page, and how a chat with it begins. */
export function PagePreview({ character, document, greeting }: Props) {
  const portrait = useFileUrl(character.portraitId)
  const persona = usePersona(useNewChatPersona(character))
  const [openedAt] = useState(() => Date.now())
  const card = viewCard(document)
  const { name, nickname } = card
  const user = persona?.name ?? userNameInPrompts
  // As the page does, so that an author sees what a reader will.
  const fill = (text: string) => expandMacros(text, { char: nickname ?? name, user, audience: 'reader' })
  const segments = useMemo(() => {
    const names = {
      char: nickname ?? name,
      user,
      chance: { chat: 'preview', reply: String(openedAt) },
      now: { at: openedAt },
    }
    const others = fieldMacros(card, persona?.description ?? '', names)
    const text = expandMacros(greeting ?? '', { ...names, others })
    return parseReply(text, { dialect: 'markdown', speaker: nickname ?? name, aliases: [name] }).segments
  }, [greeting, card, name, nickname, persona, user, openedAt])

  return (
    <article aria-label={t('The page')} className="flex flex-col gap-4">
      <header className="flex gap-4">
        {portrait && (
          <img
            src={portrait}
            alt={t('Portrait of {name}', { name })}
            className="max-h-48 w-28 shrink-0 self-start rounded-xl border border-line object-cover object-top"
          />
        )}
        <div className="flex min-w-0 flex-col gap-1">
          <p className="font-story text-2xl leading-tight">{name}</p>
          {nickname && <p className="text-soft text-sm">{t('called {nickname}', { nickname })}</p>}
          {card.her.book && <p className="text-faint text-sm">{card.her.book}</p>}
          {card.tags.length > 0 && (
            <ul aria-label={t('Tags')} className="flex flex-wrap gap-1">
              {[...new Set(card.tags)].map((tag) => (
                <li key={tag} className="rounded-full bg-accent-wash px-2 py-0.5 text-accent text-xs">
                  {tag}
                </li>
              ))}
            </ul>
          )}
        </div>
      </header>
      {segments.length > 0 ? (
        <div className="story flex flex-col gap-2.5 rounded-xl border border-line bg-page p-4 text-base">
          {segments.map(({ layer, text }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a segment has no identity but its place
            <div key={index} data-layer={layer} className={looks[layer]}>
              {layer === 'role_thinking' && (
                <span className="block font-sans text-accent text-xs not-italic">{t('Inner thought')}</span>
              )}
              <Markdown text={text} />
            </div>
          ))}
        </div>
      ) : (
        <p className="text-faint text-sm">{t('Without a greeting a chat begins with the reader’s words.')}</p>
      )}
      <PreviewText title={t('Description')} text={fill(card.description)} />
      <PreviewText title={t('Personality')} text={fill(card.personality)} />
      <PreviewText title={t('Scenario')} text={fill(card.scenario)} />
      <PreviewText title={t('From the author')} text={card.creatorNotes} />
    </article>
  )
}

function PreviewText({ title, text }: { readonly title: string; readonly text: string }) {
  if (text.trim() === '') return null
  return (
    <section className="flex flex-col gap-1">
      <h2 className="font-medium text-sm">{title}</h2>
      <p className="whitespace-pre-wrap font-story text-[0.9375rem] text-soft leading-relaxed">{text}</p>
    </section>
  )
}

import { useState } from 'react'
import type { CardView } from '#core/cards/card.ts'
import { fieldMacros } from '#core/cards/field-macros.ts'
import { expandMacros } from '#core/cards/macros.ts'
import type { Persona } from '#core/conversation/conversation.ts'
import { userNameInPrompts } from '#core/conversation/persona.ts'
import { parseReply } from '#core/her/parse.ts'
import { t } from '#lib/translate.ts'
import { Markdown } from '#ui/markdown.tsx'

interface Props {
  readonly card: CardView
  readonly persona: Persona | undefined
  readonly chosen: number
  readonly onChoose: (greeting: number) => void
}

/** Which greeting a new chat begins with. */
export function GreetingChoice({ card, persona, chosen, onChoose }: Props) {
  const [openedAt] = useState(() => Date.now())
  if (card.greetings.length === 0) return null
  // What falls to chance may fall otherwise in the chat: an example says more than the macro.
  const names = {
    char: card.nickname ?? card.name,
    user: persona?.name ?? userNameInPrompts,
    chance: { chat: 'preview', reply: String(openedAt) },
    now: { at: openedAt },
  }
  const macros = { ...names, others: fieldMacros(card, persona?.description ?? '', names) }
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 font-medium text-sm">
        {card.greetings.length === 1 ? t('Greeting') : t('A chat begins with')}
      </legend>
      {card.greetings.map((greeting, index) => (
        <label
          // biome-ignore lint/suspicious/noArrayIndexKey: greetings are told apart by their place
          key={index}
          className="flex gap-3 rounded-xl border border-line p-3 has-checked:border-accent has-checked:bg-accent-wash"
        >
          <input
            type="radio"
            name="greeting"
            className="mt-1.5 accent-accent"
            checked={chosen === index}
            onChange={() => onChoose(index)}
          />
          <span className="story flex min-w-0 flex-col gap-1.5 text-[0.9375rem]">
            {parseReply(expandMacros(greeting, macros), { dialect: 'markdown', speaker: card.name }).segments.map(
              (segment, place) => (
                <span
                  // biome-ignore lint/suspicious/noArrayIndexKey: the segments of a greeting never move
                  key={place}
                  className={segment.layer === 'speech' ? undefined : 'text-soft italic'}
                >
                  <Markdown text={segment.text} />
                </span>
              ),
            )}
          </span>
        </label>
      ))}
    </fieldset>
  )
}

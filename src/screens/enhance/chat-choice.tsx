import { useState } from 'react'
import type { ConversationId } from '#core/ids.ts'
import { castIdsOf } from '#core/scene/cast-of.ts'
import { t } from '#lib/translate.ts'
import { useCatalogue } from '#state/characters.ts'
import { useConversations } from '#state/conversations.ts'
import { Check } from '#ui/check.tsx'
import { TextInput } from '#ui/field.tsx'

interface Props {
  readonly chosen: ReadonlySet<ConversationId>
  readonly onChange: (chosen: ReadonlySet<ConversationId>) => void
}

/** So many chats are listed at once; the others are found by name. */
const mostListed = 60

/** Which chats are enhanced: what is read of each now. */
export function ChatChoice({ chosen, onChange }: Props) {
  const conversations = useConversations()
  const catalogue = useCatalogue()
  const [wanted, setWanted] = useState('')
  const names = new Map(catalogue?.map(({ id, name, nickname }) => [id, nickname || name]))
  const rows = (conversations ?? [])
    .filter(({ headId }) => headId !== null)
    .map((conversation) => {
      const cast = castIdsOf(conversation).map((id) => names.get(id) ?? t('Someone'))
      return { id: conversation.id, label: [conversation.title, cast.join(', ')].filter(Boolean).join(' · ') }
    })
  const words = wanted.trim().toLowerCase()
  const found = rows.filter(({ id, label }) => chosen.has(id) || label.toLowerCase().includes(words))

  function toggle(id: ConversationId, isOn: boolean) {
    const next = new Set(chosen)
    if (isOn) next.add(id)
    else next.delete(id)
    onChange(next)
  }

  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 font-medium text-sm">{t('Chats')}</legend>
      {rows.length > 8 && (
        <TextInput
          aria-label={t('Find a chat')}
          placeholder={t('Find a chat')}
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
      )}
      {conversations && rows.length === 0 && <p className="text-soft text-sm">{t('There are no chats yet.')}</p>}
      <div className="flex max-h-60 flex-col overflow-y-auto">
        {found.slice(0, mostListed).map(({ id, label }) => (
          <Check key={id} label={label} isOn={chosen.has(id)} onChange={(isOn) => toggle(id, isOn)} />
        ))}
      </div>
    </fieldset>
  )
}

import type { KeptLorebook } from '#core/lorebook/kept-lorebook.ts'
import { locale, t } from '#lib/translate.ts'
import { useCatalogue } from '#state/characters.ts'
import { useConversations } from '#state/conversations.ts'
import { isAttached, type LoreTarget } from '#state/lorebooks.ts'
import { usePersonas } from '#state/personas.ts'
import { useServices } from '#state/services.tsx'
import { Button } from '#ui/button.tsx'
import { Check } from '#ui/check.tsx'
import { Field, Select } from '#ui/field.tsx'

interface Option {
  readonly key: string
  readonly label: string
  readonly target: LoreTarget
  readonly isAttached: boolean
}

/** What the book is part of, and what it can be made part of. */
export function UsedIn({ lorebook }: { readonly lorebook: KeptLorebook }) {
  const { lorebooks } = useServices()
  const groups = useTargets(lorebook)
  const attached = groups.flatMap(({ options }) => options.filter((option) => option.isAttached))
  const attach = async (target: LoreTarget, isOn: boolean) => (await lorebooks()).attach(lorebook.id, target, isOn)
  return (
    <section aria-label={t('Used in')} className="flex flex-col gap-3">
      <h2 className="font-story text-xl">{t('Used in')}</h2>
      <Check
        label={t('Every chat')}
        isOn={lorebook.isEverywhere}
        onChange={(isOn) => attach({ kind: 'everywhere' }, isOn)}
      />
      {attached.length > 0 && (
        <ul className="flex flex-col divide-y divide-line">
          {attached.map(({ key, label, target }) => (
            <li key={key} className="flex items-center gap-2 py-1 text-sm">
              <span className="me-auto min-w-0 truncate">{label}</span>
              <Button
                look="quiet"
                aria-label={t('Detach from {label}', { label })}
                onClick={() => void attach(target, false)}
              >
                {t('Detach')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Field
        label={t('Attach to')}
        hint={t('Attached to a character it is that character’s knowledge, and no other’s.')}
      >
        {(ids) => (
          <Select
            {...ids}
            value=""
            onChange={(event) => {
              const option = groups.flatMap(({ options }) => options).find(({ key }) => key === event.target.value)
              if (option) void attach(option.target, true)
            }}
          >
            <option value="">{t('Choose…')}</option>
            {groups.map(({ title, options }) => (
              <optgroup key={title} label={title}>
                {options
                  .filter((option) => !option.isAttached)
                  .map(({ key, label }) => (
                    <option key={key} value={key}>
                      {label}
                    </option>
                  ))}
              </optgroup>
            ))}
          </Select>
        )}
      </Field>
    </section>
  )
}

/** Chats that are offered; those before them are attached from within. */
const offeredChats = 50

function useTargets({ id }: KeptLorebook): readonly { readonly title: string; readonly options: readonly Option[] }[] {
  const characters = useCatalogue() ?? []
  const personas = usePersonas() ?? []
  const conversations = useConversations() ?? []
  const names = new Map(characters.map((character) => [character.id, character.name]))
  const chats = conversations.filter((chat, index) => index < offeredChats || isAttached(chat, id))
  return [
    {
      title: t('Characters'),
      options: characters.map((row) => ({
        key: `character ${row.id}`,
        label: names.get(row.id) ?? '',
        target: { kind: 'character', id: row.id },
        isAttached: isAttached(row, id),
      })),
    },
    {
      title: t('Personas'),
      options: personas.map((row) => ({
        key: `persona ${row.id}`,
        label: t('You as {name}', { name: row.name }),
        target: { kind: 'persona', id: row.id },
        isAttached: isAttached(row, id),
      })),
    },
    {
      title: t('Chats'),
      options: chats.map((row) => ({
        key: `chat ${row.id}`,
        label: t('Chat: {title}', {
          title:
            row.title ||
            `${names.get(row.characterId) ?? t('Someone')}, ${new Date(row.updatedAt).toLocaleString(locale)}`,
        }),
        target: { kind: 'chat', id: row.id },
        isAttached: isAttached(row, id),
      })),
    },
  ]
}

import { useState } from 'react'
import { listOf, t } from '#lib/translate.ts'
import type { NamesakeChoice, NamesakeQuestion } from '#state/import-run.ts'
import { FormDialog } from '#ui/form-dialog.tsx'

/** As many names as one reads before deciding. */
const namesShown = 8

const choices: readonly { readonly choice: NamesakeChoice; readonly label: string; readonly about: string }[] = [
  {
    choice: 'both',
    label: t('Keep both'),
    about: t('They come in as characters of their own, beside those that are there.'),
  },
  {
    choice: 'update',
    label: t('Update those that are there'),
    about: t(
      'The new cards take their places. Chats stay with them, what the cards were before is kept, and it can be undone.',
    ),
  },
  { choice: 'skip', label: t('Skip them'), about: t('Nothing changes.') },
]

/** Asks once what to do with all cards that have the name of another in the library. */
export function NamesakeDialog({ question: { names, answer } }: { readonly question: NamesakeQuestion }) {
  const [chosen, setChosen] = useState<NamesakeChoice>('both')
  const shown = names.slice(0, namesShown)
  return (
    <FormDialog
      title={t('{count, plural, one {This name is in your library} other {# names are in your library}}', {
        count: names.length,
      })}
      submitLabel={t('Go on')}
      onSubmit={() => answer(chosen)}
      onClose={() => answer('skip')}
    >
      <p className="text-sm text-soft">
        {t(
          '{names}: {count, plural, one {the card says} other {the cards say}} something else than the one that is there.',
          {
            names: listOf([
              ...shown,
              ...(names.length > shown.length
                ? [t('{count, number} more', { count: names.length - shown.length })]
                : []),
            ]),
            count: names.length,
          },
        )}
      </p>
      <fieldset className="flex flex-col gap-2">
        <legend className="sr-only">
          {t('What to do with {count, plural, one {it} other {them}}', { count: names.length })}
        </legend>
        {choices.map(({ choice, label, about }) => (
          <label
            key={choice}
            className="flex gap-3 rounded-xl border border-line p-3 text-sm has-checked:border-accent has-checked:bg-accent-wash"
          >
            <input
              type="radio"
              name="namesakes"
              className="mt-1 accent-accent"
              checked={chosen === choice}
              onChange={() => setChosen(choice)}
            />
            <span>
              <span className="font-medium">{label}</span>
              <span className="block text-soft">{about}</span>
            </span>
          </label>
        ))}
      </fieldset>
    </FormDialog>
  )
}

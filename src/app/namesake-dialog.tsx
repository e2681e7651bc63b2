import { useState } from 'react'
import type { NamesakeChoice, NamesakeQuestion } from '#state/import-run.ts'
import { FormDialog } from '#ui/form-dialog.tsx'

/** As many names as one reads before deciding. */
const namesShown = 8

const choices: readonly { readonly choice: NamesakeChoice; readonly label: string; readonly about: string }[] = [
  {
    choice: 'both',
    label: 'Keep both',
    about: 'They come in as characters of their own, beside those that are there.',
  },
  {
    choice: 'update',
    label: 'Update those that are there',
    about:
      'The new cards take their places. Chats stay with them, what the cards were before is kept, and it can be undone.',
  },
  { choice: 'skip', label: 'Skip them', about: 'Nothing changes.' },
]

/** Asks once what to do with all cards that have the name of another in the library. */
export function NamesakeDialog({ question: { names, answer } }: { readonly question: NamesakeQuestion }) {
  const [chosen, setChosen] = useState<NamesakeChoice>('both')
  const shown = names.slice(0, namesShown)
  return (
    <FormDialog
      title={names.length === 1 ? 'This name is in your library' : `${names.length} names are in your library`}
      submitLabel="Go on"
      onSubmit={() => answer(chosen)}
      onClose={() => answer('skip')}
    >
      <p className="text-sm text-soft">
        {shown.join(', ')}
        {names.length > shown.length && ` and ${names.length - shown.length} more`}:{' '}
        {names.length === 1 ? 'the card says' : 'the cards say'} something else than the one that is there.
      </p>
      <fieldset className="flex flex-col gap-2">
        <legend className="sr-only">What to do with {names.length === 1 ? 'it' : 'them'}</legend>
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

import { useDeferredValue, useMemo, useState } from 'react'
import { viewCard } from '#core/cards/view-card.ts'
import type { ReadScene } from '#core/scene-file/read-scenes-result.ts'
import { fold } from '#core/search/fold.ts'
import { t } from '#lib/translate.ts'
import type { SceneQuestion } from '#state/import-questions.ts'
import { Button } from '#ui/button.tsx'
import { Select, TextInput } from '#ui/field.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'

interface Item {
  readonly scene: ReadScene
  readonly names: string
  readonly haystack: string
}

/** Asks which of a file's scenes are wanted. */
export function SceneQuestionDialog({ question }: { readonly question: SceneQuestion }) {
  const { fileName, scenes, warnings, answer, lookFor, lookedFor, looking } = question
  const items = useMemo(() => scenes.map(toItem), [scenes])
  const books = useMemo(() => [...new Set(scenes.flatMap(({ draft }) => draft.book ?? []))].sort(), [scenes])
  const [typed, setTyped] = useState('')
  const [book, setBook] = useState('')
  const [chosen, setChosen] = useState<ReadonlySet<ReadScene>>(new Set())
  const asked = useDeferredValue(typed).trim()
  // What was found by these words may have them where nothing is shown of it.
  const wanted = asked === lookedFor?.trim() ? '' : fold(asked)
  const shown = useMemo(
    () =>
      items.filter(({ scene, haystack }) => (book === '' || scene.draft.book === book) && haystack.includes(wanted)),
    [items, book, wanted],
  )

  function toggle(scene: ReadScene) {
    const next = new Set(chosen)
    if (!next.delete(scene)) next.add(scene)
    setChosen(next)
  }

  return (
    <FormDialog
      title={t('Which scenes?')}
      submitLabel={
        chosen.size > 1
          ? t('{count, plural, one {Import # scene} other {Import # scenes}}', { count: chosen.size })
          : t('Import')
      }
      canSubmit={chosen.size > 0}
      onSubmit={() => answer([...chosen])}
      onClose={() => answer([])}
      actionsBefore={
        shown.length > 1 && (
          <Button
            look="quiet"
            className="me-auto"
            onClick={() => setChosen(new Set([...chosen, ...shown.map(({ scene }) => scene)]))}
          >
            {t('Choose all {count, number} shown', { count: shown.length })}
          </Button>
        )
      }
    >
      <p className="text-sm text-soft">
        {t(
          '{fileName} holds {count, plural, one {# scene} other {# scenes}}. Those you choose come with their characters.',
          {
            fileName,
            count: scenes.length,
          },
        )}
      </p>
      {warnings.map((warning) => (
        <p key={warning} className={lookFor ? 'text-soft text-sm' : 'text-danger text-sm'}>
          {warning}
        </p>
      ))}
      <div className="flex flex-wrap gap-2">
        <TextInput
          type="search"
          aria-label={t('Find a scene')}
          placeholder={t('Find by book, people, plot…')}
          className="min-w-48 flex-1 basis-56"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        {lookFor && (
          <Button disabled={typed.trim() === '' || looking !== undefined} onClick={() => lookFor(typed)}>
            {t('Look through the whole file')}
          </Button>
        )}
        {books.length > 1 && (
          <div className="min-w-40 flex-1">
            <Select aria-label={t('Book')} value={book} onChange={(event) => setBook(event.target.value)}>
              <option value="">
                {t('{count, plural, one {One book} other {All # books}}', { count: books.length })}
              </option>
              {books.map((one) => (
                <option key={one}>{one}</option>
              ))}
            </Select>
          </div>
        )}
      </div>
      <ul
        aria-label={t('Scenes in the file')}
        className="flex max-h-[50dvh] flex-col divide-y divide-line overflow-y-auto rounded-xl border border-line"
      >
        {shown.map(({ scene, names }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: scenes of a file have no name of their own
          <li key={index} className="[contain-intrinsic-size:auto_6rem] [content-visibility:auto]">
            <label className="flex gap-3 p-3 has-checked:bg-accent-wash">
              <input
                type="checkbox"
                className="mt-1 size-4 shrink-0 accent-accent"
                checked={chosen.has(scene)}
                onChange={() => toggle(scene)}
              />
              <span className="flex min-w-0 flex-col gap-0.5">
                <span className="font-story leading-snug">{scene.draft.title}</span>
                <span className="text-accent text-xs">{names}</span>
                <span className="line-clamp-2 text-soft text-xs">{scene.draft.about}</span>
                {scene.draft.book && <span className="text-faint text-xs italic">{scene.draft.book}</span>}
              </span>
            </label>
          </li>
        ))}
        {looking && (
          <li className="flex items-center justify-between gap-3 p-4 text-soft text-sm">
            <span role="status">
              {t('Looking through the file: {rows, number} rows so far.', { rows: looking.rows })}
            </span>
            <Button look="quiet" onClick={looking.stop}>
              {t('Stop')}
            </Button>
          </li>
        )}
        {shown.length === 0 && !looking && <li className="p-4 text-soft text-sm">{t('No scene is like that.')}</li>}
      </ul>
    </FormDialog>
  )
}

function toItem(scene: ReadScene): Item {
  const { title, book = '', about, characters } = scene.draft
  const names = characters.map((one) => (one.bundled === undefined ? viewCard(one.card).name : one.bundled)).join(', ')
  return { scene, names, haystack: fold([title, book, names, about].join('\n')) }
}

import { useCallback } from 'react'
import { useLocation } from 'wouter'
import { writeJson } from '#core/cards/write-json.ts'
import type { BookEdit } from '#core/lorebook/edit-lorebook.ts'
import { type LorebookTarget, writeLorebook } from '#core/lorebook/write-lorebook.ts'
import { t } from '#lib/translate.ts'
import type { BookEdits } from '#state/book-edits.ts'
import { rememberDeletion } from '#state/deletions.ts'
import type { OpenBook } from '#state/lorebooks.ts'
import { useServices } from '#state/services.tsx'
import { useAutosave } from '#state/use-autosave.ts'
import { Button } from '#ui/button.tsx'
import { Field, Select, TextArea, TextInput } from '#ui/field.tsx'
import { saveFile } from '#ui/save-file.ts'
import { showToast } from '#ui/toasts.tsx'
import { NumberInput } from './number-input.tsx'
import { UsedIn } from './used-in.tsx'

interface Props {
  readonly open: OpenBook
  readonly edits: BookEdits
}

/** The book itself: what it is called, what applies to all its entries, where it is used, and its ways out. */
export function BookPanel({ open, edits }: Props) {
  const { book, name, kept } = open
  const save = useCallback((edit: BookEdit) => edits.changeBook(edit), [edits])
  const { draft, change, flush } = useAutosave<BookEdit>(save)
  const values = { ...book, name, ...draft }
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-8">
      <form className="flex flex-col gap-5" onBlur={flush} onSubmit={(event) => event.preventDefault()}>
        <Field label={t('Name of the book')}>
          {(ids) => (
            <TextInput {...ids} value={values.name} onChange={(event) => change({ name: event.target.value })} />
          )}
        </Field>
        <Field label={t('Description')} hint={t('For people; the model never sees it.')}>
          {(ids) => (
            <TextArea
              {...ids}
              className="field-sizing-content min-h-20"
              value={values.description}
              onChange={(event) => change({ description: event.target.value })}
            />
          )}
        </Field>
        <div className="grid gap-4 sm:grid-cols-3">
          <NumberInput
            {...{ label: t('Messages searched'), min: 0, max: 1000, whenEmpty: t('The newest 2') }}
            value={values.scanDepth}
            onChange={(scanDepth) => change({ scanDepth })}
          />
          <NumberInput
            {...{ label: t('Budget, in tokens'), min: 0, max: 1_000_000, whenEmpty: t('A quarter of the context') }}
            value={values.tokenBudget}
            onChange={(tokenBudget) => change({ tokenBudget })}
          />
          <Field label={t('Entries call each other')}>
            {(ids) => (
              <Select
                {...ids}
                value={values.recursive ? 'yes' : 'no'}
                onChange={(event) => change({ recursive: event.target.value === 'yes' })}
              >
                <option value="no">{t('No')}</option>
                <option value="yes">{t('Yes, by what they say')}</option>
              </Select>
            )}
          </Field>
        </div>
      </form>
      {kept && <UsedIn lorebook={kept} />}
      <WaysOut open={open} />
    </div>
  )
}

const targets: readonly { readonly target: LorebookTarget; readonly label: string }[] = [
  { target: 'lorebook-v3', label: t('Save as Lorebook V3') },
  { target: 'world-info', label: t('Save as SillyTavern world info') },
]

function WaysOut({ open }: { readonly open: OpenBook }) {
  const { lorebooks } = useServices()
  const [, navigate] = useLocation()
  const { book, name, kept, owner } = open

  function exportAs(target: LorebookTarget) {
    const text = writeJson(writeLorebook(book, target), 'indented')
    const base = (name || 'lorebook').replace(/[\\/:*?"<>|]/g, ' ').trim() || 'lorebook'
    saveFile(new Blob([text], { type: 'application/json' }), `${base}.json`)
  }

  async function copy() {
    if (!owner) return
    const id = await (await lorebooks()).copyFromCard(owner.id)
    if (!id) return
    navigate(`/lorebooks/${id}`)
    showToast(t('Copied into the library. The card keeps its own, so attach the copy to others.'))
  }

  async function remove() {
    if (!kept) return
    const undo = rememberDeletion(await (await lorebooks()).remove(kept.id))
    navigate('/lorebooks')
    showToast(t('{name} deleted. It waits in the bin.', { name: kept.name }), {
      action: { label: t('Undo'), run: () => void undo() },
    })
  }

  return (
    <div className="flex flex-wrap gap-2">
      {targets.map(({ target, label }) => (
        <Button key={target} onClick={() => exportAs(target)}>
          {label}
        </Button>
      ))}
      {owner && <Button onClick={() => void copy()}>{t('Make it a book of its own')}</Button>}
      {kept && (
        <Button look="quiet" onClick={() => void remove()}>
          {t('Delete lorebook')}
        </Button>
      )}
    </div>
  )
}

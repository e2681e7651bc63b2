import { useState } from 'react'
import { dimensions } from '#core/taste/dimensions.ts'
import {
  createPrinciple,
  mergeCatalogues,
  type Principle,
  readCatalogue,
  writeCatalogue,
} from '#core/taste/principle.ts'
import { t } from '#lib/translate.ts'
import type { Taste } from '#state/taste.ts'
import { Button } from '#ui/button.tsx'
import { Field, Select, TextArea, TextInput } from '#ui/field.tsx'
import { FileButton } from '#ui/file-button.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { saveFile } from '#ui/save-file.ts'
import { showToast } from '#ui/toasts.tsx'

interface Props {
  readonly taste: Taste
  readonly principles: readonly Principle[]
}

const empty: Omit<Principle, 'id'> = {
  dimension: dimensions[0]?.name ?? '',
  name: '',
  polarity: 'positive',
  level: 'sentence',
  definition: '',
}

/** The reader's own principles, beside the twelve dimensions that are published. */
export function CataloguePart({ taste, principles }: Props) {
  const [edited, setEdited] = useState<Principle | 'new'>()

  async function save(draft: Omit<Principle, 'id'>) {
    const others = principles.filter((principle) => principle !== edited)
    setEdited(undefined)
    await taste.saveCatalogue(mergeCatalogues(others, [createPrinciple(draft)]))
  }

  async function remove(principle: Principle) {
    await taste.saveCatalogue(principles.filter((other) => other !== principle))
    showToast(t('{name} deleted.', { name: principle.name }), {
      action: { label: t('Undo'), run: () => void taste.saveCatalogue(principles) },
    })
  }

  async function take(files: readonly File[]) {
    let all = principles
    for (const file of files) {
      const read = readCatalogue(await file.text())
      if (!read.ok) {
        showToast(`${file.name}: ${read.error.sentence}`)
        continue
      }
      all = mergeCatalogues(all, read.value)
    }
    if (all !== principles) await taste.saveCatalogue(all)
  }

  return (
    <div className="flex flex-col gap-6">
      <p className="max-w-prose text-soft text-sm">
        {t(
          'HER names twelve dimensions of good role-play. Its 51 principles are not public, so there is no list of them here: what you add is yours. Your principles can be named when you compare, and a judge can choose from them.',
        )}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button look="primary" onClick={() => setEdited('new')}>
          {t('Add a principle')}
        </Button>
        <FileButton
          look="plain"
          label={t('Take in a file')}
          accept=".json,application/json"
          isBusy={false}
          onFiles={(files) => void take(files)}
        />
        <Button
          disabled={principles.length === 0}
          onClick={() =>
            saveFile(new Blob([writeCatalogue(principles)], { type: 'application/json' }), 'principles.json')
          }
        >
          {t('Save as a file')}
        </Button>
      </div>
      <ul className="flex flex-col divide-y divide-line">
        {dimensions.map(({ id, name, label }) => {
          const own = principles.filter(({ dimension }) => dimension === name)
          return (
            <li key={id} className="flex flex-col gap-2 py-3">
              <h3 className="flex flex-wrap items-baseline gap-x-2 text-sm">
                {label}
                <span className="text-faint text-xs">{name}</span>
              </h3>
              <PrincipleList principles={own} onEdit={setEdited} onRemove={(one) => void remove(one)} />
            </li>
          )
        })}
        <OwnDimensions principles={principles} onEdit={setEdited} onRemove={(one) => void remove(one)} />
      </ul>
      {edited && (
        <PrincipleDialog
          before={edited === 'new' ? undefined : edited}
          onSave={(draft) => void save(draft)}
          onClose={() => setEdited(undefined)}
        />
      )}
    </div>
  )
}

interface ListProps {
  readonly principles: readonly Principle[]
  readonly onEdit: (principle: Principle) => void
  readonly onRemove: (principle: Principle) => void
}

/** Those of no published dimension, under the names they were given. */
function OwnDimensions({ principles, ...acts }: ListProps) {
  const published = new Set(dimensions.map(({ name }) => name))
  const names = [...new Set(principles.map(({ dimension }) => dimension))].filter((name) => !published.has(name))
  return names.map((name) => (
    <li key={name} className="flex flex-col gap-2 py-3">
      <h3 className="text-sm">{name || t('Of no dimension')}</h3>
      <PrincipleList principles={principles.filter(({ dimension }) => dimension === name)} {...acts} />
    </li>
  ))
}

function PrincipleList({ principles, onEdit, onRemove }: ListProps) {
  if (principles.length === 0) return null
  return (
    <ul className="flex flex-col gap-1.5">
      {principles.map((principle) => (
        <li key={principle.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg bg-sunken px-3 py-2">
          <div className="min-w-48 flex-1">
            <p className="as-written text-sm">
              {principle.name}
              {principle.polarity === 'negative' && <span className="text-danger text-xs"> · {t('a fault')}</span>}
            </p>
            <p className="as-written text-faint text-xs">{principle.definition}</p>
          </div>
          <Button
            look="quiet"
            onClick={() => onEdit(principle)}
            aria-label={t('Edit {name}', { name: principle.name })}
          >
            {t('Edit')}
          </Button>
          <Button
            look="quiet"
            onClick={() => onRemove(principle)}
            aria-label={t('Delete {name}', { name: principle.name })}
          >
            {t('Delete')}
          </Button>
        </li>
      ))}
    </ul>
  )
}

interface DialogProps {
  readonly before: Principle | undefined
  readonly onSave: (draft: Omit<Principle, 'id'>) => void
  readonly onClose: () => void
}

function PrincipleDialog({ before, onSave, onClose }: DialogProps) {
  const [draft, setDraft] = useState<Omit<Principle, 'id'>>(before ?? empty)
  const change = (changed: Partial<Principle>) => setDraft({ ...draft, ...changed })
  const isOwn = !dimensions.some(({ name }) => name === draft.dimension)
  return (
    <FormDialog
      title={before ? t('Edit a principle') : t('Add a principle')}
      canSubmit={draft.name.trim() !== ''}
      onSubmit={() => onSave(draft)}
      onClose={onClose}
    >
      <Field label={t('Name')}>
        {(ids) => (
          <TextInput
            {...ids}
            value={draft.name}
            maxLength={120}
            onChange={({ target }) => change({ name: target.value })}
          />
        )}
      </Field>
      <Field label={t('What it asks for')} hint={t('A judge reads it as it is written here.')}>
        {(ids) => (
          <TextArea
            {...ids}
            className="field-sizing-content min-h-20"
            value={draft.definition}
            onChange={({ target }) => change({ definition: target.value })}
          />
        )}
      </Field>
      <div className="grid gap-3 sm:grid-cols-3">
        <Field label={t('Dimension')}>
          {(ids) => (
            <Select {...ids} value={draft.dimension} onChange={({ target }) => change({ dimension: target.value })}>
              {dimensions.map(({ name, label }) => (
                <option key={name} value={name}>
                  {label}
                </option>
              ))}
              {isOwn && <option value={draft.dimension}>{draft.dimension || t('Of no dimension')}</option>}
            </Select>
          )}
        </Field>
        <Field label={t('Kind')}>
          {(ids) => (
            <Select
              {...ids}
              value={draft.polarity}
              onChange={({ target }) => change({ polarity: target.value as Principle['polarity'] })}
            >
              <option value="positive">{t('A virtue')}</option>
              <option value="negative">{t('A fault')}</option>
            </Select>
          )}
        </Field>
        <Field label={t('Seen in')}>
          {(ids) => (
            <Select
              {...ids}
              value={draft.level}
              onChange={({ target }) => change({ level: target.value as Principle['level'] })}
            >
              <option value="sentence">{t('The turn alone')}</option>
              <option value="session">{t('The story before it')}</option>
            </Select>
          )}
        </Field>
      </div>
    </FormDialog>
  )
}

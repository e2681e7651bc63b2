import { Suspense, useCallback, useMemo, useState } from 'react'
import { useLocation } from 'wouter'
import type { SceneId } from '#core/ids.ts'
import { type KeptScene, type SceneEdit, withEdit } from '#core/scene-file/kept-scene.ts'
import { t } from '#lib/translate.ts'
import { useCatalogue } from '#state/characters.ts'
import { rememberDeletion } from '#state/deletions.ts'
import { useKeptScene } from '#state/kept-scenes.ts'
import { useServices } from '#state/services.tsx'
import { useAutosave } from '#state/use-autosave.ts'
import { Button } from '#ui/button.tsx'
import { Field, TextArea, TextInput } from '#ui/field.tsx'
import { lazyPart } from '#ui/lazy-part.tsx'
import { NotHere } from '#ui/not-here.tsx'
import { Page } from '#ui/page.tsx'
import { PlaceLink } from '#ui/place-link.tsx'
import { showToast } from '#ui/toasts.tsx'
import { CastEditor } from './cast-editor.tsx'
import { type Entries, speakerName } from './entries.ts'
import { LineWords } from './line-words.tsx'
import { OpeningEditor } from './opening-editor.tsx'
import { shareScene } from './share-scene.ts'

const BeginDialog = lazyPart(() => import('./begin-dialog.tsx').then((module) => ({ default: module.BeginDialog })))

/** One scene, where it is written and begun. */
export function SceneScreen({ id }: { readonly id: string }) {
  const scene = useKeptScene(id as SceneId)
  if (scene === undefined) return <main className="h-full" />
  if (scene === null || scene.deletedAt !== undefined) {
    return (
      <NotHere title={t('There is no such scene here')} href="/scenes">
        {t('All scenes')}
      </NotHere>
    )
  }
  return <SceneEditor key={scene.id} kept={scene} />
}

function SceneEditor({ kept }: { readonly kept: KeptScene }) {
  const { keptScenes, sceneFiles } = useServices()
  const catalogue = useCatalogue()
  const [, navigate] = useLocation()
  const [isBeginning, setBeginning] = useState(false)
  const entries: Entries = useMemo(() => new Map(catalogue?.map((entry) => [entry.id, entry])), [catalogue])
  const { id } = kept
  const save = useCallback(async (edit: SceneEdit) => (await keptScenes()).save(id, edit), [keptScenes, id])
  const { draft, change, flush } = useAutosave<SceneEdit>(save)
  const scene = useMemo(() => withEdit(kept, draft), [kept, draft])
  const { title, about, scenario, cast, opening, reference } = scene

  async function remove() {
    flush()
    const undo = rememberDeletion(await (await keptScenes()).remove(id))
    navigate('/scenes')
    const told = title
      ? t('{name} deleted. Chats that were begun from it stay.', { name: title })
      : t('The scene was deleted. Chats that were begun from it stay.')
    showToast(told, {
      action: { label: t('Undo'), run: () => void undo() },
    })
  }

  return (
    <Page
      title={title || t('A scene without a title')}
      actions={
        <>
          <PlaceLink href="/scenes">{t('All scenes')}</PlaceLink>
          <Button look="quiet" onClick={() => void remove()}>
            {t('Delete')}
          </Button>
          <Button disabled={cast.length === 0} onClick={() => void shareScene(sceneFiles, scene)}>
            {t('Share')}
          </Button>
          <Button look="primary" disabled={cast.length === 0} onClick={() => setBeginning(true)}>
            {t('Begin')}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <Field label={t('Title')}>
          {(ids) => (
            <TextInput
              {...ids}
              value={title}
              maxLength={200}
              onChange={(event) => change({ title: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('What it is about')} hint={t('For whoever chooses a scene. No character is told.')}>
          {(ids) => (
            <TextArea
              {...ids}
              className="field-sizing-content min-h-16"
              value={about}
              onChange={(event) => change({ about: event.target.value })}
            />
          )}
        </Field>
        <Field
          label={t('Where and when it plays')}
          hint={t('Every character is told, in the place of what their cards say of that.')}
        >
          {(ids) => (
            <TextArea
              {...ids}
              className="field-sizing-content min-h-24"
              value={scenario}
              onChange={(event) => change({ scenario: event.target.value })}
            />
          )}
        </Field>
      </div>
      <CastEditor {...{ scene, entries, change }} catalogue={catalogue ?? []} />
      <OpeningEditor {...{ cast, entries }} lines={opening} onChange={(lines) => change({ opening: lines })} />
      {reference && reference.length > 0 && (
        <details className="rounded-xl border border-line px-4 py-3">
          <summary className="font-story text-lg">
            {t('How it went in the book ({count, plural, one {# line} other {# lines}})', { count: reference.length })}
          </summary>
          <ol className="mt-3 flex flex-col gap-2 font-story leading-relaxed">
            {reference.map((line, index) => {
              const name = speakerName(line.speaker, entries)
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a book stay in their places
                <li key={index}>
                  <span className="text-accent">{name}</span> <LineWords line={line} name={name} />
                </li>
              )
            })}
          </ol>
        </details>
      )}
      <Suspense>{isBeginning && <BeginDialog {...{ scene, entries }} onClose={() => setBeginning(false)} />}</Suspense>
    </Page>
  )
}

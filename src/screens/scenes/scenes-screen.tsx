import { type ReactNode, Suspense, useMemo, useState } from 'react'
import { useLocation } from 'wouter'
import type { KeptScene } from '#core/scene-file/kept-scene.ts'
import { t } from '#lib/translate.ts'
import { useCatalogue } from '#state/characters.ts'
import { useImportCards } from '#state/import-files.ts'
import { useImportRun } from '#state/import-run.ts'
import { useBundledScenes, useKeptScenes } from '#state/kept-scenes.ts'
import { useServices } from '#state/services.tsx'
import { Button } from '#ui/button.tsx'
import { FileButton } from '#ui/file-button.tsx'
import { lazyPart } from '#ui/lazy-part.tsx'
import { Page } from '#ui/page.tsx'
import { PlaceLink } from '#ui/place-link.tsx'
import { SceneTile } from './scene-tile.tsx'

const BeginDialog = lazyPart(() => import('./begin-dialog.tsx').then((module) => ({ default: module.BeginDialog })))

/** Scenes that are written: one's own, and those that come with the app. */
export function ScenesScreen() {
  const { keptScenes } = useServices()
  const kept = useKeptScenes()
  const bundled = useBundledScenes()
  const catalogue = useCatalogue()
  const [, navigate] = useLocation()
  const [beginning, setBeginning] = useState<KeptScene>()
  const entries = useMemo(() => new Map(catalogue?.map((entry) => [entry.id, entry])), [catalogue])

  async function write(from?: KeptScene) {
    navigate(`/scenes/${await (await keptScenes()).create(from)}`)
  }

  return (
    <Page
      title={t('Scenes')}
      actions={
        <>
          <PlaceLink href="/bin">{t('Bin')}</PlaceLink>
          <Button onClick={() => void write()}>{t('Write a scene')}</Button>
          <ImportSceneButton />
        </>
      }
    >
      <p className="-mt-3 max-w-prose text-sm text-soft">
        {t(
          'Several characters in one room, each with their own mind. Write one, begin one of these, or bring in a file: a scene that was shared, or CoSER’s test scenes.',
        )}
      </p>
      {kept && kept.length > 0 && (
        <Shelf title={t('Your scenes')}>
          {kept.map((scene) => (
            <SceneTile key={scene.id} {...{ scene, entries }} onBegin={() => setBeginning(scene)} isKept />
          ))}
        </Shelf>
      )}
      {bundled === null && <p className="text-soft">{t('The scenes that come with Subtext could not be loaded.')}</p>}
      {bundled && (
        <Shelf title={t('Begin from…')}>
          {bundled.map((scene) => (
            <SceneTile
              key={scene.id}
              {...{ scene, entries }}
              onBegin={() => setBeginning(scene)}
              onCopy={() => void write(scene)}
            />
          ))}
        </Shelf>
      )}
      <Suspense>
        {beginning && <BeginDialog {...{ scene: beginning, entries }} onClose={() => setBeginning(undefined)} />}
      </Suspense>
    </Page>
  )
}

function Shelf({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-3">
      <h2 className="font-story text-xl">{title}</h2>
      <ul className="grid gap-4 md:grid-cols-2">{children}</ul>
    </section>
  )
}

function ImportSceneButton() {
  const importFiles = useImportCards()
  const isReading = useImportRun((run) => run.isReading)
  const [, navigate] = useLocation()

  async function take(files: readonly File[]) {
    const [only, ...others] = await importFiles(files)
    if (others.length > 0) return
    if (only?.conversationId) navigate(`/chat/${only.conversationId}`)
    else if (only?.sceneId) navigate(`/scenes/${only.sceneId}`)
    // Something else that was taken for a scene.
    else if (only?.characterId && only.status !== 'skipped') navigate(`/characters/${only.characterId}`)
  }

  return (
    <FileButton
      label={t('Import scene')}
      accept=".json,.jsonl,application/json"
      isBusy={isReading}
      onFiles={(files) => void take(files)}
    />
  )
}

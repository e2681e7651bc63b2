import { useMemo, useState } from 'react'
import { defaultPersonaId, userNameInPrompts } from '#core/conversation/persona.ts'
import type { ConversationId, SceneId } from '#core/ids.ts'
import { datasetReadme } from '#core/training/dataset-readme.ts'
import type { NameReplacement } from '#core/training/replace-names.ts'
import { t } from '#lib/translate.ts'
import { useConversations } from '#state/conversations.ts'
import { useImportFiles } from '#state/import-files.ts'
import { useImportRun } from '#state/import-run.ts'
import { useKeptScenes } from '#state/kept-scenes.ts'
import { usePersonas } from '#state/personas.ts'
import { type ChosenStories, useTrainingCheck, useWriteTraining } from '#state/training.ts'
import { Button } from '#ui/button.tsx'
import { FileButton } from '#ui/file-button.tsx'
import { Page } from '#ui/page.tsx'
import { saveFile } from '#ui/save-file.ts'
import { showToast } from '#ui/toasts.tsx'
import { CheckPanel } from './check-panel.tsx'
import { ConsentFields } from './consent-fields.tsx'
import { choiceOf, emptyForm } from './export-form.ts'
import { NameTable } from './name-table.tsx'
import { Section } from './section.tsx'
import { ShapeFields } from './shape-fields.tsx'
import { StoryList } from './story-list.tsx'

/** Stories out as rows to train on, and rows in as stories. */
export function DataScreen() {
  const [chosenIds, setChosenIds] = useState<ReadonlySet<string>>(chosenInAddress)
  const [form, setForm] = useState(emptyForm)
  const [typedTable, setTable] = useState<readonly NameReplacement[]>()
  const chosen = useChosen(chosenIds)
  const proposed = useProposedNames(chosen)
  const table = typedTable ?? proposed
  const { shape, branches, needsPlanning, mostHistory, preferredBy } = form
  const choice = useMemo(
    () => choiceOf({ ...emptyForm, shape, branches, needsPlanning, mostHistory, preferredBy }, table),
    [shape, branches, needsPlanning, mostHistory, preferredBy, table],
  )
  const check = useTrainingCheck(chosen, choice)
  const write = useWriteTraining()
  const [isSaving, setSaving] = useState(false)
  const isEmpty = chosenIds.size === 0

  async function save() {
    if (!write) return
    setSaving(true)
    try {
      const { file, report } = await write(chosen, choice)
      const date = new Date().toISOString().slice(0, 10)
      const fileName = `subtext-${shape.replaceAll('_', '-')}-${date}.jsonl`
      const replaced = table.filter(({ from, to }) => from.trim() !== '' && to.trim() !== '').length
      const readme = datasetReadme({ ...form, fileName, report, replaced, date })
      saveFile(file, fileName)
      saveFile(new Blob([readme], { type: 'text/markdown;charset=utf-8' }), fileName.replace('.jsonl', '.README.md'))
    } catch (error) {
      showToast(t('The rows could not be written: {error}', { error: String(error) }), { tone: 'danger' })
    }
    setSaving(false)
  }

  return (
    <Page title={t('Data')} actions={<OpenRows />} isWide>
      <p className="-mt-3 max-w-prose text-sm text-soft">
        {t(
          'What was played here becomes rows that a HER model can be trained on; and rows of HER-Dataset or CoSER, dropped here, open as scenes to read and to play.',
        )}
      </p>
      <div className="grid items-start gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1fr)_minmax(0,26rem)]">
        <div className="flex min-w-0 flex-col gap-8">
          <Section title={t('Which stories')}>
            <StoryList chosen={chosenIds} onChoose={setChosenIds} />
          </Section>
          <Section title={t('Which shape')}>
            <ShapeFields form={form} onChange={(part) => setForm({ ...form, ...part })} />
          </Section>
          <Section
            title={t('Names')}
            about={t(
              'Whole words, wherever they stand, in upper and lower case as there. What you are called is proposed.',
            )}
          >
            <NameTable table={table} onChange={setTable} />
          </Section>
          <Section title={t('Licence and consent')}>
            <ConsentFields form={form} onChange={(part) => setForm({ ...form, ...part })} />
          </Section>
        </div>
        <section aria-label={t('Check')} className="flex min-w-0 flex-col gap-4 lg:sticky lg:top-6">
          {isEmpty && <p className="text-soft">{t('Choose a story, and what it gives is shown here.')}</p>}
          {!isEmpty && !check && <p className="text-faint">{t('Looking through what you chose…')}</p>}
          {check && <CheckPanel check={check} />}
          <div className="flex flex-col gap-1.5">
            <Button
              look="primary"
              className="self-start"
              disabled={!check?.isDone || check.report.rows === 0 || !form.hasConsent || isSaving}
              onClick={() => void save()}
            >
              {isSaving ? t('Saving…') : t('Save the rows and their README')}
            </Button>
            {check?.isDone && check.report.rows > 0 && !form.hasConsent && (
              <p className="text-faint text-xs">{t('Once you have said that you may give it away.')}</p>
            )}
          </div>
        </section>
      </div>
    </Page>
  )
}

function OpenRows() {
  const importFiles = useImportFiles()
  const isReading = useImportRun((run) => run.isReading)
  return (
    <FileButton
      look="plain"
      label={t('Open rows as scenes')}
      accept=".json,.jsonl"
      isBusy={isReading}
      onFiles={(files) => void importFiles(files)}
    />
  )
}

/** A chat's own menu leads here with the chat chosen. */
function chosenInAddress(): ReadonlySet<string> {
  return new Set(new URLSearchParams(window.location.search).getAll('chat'))
}

function useChosen(ids: ReadonlySet<string>): ChosenStories {
  const conversations = useConversations()
  const scenes = useKeptScenes()
  return useMemo(
    () => ({
      conversations: (conversations ?? []).map(({ id }): ConversationId => id).filter((id) => ids.has(id)),
      scenes: (scenes ?? []).map(({ id }): SceneId => id).filter((id) => ids.has(id)),
    }),
    [ids, conversations, scenes],
  )
}

/** What the reader is called in what is chosen: once it goes out it is everybody's. */
function useProposedNames({ conversations: chosen }: ChosenStories): readonly NameReplacement[] {
  const conversations = useConversations()
  const personas = usePersonas()
  return useMemo(() => {
    const ids = new Set(
      (conversations ?? [])
        .filter(({ id, userPlays }) => userPlays === undefined && chosen.includes(id))
        .flatMap(({ personaId = defaultPersonaId, formerPersonaIds = [] }) => [personaId, ...formerPersonaIds]),
    )
    const names = (personas ?? []).filter(({ id }) => ids.has(id)).map(({ name }) => name.trim())
    return [...new Set(names)]
      .filter((name) => name !== '' && name !== userNameInPrompts)
      .map((from, index) => ({ from, to: index === 0 ? userNameInPrompts : `${userNameInPrompts} ${index + 1}` }))
  }, [conversations, personas, chosen])
}

import { useCallback } from 'react'
import type { ReadScene } from '#core/scene-file/read-scenes-result.ts'
import type { SceneFiles } from '#engine/scene-files.ts'
import { useSceneQuestion } from './import-questions.ts'
import { type ImportOutcome, useImportRun } from './import-run.ts'
import { useServices } from './services.tsx'
import { whyNotImported } from './why-not-imported.ts'

/** What a file must be called for its beginning to be looked at. */
const mayBeScene = /\.jsonl?$/i
/** Rows, one a line: such a file may be longer than any memory. */
const hasRows = /\.jsonl$/i
/** As long as `looksLikeScenes` wants it, in bytes. */
const headBytes = 65_536

/** Whether a file is one of scenes, by how it begins. */
export async function isSceneFile(file: File): Promise<boolean> {
  if (!mayBeScene.test(file.name)) return false
  try {
    const [head, { looksLikeScenes }] = await Promise.all([
      file.slice(0, headBytes).text(),
      import('#core/scene-file/looks-like-scenes.ts'),
    ])
    return looksLikeScenes(head)
  } catch (error) {
    // Whoever reads it next says what is wrong.
    if (error instanceof DOMException) return false
    throw error
  }
}

/** Imports files of scenes one after the other; gives what became of each scene, after what `earlier` tells. */
export function useImportScenes(): (
  files: readonly File[],
  earlier: readonly ImportOutcome[],
) => Promise<readonly ImportOutcome[]> {
  const { sceneFiles } = useServices()
  return useCallback(
    async (files, earlier) => {
      if (files.length === 0) return earlier
      const outcomes = [...earlier]
      useImportRun.setState({ outcomes: earlier, isReading: true })
      try {
        for (const file of files) outcomes.push(...(await importOne(await sceneFiles(), file)))
      } finally {
        useImportRun.setState({ outcomes, isReading: false })
      }
      return outcomes
    },
    [sceneFiles],
  )
}

async function importOne(service: SceneFiles, file: File): Promise<ImportOutcome[]> {
  const fileName = file.name
  try {
    if (hasRows.test(fileName)) return await importRows(service, file)
    const result = await service.read(file)
    if (!result.ok) return [{ fileName, status: 'failed', notes: [result.error.sentence] }]
    const { scenes, warnings } = result.value
    const chosen = scenes.length > 1 ? await ask(fileName, scenes, warnings) : scenes
    const outcomes: ImportOutcome[] = []
    for (const scene of chosen) outcomes.push(await keepOne(service, scene, fileName, scenes.length > 1))
    return outcomes
  } catch (error) {
    return [{ fileName, status: 'failed', notes: [whyNotImported(error)] }]
  }
}

/** Imports what is wanted of a file of rows. */
async function importRows(service: SceneFiles, file: File): Promise<ImportOutcome[]> {
  const { importRows: choose } = await import('./import-rows.ts')
  const chosen = await choose(service, file)
  if (typeof chosen === 'string') return [{ fileName: file.name, status: 'failed', notes: [chosen] }]
  const outcomes: ImportOutcome[] = []
  for (const scene of chosen) outcomes.push(await keepOne(service, scene, file.name, true))
  return outcomes
}

async function keepOne(
  service: SceneFiles,
  { draft, warnings }: ReadScene,
  fileName: string,
  isOneOfMany: boolean,
): Promise<ImportOutcome> {
  const called = isOneOfMany ? draft.title || fileName : fileName
  try {
    const kept = await service.keep(draft)
    if (!kept.ok) return { fileName: called, status: 'failed', notes: [kept.error.sentence] }
    const { sceneId, conversationId, isKnown, notes } = kept.value
    return {
      fileName: called,
      status: isKnown && !conversationId ? 'known' : 'imported',
      sceneId,
      ...(conversationId && { conversationId }),
      notes: [...warnings, ...notes],
    }
  } catch (error) {
    return { fileName: called, status: 'failed', notes: [whyNotImported(error)] }
  }
}

function ask(
  fileName: string,
  scenes: readonly ReadScene[],
  warnings: readonly string[],
): Promise<readonly ReadScene[]> {
  return new Promise((resolve) => {
    const answer = (chosen: readonly ReadScene[]) => {
      useSceneQuestion.setState({ question: undefined })
      resolve(chosen)
    }
    useSceneQuestion.setState({ question: { fileName, scenes, warnings, answer } })
  })
}

import type { ReadScene } from '#core/scene-file/read-scenes-result.ts'
import type { SceneFiles } from '#engine/scene-files.ts'
import type { PickedRows } from '#engine/training/pick-rows.ts'
import { formatNumber, t } from '#lib/translate.ts'
import { type SceneQuestion, useSceneQuestion } from './import-questions.ts'

/** So many scenes of a file are offered at once. */
const offered = 200

const nothing: PickedRows = { scenes: [], looked: 0, unreadable: 0, hasMore: false }

/**
 * Asks which scenes of a file of rows are wanted. The first of them are offered; where there are more, the reader says by
 * which words to look through the whole file, which may be gigabytes long and is never in memory as a whole. A sentence
 * says why there is none.
 */
export async function importRows(service: SceneFiles, file: File): Promise<readonly ReadScene[] | string> {
  const first = await service.pick(file, { wanted: '', most: offered })
  const [only] = first.scenes
  if (!only) return describeEmpty(first)
  if (first.scenes.length === 1 && !first.hasMore) return [only]
  return new Promise((resolve) => {
    const answer = (chosen: readonly ReadScene[]) => {
      useSceneQuestion.getState().question?.looking?.stop()
      useSceneQuestion.setState({ question: undefined })
      resolve(chosen)
    }
    const show = (picked: PickedRows, wanted: string, more: Partial<SceneQuestion> = {}) =>
      useSceneQuestion.setState({
        question: {
          fileName: file.name,
          scenes: picked.scenes,
          warnings: describe(picked, wanted),
          lookedFor: wanted,
          ...(first.hasMore && { lookFor: (words: string) => void look(words) }),
          answer,
          ...more,
        },
      })
    async function look(wanted: string) {
      const aborter = new AbortController()
      const looking = (rows: number) => show(nothing, wanted, { looking: { rows, stop: () => aborter.abort() } })
      looking(0)
      const picked = await service.pick(file, { wanted, most: offered, signal: aborter.signal, onProgress: looking })
      // Closed meanwhile.
      if (useSceneQuestion.getState().question) show(picked, wanted)
    }
    show(first, '')
  })
}

function describe({ scenes, looked, unreadable, firstProblem, hasMore }: PickedRows, wanted: string): string[] {
  const sentences: string[] = []
  if (hasMore) {
    sentences.push(
      t(
        'These are the first {count}, of {looked} rows that were looked at. The file goes on, and is never read as a whole.',
        {
          count: formatNumber(scenes.length),
          looked: formatNumber(looked),
        },
      ),
    )
  } else if (wanted !== '' && looked > 0) {
    sentences.push(t('The whole file was looked through: {looked} rows.', { looked: formatNumber(looked) }))
  }
  if (firstProblem !== undefined) {
    sentences.push(
      t('{count, plural, one {# row can’t be read.} other {# rows can’t be read.}} The first: {reason}', {
        count: unreadable,
        reason: firstProblem,
      }),
    )
  }
  return sentences
}

function describeEmpty({ firstProblem }: PickedRows): string {
  return firstProblem === undefined
    ? t('There is no scene in this file that we know how to read.')
    : t('No case of this file can be read. The first: {reason}', { reason: firstProblem })
}

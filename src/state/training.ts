import { useEffect, useMemo, useState } from 'react'
import type { ConversationId, SceneId } from '#core/ids.ts'
import type { TrainingChoice } from '#core/training/rows-of.ts'
import type { TrainingReport } from '#core/training/training-report.ts'
import { useLab } from './lab.ts'

/** Chats and scenes that were chosen. */
export interface ChosenStories {
  readonly conversations: readonly ConversationId[]
  readonly scenes: readonly SceneId[]
}

/** What an export would give. */
export interface TrainingCheck {
  readonly report: TrainingReport
  /** The first rows, as they are written. */
  readonly rows: readonly object[]
  /** All that was chosen was gone through. */
  readonly isDone: boolean
}

/** So many rows are shown before they are saved. */
const previewed = 3
/** A choice that is still being made is not gone through, in milliseconds. */
const settleMs = 250
/** Rows between two looks at how far it is. */
const rowsPerLook = 100

/**
 * Goes through all that was chosen and says what an export of it would be, as far as that is known. Undefined while
 * nothing is chosen, or nothing was looked at yet. Give parts that keep their identity while they mean the same.
 */
export function useTrainingCheck(chosen: ChosenStories, choice: TrainingChoice): TrainingCheck | undefined {
  const training = useLab()?.training
  const key = useMemo(() => ({ chosen, choice }), [chosen, choice])
  const [known, setKnown] = useState<{ readonly key: object; readonly check: TrainingCheck }>()
  useEffect(() => {
    if (!training || key.chosen.conversations.length + key.chosen.scenes.length === 0) return
    let isGone = false
    const look = async () => {
      const run = training.begin(key.chosen, key.choice)
      const rows: object[] = []
      const show = (isDone: boolean) => setKnown({ key, check: { report: run.report(), rows: [...rows], isDone } })
      let count = 0
      for await (const line of run.lines) {
        if (isGone) return
        count += 1
        if (rows.length < previewed) rows.push(JSON.parse(line) as object)
        if (count % rowsPerLook === 0) show(false)
      }
      if (!isGone) show(true)
    }
    const timer = setTimeout(() => void look(), settleMs)
    return () => {
      isGone = true
      clearTimeout(timer)
    }
  }, [training, key])
  const isChosen = chosen.conversations.length + chosen.scenes.length > 0
  return isChosen && known?.key === key ? known.check : undefined
}

/** Writes all that was chosen into a file; undefined until the code for it is here. */
export function useWriteTraining() {
  const training = useLab()?.training
  return (
    training &&
    (async (chosen: ChosenStories, choice: TrainingChoice) => {
      const { lines, report } = training.begin(chosen, choice)
      const file = await training.pack(lines)
      return { file, report: report() }
    })
  )
}

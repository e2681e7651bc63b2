import { askAboutTakes, useTasteQuestion } from '#state/taste-dialog.ts'
import { BestOfDialog } from './best-of-dialog.tsx'
import { TakeAOrBDialog } from './take-a-or-b-dialog.tsx'

/** The question about takes that is open, wherever it was asked. */
export function TasteDialogs() {
  const question = useTasteQuestion((state) => state.open)
  if (!question) return null
  const about = { question, onClose: () => askAboutTakes(undefined) }
  return question.kind === 'compare' ? <TakeAOrBDialog {...about} /> : <BestOfDialog {...about} />
}

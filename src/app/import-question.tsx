import { Suspense } from 'react'
import { useImportQuestion } from '#state/import-chats.ts'
import { lazyPart } from '#ui/lazy-part.tsx'

const CharacterQuestion = lazyPart(() =>
  import('./character-question.tsx').then((module) => ({ default: module.CharacterQuestion })),
)

/** Asks what an import can't know by itself. */
export function ImportQuestion() {
  const question = useImportQuestion((state) => state.question)
  return <Suspense>{question && <CharacterQuestion key={question.fileName} question={question} />}</Suspense>
}

import { Suspense } from 'react'
import { useImportQuestion, useSceneQuestion } from '#state/import-questions.ts'
import { lazyPart } from '#ui/lazy-part.tsx'

const CharacterQuestion = lazyPart(() =>
  import('./character-question.tsx').then((module) => ({ default: module.CharacterQuestion })),
)

const SceneQuestion = lazyPart(() =>
  import('./scene-question.tsx').then((module) => ({ default: module.SceneQuestionDialog })),
)

/** Asks what an import can't know by itself. */
export function ImportQuestion() {
  const question = useImportQuestion((state) => state.question)
  const sceneQuestion = useSceneQuestion((state) => state.question)
  return (
    <Suspense>
      {question && <CharacterQuestion key={question.fileName} question={question} />}
      {sceneQuestion && <SceneQuestion key={sceneQuestion.fileName} question={sceneQuestion} />}
    </Suspense>
  )
}

import type { ReadScenes, SceneProblem } from '#core/scene-file/read-scenes-result.ts'
import type { Result } from '#lib/result.ts'

/** Reads the scenes in a file, beside the page. Throws a DOMException when the file itself can't be read. */
export type ReadSceneFile = (file: Blob) => Promise<Result<ReadScenes, SceneProblem>>

import { decodeText } from '#core/cards/decode-text.ts'
import { readScenes } from '#core/scene-file/read-scenes.ts'
import type { ReadScenes, SceneProblem } from '#core/scene-file/read-scenes-result.ts'
import type { Result } from '#lib/result.ts'

/** Reads scenes from a file's bytes, in the thread it is called in. */
export function readSceneBytes(bytes: Uint8Array): Result<ReadScenes, SceneProblem> {
  return readScenes(decodeText(bytes).text)
}

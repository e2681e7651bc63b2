import type { KeptScene } from '#core/scene-file/kept-scene.ts'
import { t } from '#lib/translate.ts'
import type { Services } from '#state/services.tsx'
import { saveFile } from '#ui/save-file.ts'
import { showToast } from '#ui/toasts.tsx'

/** Saves a scene with its cast as one file. */
export async function shareScene(sceneFiles: Services['sceneFiles'], scene: KeptScene): Promise<void> {
  const { blob, fileName } = await (await sceneFiles()).write(scene)
  saveFile(blob, fileName)
  showToast(t('Saved as {fileName}: the scene with its whole cast.', { fileName }))
}

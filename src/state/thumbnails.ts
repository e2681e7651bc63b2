import { useEffect } from 'react'
import type { CatalogueEntry } from '#core/cards/catalogue.ts'
import type { CharacterId } from '#core/ids.ts'
import { useFileUrl } from './characters.ts'
import { useServices } from './services.tsx'

/** A thumbnail that went out of sight is let go after this, in milliseconds: a library is more than memory should hold. */
const keepMs = 5_000

const waiting = new Set<CharacterId>()
let isDrawing = false

/** An address for a character's picture in small. Where there is none yet it is drawn, now that somebody looks. */
export function useThumbnail({
  id,
  portraitId,
  thumbnailId,
}: Pick<CatalogueEntry, 'id' | 'portraitId' | 'thumbnailId'>): string | undefined {
  const { openShelves } = useServices()
  const isMissing = portraitId !== undefined && thumbnailId === undefined
  useEffect(() => {
    if (!isMissing) return
    waiting.add(id)
    void drawWaiting(async (each) => (await openShelves()).drawThumbnail(each))
    return () => void waiting.delete(id)
  }, [openShelves, id, isMissing])
  return useFileUrl(thumbnailId, keepMs)
}

/** One at a time, the last that came into sight first. */
async function drawWaiting(draw: (id: CharacterId) => Promise<void>): Promise<void> {
  if (isDrawing) return
  isDrawing = true
  try {
    for (let id = [...waiting].at(-1); id !== undefined; id = [...waiting].at(-1)) {
      waiting.delete(id)
      // Without one the tile shows an initial, and the next visit tries again.
      await draw(id).catch(() => undefined)
    }
  } finally {
    isDrawing = false
  }
}

import { dominantHue } from '#core/cards/dominant-hue.ts'
import type { PictureLook } from '#ports/card-reader.ts'

/** Wide enough for a colour, small enough to cost nothing. */
const sampleSide = 48

/** A thumbnail, in pixels: a tile of a list on a screen of fine pixels. */
const width = 320
const height = 427

/** A picture of fewer bytes is a thumbnail by itself. */
const smallBytes = 40_000

/** Whether pictures can be drawn in this thread. */
export function canDraw(): boolean {
  return typeof OffscreenCanvas !== 'undefined' && typeof createImageBitmap !== 'undefined'
}

/**
 * The hue of a picture and the picture in small; of a picture the browser can't draw, a warm brown. Its pixels are
 * decoded once, and nothing of it is decoded in the thread that asks.
 */
export async function lookAtPicture(picture: Blob): Promise<PictureLook> {
  try {
    const bitmap = await createImageBitmap(picture)
    try {
      const hue = hueOf(bitmap)
      const thumbnail = picture.size > smallBytes ? await draw(bitmap) : undefined
      return { hue, ...(thumbnail && { thumbnail }) }
    } finally {
      bitmap.close()
    }
  } catch (error) {
    if (error instanceof DOMException) return { hue: dominantHue(new Uint8ClampedArray()) }
    throw error
  }
}

function hueOf(bitmap: ImageBitmap): number {
  const context = new OffscreenCanvas(sampleSide, sampleSide).getContext('2d', { willReadFrequently: true })
  if (!context) return dominantHue(new Uint8ClampedArray())
  context.drawImage(bitmap, 0, 0, sampleSide, sampleSide)
  return dominantHue(context.getImageData(0, 0, sampleSide, sampleSide).data)
}

/** The picture's upper part, where faces are, as tall as a tile is. */
async function draw(bitmap: ImageBitmap): Promise<Blob | undefined> {
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  if (!context) return undefined
  context.imageSmoothingQuality = 'high'
  const scale = Math.max(width / bitmap.width, height / bitmap.height)
  const cut = { width: width / scale, height: height / scale }
  context.drawImage(bitmap, (bitmap.width - cut.width) / 2, 0, cut.width, cut.height, 0, 0, width, height)
  const webp = await canvas.convertToBlob({ type: 'image/webp', quality: 0.8 })
  // Browsers that can't write WebP write PNG, which is larger than many a picture it is to stand for.
  return webp.type === 'image/webp' ? webp : canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 })
}

import { dominantHue } from '#core/cards/dominant-hue.ts'

/** Wide enough for a colour, small enough to cost nothing. */
const sampleSide = 48

/** The hue of a picture in OKLCH degrees; of a picture the browser can't draw, a warm brown. */
export async function portraitHue(picture: Blob): Promise<number> {
  try {
    const bitmap = await createImageBitmap(picture, { resizeWidth: sampleSide, resizeHeight: sampleSide })
    const canvas = new OffscreenCanvas(sampleSide, sampleSide)
    const context = canvas.getContext('2d')
    if (!context) return dominantHue(new Uint8ClampedArray())
    context.drawImage(bitmap, 0, 0)
    bitmap.close()
    return dominantHue(context.getImageData(0, 0, sampleSide, sampleSide).data)
  } catch (error) {
    if (error instanceof DOMException) return dominantHue(new Uint8ClampedArray())
    throw error
  }
}

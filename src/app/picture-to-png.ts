import { loadPicture, writeCanvas } from '#ui/crop-picture.ts'

/** A drawing has no pixels of its own; so wide it is drawn. */
const drawingWidth = 768

/** A picture drawn anew as a PNG; undefined for what the browser can't show. */
export async function pictureToPng(picture: Blob): Promise<Blob | undefined> {
  try {
    const image = await loadPicture(picture)
    const isDrawing = picture.type.startsWith('image/svg')
    const scale = isDrawing ? drawingWidth / Math.max(1, image.naturalWidth) : 1
    const canvas = document.createElement('canvas')
    canvas.width = Math.max(1, Math.round(image.naturalWidth * scale))
    canvas.height = Math.max(1, Math.round(image.naturalHeight * scale))
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    return await writeCanvas(canvas, 'image/png')
  } catch (error) {
    if (error instanceof DOMException) return undefined
    throw error
  }
}

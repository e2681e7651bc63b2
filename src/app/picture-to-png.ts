/** A picture drawn anew as a PNG; undefined for what the browser can't show. */
export async function pictureToPng(picture: Blob): Promise<Blob | undefined> {
  try {
    const bitmap = await createImageBitmap(picture)
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0)
    bitmap.close()
    return await canvas.convertToBlob({ type: 'image/png' })
  } catch (error) {
    if (error instanceof DOMException) return undefined
    throw error
  }
}

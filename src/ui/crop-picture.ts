/** A rectangle of a picture, in its own pixels. */
export interface Cut {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** Larger than any screen shows it. */
const longestSide = 1600

/** A part of a picture as a picture of its own: a PNG of a PNG, which may be see-through, and else a JPEG. */
export async function cropPicture(picture: Blob, { left, top, width, height }: Cut): Promise<Blob> {
  const bitmap = await createImageBitmap(picture)
  const scale = Math.min(1, longestSide / Math.max(width, height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(width * scale))
  canvas.height = Math.max(1, Math.round(height * scale))
  const context = canvas.getContext('2d')
  if (context) context.imageSmoothingQuality = 'high'
  context?.drawImage(bitmap, left, top, width, height, 0, 0, canvas.width, canvas.height)
  bitmap.close()
  const type = picture.type === 'image/png' ? 'image/png' : 'image/jpeg'
  const drawn = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, 0.92))
  if (!drawn) throw new DOMException('The picture could not be drawn', 'EncodingError')
  return drawn
}

/** A rectangle of a picture, in its own pixels. */
export interface Cut {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** Larger than any screen shows it. */
const longestSide = 1600

/** A part of a picture as a picture of its own: a JPEG of a JPEG, else a PNG, which may be see-through. */
export async function cropPicture(picture: Blob, { left, top, width, height }: Cut): Promise<Blob> {
  const image = await loadPicture(picture)
  const scale = Math.min(1, longestSide / Math.max(width, height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(width * scale))
  canvas.height = Math.max(1, Math.round(height * scale))
  const context = canvas.getContext('2d')
  if (context) context.imageSmoothingQuality = 'high'
  context?.drawImage(image, left, top, width, height, 0, 0, canvas.width, canvas.height)
  const type = picture.type === 'image/jpeg' ? 'image/jpeg' : 'image/png'
  return writeCanvas(canvas, type)
}

/** The picture as an image that can be drawn, drawings in SVG too. Fails with a DOMException for what is none. */
export async function loadPicture(picture: Blob): Promise<HTMLImageElement> {
  const image = new Image()
  const url = URL.createObjectURL(picture)
  image.src = url
  try {
    await image.decode()
  } finally {
    URL.revokeObjectURL(url)
  }
  return image
}

/** What was drawn, as a file. */
export async function writeCanvas(canvas: HTMLCanvasElement, type: 'image/png' | 'image/jpeg'): Promise<Blob> {
  const drawn = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, 0.92))
  if (!drawn) throw new DOMException('The picture could not be drawn', 'EncodingError')
  return drawn
}

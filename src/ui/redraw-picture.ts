/**
 * A picture as a JPEG in a `data:` address, at most `width` pixels wide; undefined for what the browser can't show, or
 * shows and does not give out (a drawing with a page in it). Drawn anew, so that nothing else that is in the file (a whole
 * card, often) goes along.
 */
export async function redrawPicture(url: string, width: number): Promise<string | undefined> {
  const image = new Image()
  image.src = url
  try {
    await image.decode()
    return draw(image, width)
  } catch (error) {
    if (error instanceof DOMException) return undefined
    throw error
  }
}

function draw(image: HTMLImageElement, width: number): string | undefined {
  const scale = Math.min(1, width / Math.max(1, image.naturalWidth))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(image.naturalWidth * scale))
  canvas.height = Math.max(1, Math.round(image.naturalHeight * scale))
  const context = canvas.getContext('2d')
  if (!context) return undefined
  context.fillStyle = 'white'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(image, 0, 0, canvas.width, canvas.height)
  return canvas.toDataURL('image/jpeg', 0.85)
}

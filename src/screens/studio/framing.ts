import type { Cut } from '#ui/crop-picture.ts'

export interface Size {
  readonly width: number
  readonly height: number
}

/** How a picture lies in its frame. */
export interface Framing {
  readonly frame: 'portrait' | 'square' | 'whole'
  /** 1 fills the frame with as much of the picture as can be. */
  readonly zoom: number
  /** Where the part lies between the left and the right end, and between top and foot: 0 to 1. */
  readonly x: number
  readonly y: number
}

/** The frames as they are on screen, in pixels. */
export const frames = {
  portrait: { width: 216, height: 288 },
  square: { width: 264, height: 264 },
} as const

/** The part of a picture that is in the frame. */
export function cutOf({ zoom, x, y }: Framing, frame: Size, size: Size): Cut {
  const scale = Math.max(frame.width / size.width, frame.height / size.height) * zoom
  const [width, height] = [frame.width / scale, frame.height / scale]
  return { left: (size.width - width) * x, top: (size.height - height) * y, width, height }
}

/** Where the part lies after the picture was dragged by so many pixels of the screen. */
export function moveBy(framing: Framing, frame: Size, size: Size, by: { readonly x: number; readonly y: number }) {
  const cut = cutOf(framing, frame, size)
  const scale = frame.width / cut.width
  const moved = (at: number, room: number, distance: number) =>
    room < 1 ? at : Math.min(1, Math.max(0, at - distance / scale / room))
  return {
    x: moved(framing.x, size.width - cut.width, by.x),
    y: moved(framing.y, size.height - cut.height, by.y),
  }
}

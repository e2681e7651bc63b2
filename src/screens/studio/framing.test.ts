import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cutOf, type Framing, frames, moveBy } from './framing.ts'

const side = fc.integer({ min: 1, max: 5000 })
const share = fc.double({ min: 0, max: 1, noNaN: true })

test('a cut lies within the picture and has the shape of its frame', () => {
  const zoom = fc.double({ min: 1, max: 4, noNaN: true })
  fc.assert(
    fc.property(side, side, share, share, zoom, (width, height, x, y, zoom) => {
      const frame = frames.portrait
      const cut = cutOf({ frame: 'portrait', zoom, x, y }, frame, { width, height })
      expect(cut.left).toBeGreaterThanOrEqual(-1e-6)
      expect(cut.top).toBeGreaterThanOrEqual(-1e-6)
      expect(cut.left + cut.width).toBeLessThanOrEqual(width + 1e-6)
      expect(cut.top + cut.height).toBeLessThanOrEqual(height + 1e-6)
      expect(cut.width / cut.height).toBeCloseTo(frame.width / frame.height, 6)
    }),
  )
})

test('a drag moves the picture as far as the hand goes, and no further than its edge', () => {
  const size = { width: 400, height: 600 }
  const framing: Framing = { frame: 'square', zoom: 2, x: 0.5, y: 0.5 }
  const before = cutOf(framing, frames.square, size)
  const scale = frames.square.width / before.width
  const after = cutOf({ ...framing, ...moveBy(framing, frames.square, size, { x: 10, y: -20 }) }, frames.square, size)
  expect((before.left - after.left) * scale).toBeCloseTo(10)
  expect((after.top - before.top) * scale).toBeCloseTo(20)
  expect(moveBy(framing, frames.square, size, { x: 9000, y: 0 }).x).toBe(0)
})

import { expect, test } from 'vitest'
import { dominantHue } from './dominant-hue.ts'

function solid(...colours: [number, number, number][]): Uint8ClampedArray {
  return new Uint8ClampedArray(colours.flatMap(([r, g, b]) => [r, g, b, 255]))
}

test('primaries give their OKLCH hue', () => {
  expect(Math.abs(dominantHue(solid([255, 0, 0])) - 29)).toBeLessThan(8)
  expect(Math.abs(dominantHue(solid([0, 255, 0])) - 142)).toBeLessThan(8)
  expect(Math.abs(dominantHue(solid([0, 0, 255])) - 264)).toBeLessThan(8)
})

test('the most colourful wins over the most frequent grey, and transparent pixels do not count', () => {
  expect(dominantHue(solid([128, 128, 128], [128, 128, 128], [0, 0, 255]))).toBe(dominantHue(solid([0, 0, 255])))
  const transparentRed = new Uint8ClampedArray([255, 0, 0, 0, 0, 0, 255, 255])
  expect(dominantHue(transparentRed)).toBe(dominantHue(solid([0, 0, 255])))
})

test('a picture without colour is brown', () => {
  expect(dominantHue(solid([0, 0, 0], [255, 255, 255]))).toBe(50)
  expect(dominantHue(new Uint8ClampedArray())).toBe(50)
})

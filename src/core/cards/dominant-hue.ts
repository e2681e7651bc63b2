/**
 * The hue a picture is remembered by, as OKLCH degrees: the fullest of 24 hue bins, where a pixel weighs by its chroma.
 * `pixels` are RGBA bytes; grey pictures give a warm brown. Conversion after Björn Ottosson's Oklab.
 */
export function dominantHue(pixels: Uint8ClampedArray): number {
  const weights = new Float64Array(24)
  for (let i = 0; i + 3 < pixels.length; i += 4) {
    if ((pixels[i + 3] ?? 0) < 128) continue
    const { hue, chroma } = toHue(pixels[i] ?? 0, pixels[i + 1] ?? 0, pixels[i + 2] ?? 0)
    if (chroma < 0.02) continue
    const bin = Math.floor(hue / 15) % 24
    weights[bin] = (weights[bin] ?? 0) + chroma
  }
  const fullest = weights.reduce((best, weight, bin) => (weight > (weights[best] ?? 0) ? bin : best), 0)
  return weights[fullest] ? fullest * 15 + 7.5 : 50
}

function toHue(red: number, green: number, blue: number): { hue: number; chroma: number } {
  const [r, g, b] = [toLinear(red), toLinear(green), toLinear(blue)]
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s
  const bb = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
  return { hue: ((Math.atan2(bb, a) * 180) / Math.PI + 360) % 360, chroma: Math.hypot(a, bb) }
}

function toLinear(byte: number): number {
  const value = byte / 255
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
}

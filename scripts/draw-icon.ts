import { crc32, deflateSync } from 'node:zlib'

type Color = readonly [red: number, green: number, blue: number]

/** How far a point is outside of a shape; negative inside. */
type Distance = (x: number, y: number) => number

interface Shape {
  readonly color: Color
  readonly distance: Distance
}

/** How the mark is set in its square. */
export interface IconLayout {
  /** In pixels, each way. */
  readonly size: number
  /** The ground fills the square, for systems that cut their own shape out of it: the mark is within all of them. */
  readonly isMaskable: boolean
}

/** As wide as the mark's file says it is. */
const viewBox = 32

/** Draws our mark as a PNG, for systems that take no SVG. It knows the few kinds of shapes which that file has. */
export function drawIcon(mark: string, { size, isMaskable }: IconLayout): Buffer {
  const [ground, ...shapes] = shapesOf(mark)
  if (!ground) throw new Error('The mark has no shapes')
  const scale = viewBox / size
  const pixels = Buffer.alloc(size * (size * 4 + 1))
  let at = 0
  for (let row = 0; row < size; row += 1) {
    pixels[at++] = 0 // This row is stored as it is.
    for (let column = 0; column < size; column += 1) {
      const x = (column + 0.5 - size / 2) * scale + viewBox / 2
      const y = (row + 0.5 - size / 2) * scale + viewBox / 2
      let color = ground.color
      for (const shape of shapes) color = mix(color, shape.color, coverage(shape.distance(x, y) / scale))
      const alpha = isMaskable ? 1 : coverage(ground.distance(x, y) / scale)
      for (const part of [...color, alpha * 255]) pixels[at++] = Math.round(part)
    }
  }
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 6, 0, 0, 0])
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const chunks = [
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]
  return Buffer.concat([signature, ...chunks])
}

function coverage(distance: number): number {
  return Math.min(1, Math.max(0, 0.5 - distance))
}

function mix(below: Color, above: Color, share: number): Color {
  const part = (index: 0 | 1 | 2) => below[index] + (above[index] - below[index]) * share
  return [part(0), part(1), part(2)]
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

function shapesOf(mark: string): readonly Shape[] {
  return [...mark.matchAll(/<(rect|path|circle)\s([^>]*)\/>/g)].flatMap(([, kind, text = '']) => {
    const attributes = new Map([...text.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value ?? '']))
    const number = (name: string) => Number(attributes.get(name) ?? 0)
    const stroke = attributes.get('stroke')
    const half = number('stroke-width') / 2
    const color = colorOf(stroke ?? attributes.get('fill') ?? '')
    if (kind === 'rect') return [{ color, distance: roundedSquare(number('width') / 2, number('rx')) }]
    if (kind === 'circle') {
      const fromEdge: Distance = (x, y) => Math.hypot(x - number('cx'), y - number('cy')) - number('r')
      return [{ color, distance: stroke ? (x: number, y: number) => Math.abs(fromEdge(x, y)) - half : fromEdge }]
    }
    return [...(attributes.get('d') ?? '').matchAll(/M([\d.]+) ([\d.]+)h([\d.]+)/g)].map(([, ...parts]) => {
      const [left = 0, y = 0, length = 0] = parts.map(Number)
      return { color, distance: bar(left, y, length, half) }
    })
  })
}

function colorOf(hex: string): Color {
  const [red = 0, green = 0, blue = 0] = Buffer.from(hex.slice(1), 'hex')
  return [red, green, blue]
}

function roundedSquare(half: number, radius: number): Distance {
  return (x, y) => {
    const right = Math.abs(x - half) - half + radius
    const down = Math.abs(y - half) - half + radius
    return Math.hypot(Math.max(right, 0), Math.max(down, 0)) + Math.min(Math.max(right, down), 0) - radius
  }
}

/** A line across, with round ends. */
function bar(left: number, y: number, length: number, half: number): Distance {
  return (px, py) => Math.hypot(px - Math.min(left + length, Math.max(left, px)), py - y) - half
}

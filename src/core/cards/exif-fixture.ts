import { concatBytes, latin1Bytes, uint16Little, uint32, uint32Little } from '#lib/bytes.ts'

// EXIF data with a UserComment, and the pictures it lies in, for tests.

interface Options {
  /** Where the tag stands: in the first directory (TavernAI), or in the EXIF one (Backyard). */
  readonly directory?: 'first' | 'exif'
  readonly order?: 'II' | 'MM'
  readonly code?: string
}

/** EXIF data, without its preamble, in which the comment says this. */
export function exifOf(
  comment: Uint8Array,
  { directory = 'first', order = 'II', code = 'ASCII\0\0\0' }: Options = {},
): Uint8Array<ArrayBuffer> {
  const two = (value: number) => (order === 'II' ? uint16Little(value) : uint16Little(value).reverse())
  const four = (value: number) => (order === 'II' ? uint32Little(value) : uint32(value))
  const value = concatBytes([latin1Bytes(code), comment])
  const field = (tag: number, type: number, count: number, last: number) =>
    concatBytes([two(tag), two(type), four(count), four(last)])
  const head = [latin1Bytes(order), two(42), four(8)]
  const orientation = concatBytes([two(0x0112), two(3), four(1), two(1), two(0)])
  if (directory === 'first') {
    return concatBytes([...head, two(2), orientation, field(0x9286, 7, value.length, 38), four(0), value])
  }
  return concatBytes([
    ...head,
    two(2),
    orientation,
    field(0x8769, 4, 1, 38),
    four(0),
    two(1),
    field(0x9286, 7, value.length, 56),
    four(0),
    value,
  ])
}

/** A WebP of one pixel, lossless, with this EXIF data. */
export function webpOf(exif: Uint8Array): Uint8Array<ArrayBuffer> {
  const chunk = (name: string, data: Uint8Array) =>
    concatBytes([latin1Bytes(name), uint32Little(data.length), data, new Uint8Array(data.length & 1)])
  const body = concatBytes([
    latin1Bytes('WEBP'),
    chunk('VP8X', Uint8Array.of(8, 0, 0, 0, 0, 0, 0, 0, 0, 0)),
    chunk('VP8L', Uint8Array.of(0x2f, 0, 0, 0, 0x10, 0x07, 0x10, 0x11, 0x11, 0x88, 0x88, 0xfe, 0x07)),
    chunk('EXIF', exif),
  ])
  return concatBytes([latin1Bytes('RIFF'), uint32Little(body.length), body])
}

/** The beginning of a JPEG of 8 × 6 pixels with this EXIF data, as far as readers of headers look. */
export function jpegOf(exif?: Uint8Array): Uint8Array<ArrayBuffer> {
  const segment = (marker: number, data: Uint8Array) =>
    concatBytes([Uint8Array.of(0xff, marker), uint16Little(data.length + 2).reverse(), data])
  return concatBytes([
    Uint8Array.of(0xff, 0xd8),
    segment(0xe0, latin1Bytes('JFIF\0\x01\x02\0\0\x01\0\x01\0\0')),
    ...(exif ? [segment(0xe1, concatBytes([latin1Bytes('Exif\0\0'), exif]))] : []),
    segment(0xc0, Uint8Array.of(8, 0, 6, 0, 8, 1, 1, 0x11, 0)),
    Uint8Array.of(0xff, 0xda, 0, 2, 0, 0xff, 0xd9),
  ])
}

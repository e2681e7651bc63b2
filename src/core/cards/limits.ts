const mebibyte = 1_048_576

/** What a card file may cost us, in bytes unless said otherwise. Real cards stay far below all of these. */
export const limits = {
  file: 100 * mebibyte,
  /** From here on a file is read, but the reader is told that it is large. */
  largeFile: 20 * mebibyte,
  json: 16 * mebibyte,
  /** Levels of lists and objects within each other: engines overflow their stack on a few thousand. */
  jsonDepth: 256,
  /** Values in one JSON text: millions of empty lists fit into a few megabytes, and take hundreds once parsed. */
  jsonValues: 1_000_000,
  /** Chunks of a PNG that are walked over, of any kind. */
  pngChunks: 100_000,
  /** A text chunk of a PNG, as it is. */
  textChunk: 32 * mebibyte,
  /** All text chunks of a PNG together, inflated. */
  inflated: 32 * mebibyte,
  /** Card chunks of one PNG that are looked at. */
  cardChunks: 16,
  /** All that one file unfolds to: the entries of its archive, and of the archives in that. */
  unpacked: 300 * mebibyte,
  /** Entries of a zip archive. */
  zipEntries: 2000,
  /** An entry of a zip archive, inflated. */
  zipEntry: 50 * mebibyte,
  /** How many times its size a card may unfold to in a zip archive. */
  cardRatio: 200,
  /** A card of this size may unfold from anything. */
  cardAtAnyRatio: 4 * mebibyte,
  /** A `data:` address among a card's assets, as it is written. */
  dataAddress: 20 * mebibyte,
  /** YAML is hand-written, and its parsers take a thousand times as long as those of JSON. */
  yaml: mebibyte / 4,
  /** Lines, commas and brackets of YAML. */
  yamlMarks: 16_000,
  /** Pixels along one side of a picture. */
  pictureSide: 16_384,
  /** Pixels of a picture. */
  pictureArea: 40_000_000,
} as const

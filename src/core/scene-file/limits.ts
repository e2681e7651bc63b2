/** What a file of scenes may cost us. Real ones stay far below all of these. */
export const sceneLimits = {
  /** UTF-16 units of a file: portraits are in it. */
  length: 100_000_000,
  /** Scenes of one file. */
  scenes: 5000,
  /** Characters of one scene. */
  characters: 60,
  /** Lines of one scene. */
  lines: 2000,
  /** UTF-16 units of a name, a title. */
  nameLength: 200,
  /** UTF-16 units of any other text. */
  textLength: 200_000,
  /** Bytes of a portrait. */
  portrait: 20_000_000,
} as const

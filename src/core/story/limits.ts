/** What a chat file may cost us. Long chats of real people stay far below all of these. */
export const chatLimits = {
  /** UTF-16 units of a file. */
  length: 200_000_000,
  /** UTF-16 units of one line of JSONL. */
  lineLength: 5_000_000,
  lines: 500_000,
  /** Turns of one chat, all takes among them. */
  turns: 500_000,
  /** Takes of one turn. */
  takes: 1000,
  nameLength: 200,
} as const

/** What a page says to its worker. */
export type WorkerMessage =
  /** The reader wants the new version. */
  | 'take over'
  /** A page was opened: what only other pages needed may go. */
  | 'tidy up'

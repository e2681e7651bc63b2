/** A voice that reads aloud. */
export interface VoicePort {
  /** False where the browser has no speech. */
  readonly isThere: boolean
  /** Reads one text after the other and calls back when it is through, was stopped, or could not go on. Gives the way to stop. */
  read(texts: readonly string[], onEnd: () => void): () => void
}

/** Tells whether a tab that began something is still alive to end it. */
export interface LocksPort {
  /** Holds a name until the returned function is called or the tab dies; calls back when another tab wants it ended. */
  hold(name: string, onAsked?: () => void): () => void
  isHeld(name: string): Promise<boolean>
  /** Asks whoever holds a name, in another tab, to be done with it. */
  ask(name: string): void
}

/** Tells whether a tab that began something is still alive to end it. */
export interface LocksPort {
  /** Holds a name until the returned function is called or the tab dies. */
  hold(name: string): () => void
  isHeld(name: string): Promise<boolean>
}

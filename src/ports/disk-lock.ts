/** The passphrase for everything: whether rows are sealed, and with what. Each change takes effect when the page is loaded anew. */
export interface DiskLockPort {
  isSet(): Promise<boolean>
  /** Has all rows sealed. Fails with a `StorageFailure`; nothing was changed then. */
  set(passphrase: string): Promise<void>
  /** Puts the key in a box for another passphrase; false where `current` is not the one that is set. */
  change(current: string, next: string): Promise<boolean>
  /** Has all rows opened again; false where `current` is not the one that is set. */
  remove(current: string): Promise<boolean>
  /** Has the other tabs forget the key; this one forgets it when it is loaded anew. */
  lockOthers(): void
}

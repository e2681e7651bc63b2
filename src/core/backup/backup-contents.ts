import type { BackupHead } from './backup-file.ts'
import type { BackupTable } from './backup-rows.ts'

/** What becomes of the rows of a table when a backup is restored. */
export interface TableShare {
  readonly added: number
  readonly same: number
  /** Here too, and not the same. */
  readonly differing: number
}

/** What a backup would bring. */
export interface BackupContents {
  readonly head: BackupHead
  readonly shares: Readonly<Partial<Record<BackupTable | 'files', TableShare>>>
  /** Lines that are of no use, the first few of them with why. */
  readonly unreadable: number
  readonly examples: readonly { readonly line: number; readonly why: string }[]
  /** Rows and files that can be read. */
  readonly total: number
}

/** Backups as files: lines of text, packed. */
export interface BackupFiles {
  /** Takes the lines as they come; never the whole text is in memory. With a passphrase the file is sealed with it. */
  pack(lines: AsyncIterable<string>, passphrase?: string): Promise<Blob>
  /** Fails with a `TypeError` where the file is damaged. */
  unpack(file: Blob): AsyncIterable<string>
  /** The file opens only with a passphrase. */
  isSealed(file: Blob): Promise<boolean>
  /** What is in a sealed file; undefined where the passphrase is another, or the file was changed. */
  open(file: Blob, passphrase: string): Promise<Blob | undefined>
}

/** Backups as files: lines of text, packed. */
export interface BackupFiles {
  /** Takes the lines as they come; never the whole text is in memory. */
  pack(lines: AsyncIterable<string>): Promise<Blob>
  /** Fails with a `TypeError` where the file is damaged. */
  unpack(file: Blob): AsyncIterable<string>
}

/** What a backup is called. @param at unix milliseconds. */
export function backupName(at: number, isSealed = false): string {
  return `subtext-backup-${new Date(at).toISOString().slice(0, 10)}.${isSealed ? 'sealed' : 'jsonl.gz'}`
}

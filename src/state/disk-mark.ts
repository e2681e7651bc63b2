/** Lies beside the database and outlives it: a browser that deletes a damaged database leaves this. */
const mark = 'subtext-disk'

/** `kept`: there is a database. `emptied`: there was one, another had to be made, and the reader has not yet said "I see". */
type DiskMark = 'kept' | 'emptied'

/** Undefined also where the browser withholds what it keeps. */
export function readDiskMark(): string | undefined {
  try {
    return localStorage.getItem(mark) ?? undefined
  } catch {
    return undefined
  }
}

/** @param now undefined: what there was is deleted on purpose. */
export function writeDiskMark(now: DiskMark | undefined): void {
  try {
    if (now) localStorage.setItem(mark, now)
    else localStorage.removeItem(mark)
  } catch {
    // Then it is not known the next time.
  }
}

import { create } from 'zustand'
import { StorageFailure } from '#ports/storage.ts'

/**
 * What is wrong with the disk as a whole. `none-given`: the browser gives the page none. `newer`: what is on it is of a
 * newer version of the app. `lost`: it was deleted or closed beneath the page. `emptied`: what was there when the page was
 * last open is gone. `full`: the last change found no room.
 */
export type DiskTrouble = 'none-given' | 'newer' | 'lost' | 'emptied' | 'full'

/** Told to the reader as long as it is there. */
export const useDiskTrouble = create<{ readonly trouble?: DiskTrouble | undefined }>(() => ({}))

/** Whether what is written is kept: there is a disk, and it is ours to write to. */
export function useIsLasting(): boolean {
  return useDiskTrouble(({ trouble }) => trouble === undefined || trouble === 'full' || trouble === 'emptied')
}

/** What was not written, or could not be read, may say something about the disk as a whole. */
export function noteStorageFailure(error: unknown): void {
  const { trouble } = useDiskTrouble.getState()
  if (!(error instanceof StorageFailure) || (trouble && trouble !== 'emptied')) return
  useDiskTrouble.setState({ trouble: error.reason === 'unavailable' ? 'lost' : error.reason })
}

import { limits } from './limits.ts'

/** How much one file may still unfold to, in bytes, with everything that is packed in it at any depth. */
export interface Budget {
  bytes: number
}

/** A full budget, for one file. */
export function createBudget(): Budget {
  return { bytes: limits.unpacked }
}

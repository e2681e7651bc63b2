import type { CardFileItem } from '#ports/card-reader.ts'

/** What the page asks of the worker: to open a file, and then for one card after the other. */
export type WorkerRequest =
  | { readonly type: 'open'; readonly file: Blob; readonly fileName: string }
  | { readonly type: 'next' }

/** The answer to `next`. */
export type WorkerAnswer =
  | { readonly type: 'item'; readonly item: CardFileItem }
  | { readonly type: 'end' }
  | { readonly type: 'failed'; readonly error: unknown }

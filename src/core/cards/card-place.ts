import { t } from '#lib/translate.ts'

/** A text chunk of a PNG: its type, its keyword in lower case, and where it begins in the file, in bytes. */
export interface TextChunkPlace {
  readonly kind: 'tEXt' | 'zTXt' | 'iTXt'
  readonly keyword: string
  readonly offset: number
}

/** Where in a PNG, as part of a sentence, with a blank before it; nothing for a JSON file. */
export function wherePhrase(chunk: TextChunkPlace | undefined): string {
  return chunk
    ? t(' in this PNG\'s "{keyword}" chunk ({kind} at byte {offset})', {
        keyword: chunk.keyword,
        kind: chunk.kind,
        offset: chunk.offset,
      })
    : ''
}

/** Bytes as mebibytes for a sentence, to one decimal and never rounded down to the limit that was overrun. */
export function inMebibytes(bytes: number): number {
  return Math.ceil((bytes / 1_048_576) * 10) / 10
}

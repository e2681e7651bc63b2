import { exhaustive } from '#lib/exhaustive.ts'
import type { UnpackFailure } from './card-file.ts'
import { inMebibytes, type TextChunkPlace, wherePhrase } from './card-place.ts'
import { limits } from './limits.ts'
import type { ZipProblem } from './read-zip.ts'
import { describeUnsupportedFormat, type UnsupportedFormat } from './unsupported-format.ts'

/** Why a file gave no card. `chunk` is there when the trouble lies inside a PNG's text chunk and not in a JSON file. */
export type CardError =
  | { readonly type: 'empty-file' }
  | { readonly type: 'file-too-large'; readonly bytes: number; readonly limit: number }
  | { readonly type: 'json-too-large'; readonly bytes: number; readonly limit: number; readonly chunk?: TextChunkPlace }
  | {
      readonly type: 'json-too-deep'
      readonly limit: number
      readonly line: number
      readonly column: number
      readonly chunk?: TextChunkPlace
    }
  | { readonly type: 'json-too-many-values'; readonly limit: number; readonly chunk?: TextChunkPlace }
  | {
      readonly type: 'malformed-json'
      readonly problem: string
      readonly line: number
      readonly column: number
      readonly chunk?: TextChunkPlace
    }
  /** JSON that is none of the things we know; `found` names what it is. */
  | { readonly type: 'not-a-card'; readonly found: string; readonly chunk?: TextChunkPlace }
  | { readonly type: 'unsupported-format'; readonly format: UnsupportedFormat; readonly chunk?: TextChunkPlace }
  | { readonly type: 'unknown-format' }
  /** A picture with no card in it. */
  | { readonly type: 'no-card-inside'; readonly container: 'PNG' | 'JPEG' | 'WebP' }
  /** A list of cards where one was asked for. */
  | { readonly type: 'several-cards'; readonly count: number }
  | { readonly type: 'too-many-cards'; readonly count: number; readonly limit: number }
  | { readonly type: 'yaml-too-large'; readonly bytes: number; readonly limit: number }
  | { readonly type: 'yaml-too-deep'; readonly limit: number }
  | { readonly type: 'malformed-yaml'; readonly line: number; readonly column: number }
  /** A zip archive that is broken, or made to break us. */
  | { readonly type: 'bad-archive'; readonly problem: ZipProblem }
  | { readonly type: 'unreadable-entry'; readonly path: string; readonly problem: UnpackFailure }
  /** An archive lacks an entry that it says it has. */
  | { readonly type: 'missing-entry'; readonly path: string }
  /** The reader was stopped by whoever ran it. */
  | { readonly type: 'took-too-long'; readonly seconds: number }
  /** The file ends before the chunk at `offset` does. */
  | { readonly type: 'cut-off'; readonly chunk: TextChunkPlace }
  | {
      readonly type: 'chunk-too-large'
      readonly limit: number
      readonly inflated: boolean
      readonly chunk: TextChunkPlace
    }
  /** The chunk can't be decoded: its compression or its base64 is broken. `at` counts within its text. */
  | {
      readonly type: 'undecodable-chunk'
      readonly coding: 'base64' | 'compression'
      readonly at?: number
      readonly chunk: TextChunkPlace
    }
  | { readonly type: 'encrypted-card'; readonly chunk: TextChunkPlace }

/** The error as a sentence or two for the reader: what is wrong, where, and what to do. */
export function describeCardError(error: CardError): string {
  switch (error.type) {
    case 'empty-file':
      return 'This file is empty. Download or export the card again.'
    case 'file-too-large':
      return `This file is ${inMebibytes(error.bytes)} MB; cards up to ${inMebibytes(error.limit)} MB can be read. Save its picture smaller, or import the card as JSON.`
    case 'json-too-large':
      return `The card${wherePhrase(error.chunk)} is ${inMebibytes(error.bytes)} MB of text; up to ${inMebibytes(error.limit)} MB can be read. Remove what is embedded in it (pictures, sounds) and export it again.`
    case 'json-too-deep':
      return `The card${wherePhrase(error.chunk)} nests lists and objects more than ${error.limit} deep (line ${error.line}, column ${error.column}). No card needs that, so it was not read; ask whoever made it for a proper one.`
    case 'json-too-many-values':
      return `The card${wherePhrase(error.chunk)} holds more than ${error.limit.toLocaleString('en')} values. No card needs that, so it was not read; ask whoever made it for a proper one.`
    case 'malformed-json':
      return `The JSON${wherePhrase(error.chunk)} is broken at line ${error.line}, column ${error.column}: ${error.problem}. Mend it there in a text editor, or export the card again.`
    case 'not-a-card':
      return `There is no character card${wherePhrase(error.chunk) || ' in this file'}: it holds ${error.found}. A card has a name and a description or a first message; export it again as a character card.`
    case 'unsupported-format':
      return describeUnsupportedFormat(error.format)
    case 'unknown-format':
      return 'This is not a file that can hold a character card. Choose a card saved as PNG, JSON or CHARX.'
    case 'no-card-inside':
      return `This ${error.container} is only a picture: there is no card in it. Sites that shrink or convert pictures strip the card, so download the original file, or import the card as JSON.`
    case 'several-cards':
      return `There are ${error.count} cards in this file, and one was asked for. Import the file in the library, which takes them all.`
    case 'too-many-cards':
      return `There are ${error.count.toLocaleString('en')} cards in this file; up to ${error.limit.toLocaleString('en')} can be read at once. Split it into smaller files.`
    case 'yaml-too-large':
      return `This YAML is ${inMebibytes(error.bytes)} MB of text; up to ${inMebibytes(error.limit)} MB can be read. Save the character as JSON.`
    case 'yaml-too-deep':
      return `This YAML nests lists and objects more than ${error.limit} deep. No character needs that, so it was not read; ask whoever made it for a proper one.`
    case 'malformed-yaml':
      return `The YAML is broken at line ${error.line}, column ${error.column}. Mend it there in a text editor, or save the character as JSON.`
    case 'bad-archive':
      return archiveProblems[error.problem]
    case 'unreadable-entry':
      return `The archive's "${error.path.slice(0, 120)}" ${entryProblems[error.problem]}`
    case 'missing-entry':
      return `This archive lacks "${error.path}", which it says it has. Download it again, or export the character again.`
    case 'took-too-long':
      return `Reading this file took more than ${error.seconds} seconds, so it was stopped. Save the card as JSON or PNG and try that.`
    case 'cut-off':
      return `The file ends in the middle of its card${wherePhrase(error.chunk)}. Download it again.`
    case 'chunk-too-large':
      return error.inflated
        ? `The card${wherePhrase(error.chunk)} unpacks to more than ${inMebibytes(error.limit)} MB. No honest card does, so it was not read.`
        : `The card${wherePhrase(error.chunk)} is larger than ${inMebibytes(error.limit)} MB. Import it as JSON without embedded pictures.`
    case 'undecodable-chunk':
      return `The card${wherePhrase(error.chunk)} is damaged: its ${error.coding} can't be read${error.at === undefined ? '' : ` from character ${error.at + 1} on`}. Download it again, or ask for it as JSON.`
    case 'encrypted-card':
      return `The card${wherePhrase(error.chunk)} is encrypted by RisuAI. Open it there with its password and export it without one.`
    default:
      return exhaustive(error)
  }
}

const archiveProblems: Record<ZipProblem, string> = {
  damaged: "This archive is cut off or damaged: its list of contents can't be read. Download it again.",
  encrypted: 'This archive is locked with a password. Pack it again without one.',
  overlapping: 'The files in this archive overlap each other. No honest program packs them so, and it was not read.',
  'too-many-entries': `This archive holds more than ${limits.zipEntries.toLocaleString('en')} files. Pack fewer cards into one archive.`,
  'too-large': `This archive unpacks to more than ${inMebibytes(limits.unpacked)} MB. Take out what is large in it, or import the card as JSON.`,
}

const entryProblems: Record<UnpackFailure, string> = {
  'too-large': 'unpacks to more than any card needs, so it was not read. Ask whoever made it for a proper one.',
  damaged: "is damaged and can't be unpacked. Download the archive again.",
  'unknown-method': "is packed in a way that can't be read. Pack it again as a plain zip.",
}

import { exhaustive } from '#lib/exhaustive.ts'
import { t } from '#lib/translate.ts'
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
      return t('This file is empty. Download or export the card again.')
    case 'file-too-large':
      return t(
        'This file is {bytes} MB; cards up to {limit} MB can be read. Save its picture smaller, or import the card as JSON.',
        { bytes: inMebibytes(error.bytes), limit: inMebibytes(error.limit) },
      )
    case 'json-too-large':
      return t(
        'The card{where} is {bytes} MB of text; up to {limit} MB can be read. Remove what is embedded in it (pictures, sounds) and export it again.',
        { where: wherePhrase(error.chunk), bytes: inMebibytes(error.bytes), limit: inMebibytes(error.limit) },
      )
    case 'json-too-deep':
      return t(
        'The card{where} nests lists and objects more than {limit} deep (line {line}, column {column}). No card needs that, so it was not read; ask whoever made it for a proper one.',
        { where: wherePhrase(error.chunk), limit: error.limit, line: error.line, column: error.column },
      )
    case 'json-too-many-values':
      return t(
        'The card{where} holds more than {limit, number} values. No card needs that, so it was not read; ask whoever made it for a proper one.',
        { where: wherePhrase(error.chunk), limit: error.limit },
      )
    case 'malformed-json':
      return t(
        'The JSON{where} is broken at line {line}, column {column}: {problem}. Mend it there in a text editor, or export the card again.',
        { where: wherePhrase(error.chunk), line: error.line, column: error.column, problem: error.problem },
      )
    case 'not-a-card':
      return error.chunk
        ? t(
            'There is no character card{where}: it holds {found}. A card has a name and a description or a first message; export it again as a character card.',
            { where: wherePhrase(error.chunk), found: error.found },
          )
        : t(
            'There is no character card in this file: it holds {found}. A card has a name and a description or a first message; export it again as a character card.',
            { found: error.found },
          )
    case 'unsupported-format':
      return describeUnsupportedFormat(error.format)
    case 'unknown-format':
      return t('This is not a file that can hold a character card. Choose a card saved as PNG, JSON or CHARX.')
    case 'no-card-inside':
      return t(
        'This {container} is only a picture: there is no card in it. Sites that shrink or convert pictures strip the card, so download the original file, or import the card as JSON.',
        { container: error.container },
      )
    case 'several-cards':
      return t(
        'There are {count, plural, one {# card} other {# cards}} in this file, and one was asked for. Import the file in the library, which takes them all.',
        { count: error.count },
      )
    case 'too-many-cards':
      return t(
        'There are {count, number} cards in this file; up to {limit, number} can be read at once. Split it into smaller files.',
        { count: error.count, limit: error.limit },
      )
    case 'yaml-too-large':
      return t('This YAML is {bytes} MB of text; up to {limit} MB can be read. Save the character as JSON.', {
        bytes: inMebibytes(error.bytes),
        limit: inMebibytes(error.limit),
      })
    case 'yaml-too-deep':
      return t(
        'This YAML nests lists and objects more than {limit} deep. No character needs that, so it was not read; ask whoever made it for a proper one.',
        { limit: error.limit },
      )
    case 'malformed-yaml':
      return t(
        'The YAML is broken at line {line}, column {column}. Mend it there in a text editor, or save the character as JSON.',
        { line: error.line, column: error.column },
      )
    case 'bad-archive':
      return archiveProblems[error.problem]
    case 'unreadable-entry':
      return describeEntryProblem(error.path.slice(0, 120), error.problem)
    case 'missing-entry':
      return t('This archive lacks "{path}", which it says it has. Download it again, or export the character again.', {
        path: error.path,
      })
    case 'took-too-long':
      return t(
        'Reading this file took more than {seconds} seconds, so it was stopped. Save the card as JSON or PNG and try that.',
        { seconds: error.seconds },
      )
    case 'cut-off':
      return t('The file ends in the middle of its card{where}. Download it again.', {
        where: wherePhrase(error.chunk),
      })
    case 'chunk-too-large':
      return error.inflated
        ? t('The card{where} unpacks to more than {limit} MB. No honest card does, so it was not read.', {
            where: wherePhrase(error.chunk),
            limit: inMebibytes(error.limit),
          })
        : t('The card{where} is larger than {limit} MB. Import it as JSON without embedded pictures.', {
            where: wherePhrase(error.chunk),
            limit: inMebibytes(error.limit),
          })
    case 'undecodable-chunk':
      return error.at === undefined
        ? t(
            "The card{where} is damaged: its {coding, select, base64 {base64} other {compression}} can't be read. Download it again, or ask for it as JSON.",
            { where: wherePhrase(error.chunk), coding: error.coding },
          )
        : t(
            "The card{where} is damaged: its {coding, select, base64 {base64} other {compression}} can't be read from character {character} on. Download it again, or ask for it as JSON.",
            { where: wherePhrase(error.chunk), coding: error.coding, character: error.at + 1 },
          )
    case 'encrypted-card':
      return t('The card{where} is encrypted by RisuAI. Open it there with its password and export it without one.', {
        where: wherePhrase(error.chunk),
      })
    default:
      return exhaustive(error)
  }
}

const archiveProblems: Record<ZipProblem, string> = {
  damaged: t("This archive is cut off or damaged: its list of contents can't be read. Download it again."),
  encrypted: t('This archive is locked with a password. Pack it again without one.'),
  overlapping: t('The files in this archive overlap each other. No honest program packs them so, and it was not read.'),
  'too-many-entries': t('This archive holds more than {zipEntries, number} files. Pack fewer cards into one archive.', {
    zipEntries: limits.zipEntries,
  }),
  'too-large': t(
    'This archive unpacks to more than {unpacked} MB. Take out what is large in it, or import the card as JSON.',
    { unpacked: inMebibytes(limits.unpacked) },
  ),
}

function describeEntryProblem(path: string, problem: UnpackFailure): string {
  switch (problem) {
    case 'too-large':
      return t(
        'The archive\'s "{path}" unpacks to more than any card needs, so it was not read. Ask whoever made it for a proper one.',
        { path },
      )
    case 'damaged':
      return t('The archive\'s "{path}" is damaged and can\'t be unpacked. Download the archive again.', { path })
    case 'unknown-method':
      return t('The archive\'s "{path}" is packed in a way that can\'t be read. Pack it again as a plain zip.', {
        path,
      })
  }
}

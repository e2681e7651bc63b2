import { exhaustive } from '#lib/exhaustive.ts'
import { t } from '#lib/translate.ts'
import { type CardError, describeCardError } from './card-error.ts'
import { inMebibytes, type TextChunkPlace, wherePhrase } from './card-place.ts'
import type { JsonRepair } from './tolerant-json.ts'

/** Something about a card that was read all the same, and that its reader may want to know. */
export type CardWarning =
  | { readonly type: 'large-file'; readonly bytes: number }
  /** The label says a later version than we know. */
  | { readonly type: 'newer-version'; readonly found: string }
  /** The label is none we know; read as V3. */
  | { readonly type: 'unknown-spec'; readonly found: string }
  | { readonly type: 'missing-spec' }
  /** Labelled V2 or V3 without `data`: the fields were found at the root. */
  | { readonly type: 'missing-data' }
  | { readonly type: 'missing-name'; readonly used: string }
  | { readonly type: 'repaired-json'; readonly repairs: readonly JsonRepair[] }
  /** The card was a text (or a list of bytes) inside JSON, itself holding JSON. */
  | { readonly type: 'wrapped-json'; readonly as: 'text' | 'bytes' | 'list' }
  /** Another program's character, made into a card. */
  | { readonly type: 'converted'; readonly from: string }
  /** The file holds chats with the character, which are not part of a card. */
  | { readonly type: 'left-out-chats'; readonly count: number }
  /** The archive holds more characters than its format allows; the first was read. */
  | { readonly type: 'other-characters'; readonly count: number }
  /** Part of an archive could not be read. */
  | { readonly type: 'skipped-entry'; readonly error: CardError }
  /** The checksum of an entry is wrong, what it says is sound. */
  | { readonly type: 'bad-entry-checksum'; readonly path: string }
  /** Names in an archive that would lead out of it; what is under them was left out. */
  | { readonly type: 'unsafe-names'; readonly names: readonly string[] }
  | { readonly type: 'repeated-names'; readonly names: readonly string[] }
  /** The whole archive lay in a folder of its own. */
  | { readonly type: 'wrapped-folder'; readonly folder: string }
  /** Files a card says it comes with that are not there, and the first few of their addresses. */
  | { readonly type: 'missing-assets'; readonly count: number; readonly uris: readonly string[] }
  /** Files found under another name than the card says. */
  | { readonly type: 'renamed-assets'; readonly count: number; readonly uris: readonly string[] }
  /** Bytes that are not UTF-8 were replaced by U+FFFD. */
  | { readonly type: 'invalid-utf8' }
  /** Keys that attack careless programs (`__proto__`). Kept as the plain text they are. */
  | { readonly type: 'suspicious-keys'; readonly paths: readonly string[] }
  /** Numbers with more digits than a double keeps. */
  | { readonly type: 'imprecise-numbers'; readonly paths: readonly string[] }
  /** The text chunk's checksum is wrong, its card is sound. */
  | { readonly type: 'bad-checksum'; readonly chunk: TextChunkPlace }
  /** A card chunk could not be read, another one could. */
  | { readonly type: 'skipped-chunk'; readonly error: CardError }
  /** Another card chunk says something else; the one that was read is the newer kind, or came first. */
  | { readonly type: 'other-card'; readonly name: string; readonly chunk: TextChunkPlace }
  /** The card is sound, its picture is not: at `offset` in the file. */
  | { readonly type: 'damaged-picture'; readonly problem: PictureDamage; readonly offset: number }
  | { readonly type: 'oversized-picture'; readonly width: number; readonly height: number }
  /** The card's main icon is no picture a browser can show. */
  | { readonly type: 'unshowable-picture' }

/** What is wrong with a PNG. */
export type PictureDamage = 'signature' | 'header' | 'checksum' | 'broken-chunk' | 'cut-off' | 'no-image' | 'no-end'

const damages: Record<PictureDamage, string> = {
  signature: t('its first bytes were altered, as if it had been sent as text'),
  header: t('its header is missing or makes no sense'),
  checksum: t('a checksum is wrong'),
  'broken-chunk': t('its structure is broken'),
  'cut-off': t('the file ends too early'),
  'no-image': t('there is no image data in it'),
  'no-end': t('the end mark is missing'),
}

const repairs: Record<JsonRepair['kind'], string> = {
  'trailing-comma': t('a comma too many'),
  'raw-control-character': t('a line break or tab inside a text'),
  'unknown-escape': t('a backslash that means nothing'),
  'text-after-end': t('something behind the end'),
}

const wrappings: Record<'text' | 'bytes' | 'list', string> = {
  text: t('The card was packed as a text inside JSON; it was unpacked. Exporting it again puts that right.'),
  bytes: t('The card was saved as a list of byte numbers; it was unpacked. Exporting it again puts that right.'),
  list: t('The card was the only one in a list; it was taken out. Exporting it again puts that right.'),
}

/** The warning as a sentence or two for the reader: what was found, where, and what was or can be done. */
export function describeCardWarning(warning: CardWarning): string {
  switch (warning.type) {
    case 'large-file':
      return t('This file is large ({bytes} MB); it takes that much room in the browser.', {
        bytes: inMebibytes(warning.bytes),
      })
    case 'newer-version':
      return t(
        'This card says it follows version {found} of the card format, which is newer than this app. What is new in it is kept, but not used.',
        { found: warning.found },
      )
    case 'unknown-spec':
      return t(
        'This card calls its format "{found}", which is not known here. It was read as a V3 card; check that nothing is missing.',
        { found: warning.found },
      )
    case 'missing-spec':
      return t(
        'This card does not say which format it follows. It was read as a V2 card; check that nothing is missing.',
      )
    case 'missing-data':
      return t(
        'The fields of this card are not where its format wants them. They were found all the same; exporting the card puts them right.',
      )
    case 'missing-name':
      return t('This card gives its character no name. It is called "{used}" for now; you can name it in the editor.', {
        used: warning.used,
      })
    case 'repaired-json':
      return t("Small mistakes in the card's JSON were passed over: {mistakes}. Check that nothing is missing.", {
        mistakes: warning.repairs
          .map(({ kind, line, column }) =>
            t('{mistake} (line {line}, column {column})', { mistake: repairs[kind], line, column }),
          )
          .join('; '),
      })
    case 'wrapped-json':
      return wrappings[warning.as]
    case 'converted':
      return t(
        "This character was in {from}'s own format and was made into a card. What a card has no place for is kept beside it.",
        { from: warning.from },
      )
    case 'left-out-chats':
      return t(
        'This file also holds {count, plural, one {a chat} other {# chats}} with the character. Only the character was read; the chats remain in the original file.',
        { count: warning.count },
      )
    case 'other-characters':
      return t(
        'This archive holds {count, plural, one {# character} other {# characters}}, of which the first was read. The others remain in the original file.',
        { count: warning.count + 1 },
      )
    case 'skipped-entry':
      return t('Part of this archive could not be read and was passed over. {error}', {
        error: describeCardError(warning.error),
      })
    case 'bad-entry-checksum':
      return t(
        'The checksum of "{path}" in this archive is wrong, but it reads well. Check that its text is as you know it.',
        { path: warning.path.slice(0, 120) },
      )
    case 'unsafe-names':
      return t('This archive holds files whose names lead out of it: {names}. They were left out.', {
        names: warning.names.join(', '),
      })
    case 'repeated-names':
      return t('This archive holds more than one file of the same name: {names}. The first of each was taken.', {
        names: warning.names.join(', '),
      })
    case 'wrapped-folder':
      return t(
        'All of this archive lay in a folder, "{folder}"; it was read from there. Exporting the card puts that right.',
        { folder: warning.folder },
      )
    case 'missing-assets':
      return t(
        "Of the files this card should come with, {count} can't be found: {uris}. The card keeps its mention; ask for a complete copy.",
        { count: warning.count, uris: warning.uris.join(', ') },
      )
    case 'renamed-assets':
      return t(
        'Of the files of this card, {count} lay under another name than it says: {uris}. Exporting the card puts that right.',
        { count: warning.count, uris: warning.uris.join(', ') },
      )
    case 'unshowable-picture':
      return t(
        "The card was read, but its picture can't be shown: it is damaged, or of a kind browsers don't know. Choose another one.",
      )
    case 'invalid-utf8':
      return t(
        'Some letters of this card are broken (they are not UTF-8) and show as �. The original file is kept; ask for a clean copy.',
      )
    case 'suspicious-keys':
      return t(
        'This card has keys that are meant to trip programs up: {paths}. They are kept as plain text and do nothing here.',
        { paths: warning.paths.join(', ') },
      )
    case 'imprecise-numbers':
      return t(
        'This card holds numbers with too many digits to be kept exactly: {paths}. They are exact in the original file only.',
        { paths: warning.paths.join(', ') },
      )
    case 'bad-checksum':
      return t(
        'The checksum of the card{where} is wrong, but the card reads well. Check that its text is as you know it.',
        { where: wherePhrase(warning.chunk) },
      )
    case 'skipped-chunk':
      return t('One of the cards in this PNG could not be read, so another one in it was used. {error}', {
        error: describeCardError(warning.error),
      })
    case 'other-card':
      return warning.name
        ? t(
            'This PNG holds a second, different card, "{name}",{where}. It was left in the original file; the other one was read.',
            { name: warning.name, where: wherePhrase(warning.chunk) },
          )
        : t(
            'This PNG holds a second, different card{where}. It was left in the original file; the other one was read.',
            { where: wherePhrase(warning.chunk) },
          )
    case 'damaged-picture':
      return t(
        'The card is sound, but its picture is damaged at byte {offset}: {damage}. Choose a new picture if it does not show.',
        { offset: warning.offset, damage: damages[warning.problem] },
      )
    case 'oversized-picture':
      return t(
        'The card was read, but its picture claims to be {width} × {height} pixels, which is too large to show. Choose a smaller one.',
        { width: warning.width, height: warning.height },
      )
    default:
      return exhaustive(warning)
  }
}

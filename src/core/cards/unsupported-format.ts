import { t } from '#lib/translate.ts'

/** What we can tell apart but not read. */
export type UnsupportedFormat = keyof typeof sentences

const sentences = {
  chat: t(
    "This is a chat, not a character card, and chats can't be imported yet. The character's own PNG or JSON works.",
  ),
  gif: t("This is a GIF picture, which can't hold a card. Choose a card saved as PNG or JSON."),
  lorebook: t(
    'This is a lorebook, not a character card. Import its file by itself, and it becomes a book of the library.',
  ),
  'novelai-png': t(
    'This PNG holds a NovelAI lorebook and no character. Import its file by itself, and it becomes a book of the library.',
  ),
  'web-page': t(
    'This is a web page, not a card: the site showed a page in place of the file. Use its download button, and choose PNG or JSON.',
  ),
  zip: t('This is a zip archive with no card we know in it. Unpack it, and choose a card saved as PNG or JSON.'),
} as const

/** A sentence that names the format and what works in its place. */
export function describeUnsupportedFormat(format: UnsupportedFormat): string {
  return sentences[format]
}

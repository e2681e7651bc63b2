/** What we can tell apart but not read (yet). */
export type UnsupportedFormat = keyof typeof sentences

const sentences = {
  'agnai-character':
    "This is a character in Agnai's own format, which can't be read yet. Export it from Agnai as a Tavern card (PNG or JSON).",
  'backyard-archive':
    "This is a Backyard archive (BYAF), which can't be read yet. Export the character as a Tavern card: a PNG or JSON works.",
  'backyard-character':
    "This is a character in Backyard's own format, which can't be read yet. Export it as a Tavern card: a PNG or JSON works.",
  'backyard-png':
    "This PNG keeps its card in EXIF data, as Backyard writes it, which can't be read yet. Export it as a Tavern card (PNG or JSON).",
  charx: "This is a CHARX archive, which can't be read yet. Export the character as PNG or JSON.",
  chat: "This is a chat, not a character card, and chats can't be imported yet. The character's own PNG or JSON works.",
  gif: "This is a GIF picture, which can't hold a card. Choose a card saved as PNG or JSON.",
  jpeg: "This is a JPEG picture; cards in JPEG files can't be read yet. Choose the card as PNG or JSON.",
  'jpeg-charx':
    "This is a JPEG with a CHARX archive behind it, which can't be read yet. Export the character as PNG or JSON.",
  lorebook:
    "This is a lorebook, not a character card, and lorebooks can't be imported by themselves yet. A character's PNG or JSON works.",
  'novelai-png': "This PNG holds a NovelAI lorebook, which can't be read yet. A character card as PNG or JSON works.",
  'pygmalion-character':
    "This is a character in Pygmalion's old format, which can't be read yet. Convert it to a Tavern card: a PNG or JSON works.",
  'several-cards':
    "There are several cards in this file, which can't be read at once yet. Save each as a PNG or JSON file of its own.",
  'web-page':
    'This is a web page, not a card: the site showed a page in place of the file. Use its download button, and choose PNG or JSON.',
  webp: "This is a WebP picture; cards in WebP files can't be read yet. Choose the card as PNG or JSON.",
  yaml: "This is a character in YAML, which can't be read yet. Convert it to a PNG or JSON card.",
  zip: 'This is a zip archive with no card we know in it. Unpack it, and choose a card saved as PNG or JSON.',
} as const

/** A sentence that names the format and what works in its place. */
export function describeUnsupportedFormat(format: UnsupportedFormat): string {
  return sentences[format]
}

import { isoTime } from '#lib/calendar.ts'
import { exhaustive } from '#lib/exhaustive.ts'
import { type LayerChoice, type Story, titleOf } from './story.ts'
import { writeStoryFile } from './story-file.ts'
import { writeBook, writeHtml } from './write-html.ts'
import { writeMarkdown } from './write-markdown.ts'
import { writeScript, writeScriptMarkdown, writeScriptText } from './write-script.ts'
import { type TavernChoice, writeTavern } from './write-tavern.ts'
import { writeText } from './write-text.ts'

/** What a chat can be written as. */
export type ExportFormat =
  | 'markdown'
  | 'html'
  | 'text'
  | 'subtext'
  | 'sillytavern'
  | 'book'
  | 'script'
  | 'script-markdown'
  | 'script-text'

/** What of a chat is written, and how. */
export interface ExportChoice {
  readonly format: ExportFormat
  readonly layers: LayerChoice
  /** What is read now, or its takes and branches too, where the format can hold them. */
  readonly extent: 'path' | 'tree'
  /** For SillyTavern, which has no layers. */
  readonly marks: TavernChoice['marks']
  /** For pages: a `data:` address of a raster picture. */
  readonly portrait?: string
}

interface FileKind {
  readonly extension: string
  readonly mediaType: string
}

const fileKinds: Readonly<Record<ExportFormat, FileKind>> = {
  markdown: { extension: '.md', mediaType: 'text/markdown' },
  html: { extension: '.html', mediaType: 'text/html' },
  text: { extension: '.txt', mediaType: 'text/plain' },
  subtext: { extension: '.json', mediaType: 'application/json' },
  sillytavern: { extension: '.jsonl', mediaType: 'application/jsonl' },
  script: { extension: ' (script).html', mediaType: 'text/html' },
  'script-markdown': { extension: ' (script).md', mediaType: 'text/markdown' },
  'script-text': { extension: ' (script).txt', mediaType: 'text/plain' },
  book: { extension: ' (book).html', mediaType: 'text/html' },
}

/** A chat as a file. */
export interface WrittenChat {
  readonly fileName: string
  readonly mediaType: string
  readonly text: string
  /** How it begins, for a look at it before it is saved; a page is told by its words. */
  readonly preview: string
}

const previewLines = 14
const previewLength = 1400

/** Writes a chat as the file that was asked for. */
export function writeChat(story: Story, choice: ExportChoice): WrittenChat {
  const { extension, mediaType } = fileKinds[choice.format]
  const text = write(story, choice)
  const shown = wordsOf(story, choice) ?? text
  return { fileName: fileNameOf(story) + extension, mediaType, text, preview: beginningOf(shown) }
}

function write(story: Story, { format, layers, extent, marks, portrait }: ExportChoice): string {
  switch (format) {
    case 'markdown':
      return writeMarkdown(story, layers)
    case 'html':
      return writeHtml(story, layers, portrait)
    case 'book':
      return writeBook(story, layers, portrait)
    case 'text':
      return writeText(story, layers)
    case 'script':
      return writeScript(story, layers)
    case 'script-markdown':
      return writeScriptMarkdown(story, layers)
    case 'script-text':
      return writeScriptText(story, layers)
    case 'subtext':
      return writeStoryFile(story, { layers, extent })
    case 'sillytavern':
      return writeTavern(story, { layers, takes: extent === 'tree' ? 'all' : 'shown', marks })
    default:
      return exhaustive(format)
  }
}

/** A page told by its words. */
function wordsOf(story: Story, { format, layers }: ExportChoice): string | undefined {
  if (format === 'script') return writeScriptText(story, layers)
  return format === 'html' || format === 'book' ? writeText(story, layers) : undefined
}

function beginningOf(text: string): string {
  const lines = text.slice(0, previewLength).split('\n', previewLines).join('\n').trimEnd()
  return lines.length < text.trimEnd().length ? `${lines}…` : lines
}

/** The story's title and the day it was last read, without what file systems refuse. */
function fileNameOf(story: Story): string {
  const title = titleOf(story)
    .replace(/[\p{Cc}\p{Cf}\\/:*?"<>|]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+/, '')
  const short = Array.from(title).slice(0, 80).join('').trim() || 'Chat'
  return `${short} ${isoTime(story.conversation.updatedAt).slice(0, 10)}`.trim()
}

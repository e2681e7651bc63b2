import { environmentName } from '#core/scene/cast.ts'
import type { DraftTurn, StoryDraft } from '#core/story/story-draft.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { t } from '#lib/translate.ts'

const heading = /^\s{0,8}([^\s:：*#>{}[\]"“”][^:：\n*"“”]{0,39}?)\s?[:：](?!\/\/)[ \t]?(.*)$/
const narrators: ReadonlySet<string> = new Set(['environment', 'narrator', 'narration', '旁白', '环境'])
const quote = /["“「『]([^"“”「」『』]{1,2000})["”」』]/g
const name = "(\\p{Lu}[\\p{L}’'-]{1,30}(?: \\p{Lu}[\\p{L}’'-]{1,30})?)"
const says = '(?:said|says|asked|asks|replied|answered|whispered|cried|called|added|murmured|muttered|shouted|went on)'
const saidBy = new RegExp(`\\b${says} ${name}|${name} ${says}\\b`, 'u')
const saidByHan =
  /(?:^|[，。！？“”」』\s])([\p{Script=Han}]{2,4}?)(?:低声|轻声|冷冷地|笑着|大声)?(?:说|问|答|喊|叫)道?/u
const most = 20_000

/**
 * Reads a story as people write it: lines that begin with `Name: `, or prose, in which what is quoted belongs to whom the
 * sentence says it is by, and everything else is the environment's. Nobody in it is the reader.
 */
export function readStoryText(text: string): Result<StoryDraft, { readonly sentence: string }> {
  const paragraphs = text.replace(/\r\n?/g, '\n').split(/\n[ \t]*\n/, most)
  const names = headingNames(paragraphs)
  const told =
    names.size > 0 ? paragraphs.flatMap((paragraph) => readLines(paragraph, names)) : paragraphs.map(readProse)
  const keys = new Map<string, string>()
  const turns = told
    .filter(({ raw }) => raw !== '')
    .map(({ speaker, raw }, index): DraftTurn => {
      const isTold = speaker === undefined || narrators.has(speaker.toLowerCase())
      if (!isTold && !keys.has(speaker)) keys.set(speaker, `character-${keys.size + 1}`)
      return {
        key: String(index + 1),
        parentKey: index === 0 ? null : String(index),
        speaker: isTold ? { kind: 'environment' } : { kind: 'character', characterKey: keys.get(speaker) ?? '' },
        raw,
        dialect: 'player',
        ending: 'complete',
        createdAt: 0,
      }
    })
  if (keys.size === 0) return err({ sentence: t('Nobody speaks in this text, as far as we can tell.') })
  const characters = [...keys].map(([each, key]) => ({ key, name: each }))
  return ok({
    title: '',
    userName: '',
    characters,
    castKeys: characters.map(({ key }) => key),
    turns,
    headKey: turns.at(-1)?.key ?? null,
  })
}

interface Told {
  readonly speaker?: string
  readonly raw: string
}

/** Names that head a line: those that do so twice, or stand at the beginning of a paragraph. */
function headingNames(paragraphs: readonly string[]): Set<string> {
  const counts = new Map<string, number>()
  for (const paragraph of paragraphs) {
    for (const [index, line] of paragraph.split('\n').entries()) {
      const found = heading.exec(line.slice(0, 400))?.[1]
      if (found === undefined || found.split(/\s+/).length > 4) continue
      counts.set(found, (counts.get(found) ?? 0) + (index === 0 ? 2 : 1))
    }
  }
  const names = [...counts].filter(([, count]) => count > 1).map(([found]) => found)
  // One line with a colon is a sentence; a narrator alone is no dialogue.
  return new Set(counts.size > 1 || names.length > 0 ? [...names, ...(counts.size > 1 ? counts.keys() : [])] : [])
}

function readLines(paragraph: string, names: ReadonlySet<string>): Told[] {
  const told: { speaker?: string; raw: string }[] = []
  for (const line of paragraph.split('\n')) {
    const [, found, rest = ''] = heading.exec(line) ?? []
    if (found !== undefined && names.has(found)) told.push({ speaker: found, raw: rest.trim() })
    else if (told.length > 0) (told.at(-1) as { raw: string }).raw += `\n${line.trim()}`
    else told.push({ raw: line.trim() })
  }
  return told.map((one) => ({ ...one, raw: one.raw.trim() }))
}

/** A paragraph of prose: its quotes are said by whom it names, what is around them is what that one does. */
function readProse(paragraph: string): Told {
  const raw = paragraph.replace(/\s+/g, ' ').trim()
  if (!/["“「『]/.test(raw)) return { raw }
  const outside = raw.replace(quote, ' ¶ ')
  const by = saidBy.exec(outside)
  const speaker = by?.[1] ?? by?.[2] ?? saidByHan.exec(outside)?.[1]
  if (speaker === undefined) return { raw }
  let last = 0
  let written = ''
  for (const match of raw.matchAll(quote)) {
    written += actionOf(raw.slice(last, match.index)) + match[1]?.trim()
    last = match.index + match[0].length
  }
  return { speaker, raw: (written + actionOf(raw.slice(last))).trim() }
}

/** What stands between quotes, as an action; who said it is known already. */
function actionOf(text: string): string {
  const done = text
    .replace(saidBy, ' ')
    .replace(saidByHan, ' ')
    .replace(/^[\s,.，。:：;—-]+|[\s,.，。:：;—-]+$/g, '')
    .replace(/[()*]/g, '')
    .trim()
  return done === '' || done === environmentName ? ' ' : ` (${done}) `
}

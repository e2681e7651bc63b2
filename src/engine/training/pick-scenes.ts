import { readScenes } from '#core/scene-file/read-scenes.ts'
import { isRecord } from '#lib/json-value.ts'
import { type LinesFile, wholeText } from './lines-file.ts'
import { createRowFilter, type PickedRows, type PickRows, pickRows } from './pick-rows.ts'

/**
 * Picks scenes out of a file of HER's or CoSER's data: row by row where each line is one, else out of the one document that
 * it is, as CoSER's test set and its books are.
 */
export async function pickScenes(file: LinesFile, wish: PickRows): Promise<PickedRows> {
  if (await isOfRows(file)) return pickRows(file.lines(), wish)
  const read = readScenes(await wholeText(file))
  if (!read.ok)
    return { scenes: [], looked: 1, unreadable: 1, firstProblem: `1: ${read.error.sentence}`, hasMore: false }
  const isWanted = createRowFilter(wish.wanted)
  const { scenes, warnings } = read.value
  const found = scenes.filter(({ draft }) => isWanted(JSON.stringify(draft)))
  return {
    scenes: found.slice(0, wish.most),
    looked: scenes.length,
    unreadable: warnings.length,
    ...(warnings[0] !== undefined && { firstProblem: warnings[0] }),
    hasMore: found.length > wish.most,
  }
}

/** Whether its first line is an object by itself, and not its only one: that may as well be a whole document. */
async function isOfRows(file: LinesFile): Promise<boolean> {
  let hasFirst = false
  for await (const line of file.lines()) {
    if (line.trim() === '') continue
    if (hasFirst) return true
    hasFirst = isObject(line.replace(/^\ufeff/, ''))
    if (!hasFirst) return false
  }
  return false
}

function isObject(line: string): boolean {
  try {
    return isRecord(JSON.parse(line))
  } catch {
    return false
  }
}

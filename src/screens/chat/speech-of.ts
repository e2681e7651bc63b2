import type { Layer, Reply } from '#core/her/segment.ts'
import type { Layers } from '#state/layers.ts'
import { plainText } from '#ui/markdown.tsx'

const layersShown: Readonly<Record<Layers, readonly Layer[]>> = {
  words: ['speech', 'role_action'],
  thoughts: ['speech', 'role_action', 'role_thinking'],
  planning: ['speech', 'role_action', 'role_thinking', 'system_thinking'],
}

/** Only what is said aloud, a paragraph a stretch. */
export function speechOf(reply: Reply): string {
  return textsOf(reply, ['speech']).join('\n\n')
}

/** What a voice reads of a reply: what is said in it, or all that stands open where layers stand open so far. */
export function spokenTexts(reply: Reply, shown?: Layers): string[] {
  return textsOf(reply, shown ? layersShown[shown] : ['speech']).map(plainText)
}

function textsOf({ segments }: Reply, layers: readonly Layer[]): string[] {
  return segments.filter(({ layer }) => layers.includes(layer)).map(({ text }) => text)
}

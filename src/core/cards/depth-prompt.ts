import type { CardDocument } from './card.ts'
import { cardFields, fieldsPath } from './card-fields.ts'
import { editCard } from './edit-card.ts'
import { isObject, own } from './json-tree.ts'

/** SillyTavern's note that is told some turns before the newest. */
export interface DepthPrompt {
  readonly prompt: string
  readonly depth: number
  readonly role: string
}

/** The note of a card that has the extension for it; other programs write it empty into nearly every card. */
export function depthPromptOf(document: CardDocument): DepthPrompt | undefined {
  const extensions = own(cardFields(document), 'extensions')
  const found = isObject(extensions) ? own(extensions, 'depth_prompt') : undefined
  if (!isObject(found)) return undefined
  const prompt = own(found, 'prompt')
  const depth = own(found, 'depth')
  const role = own(found, 'role')
  const number = typeof depth === 'string' && depth.trim() === '' ? Number.NaN : Number(depth ?? Number.NaN)
  return {
    prompt: typeof prompt === 'string' ? prompt : '',
    depth: Number.isFinite(number) ? number : 4,
    role: typeof role === 'string' ? role : 'system',
  }
}

/** A copy of the card with one part of the note replaced. */
export function editDepthPrompt(document: CardDocument, edit: Partial<DepthPrompt>): CardDocument {
  const path = [...fieldsPath(document), 'extensions', 'depth_prompt']
  return Object.entries(edit).reduce((edited, [key, value]) => editCard(edited, [...path, key], value), document)
}

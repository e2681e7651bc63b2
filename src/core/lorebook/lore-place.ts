export type LoreRole = 'system' | 'user' | 'assistant'

/** Where in the prompt an entry is put. */
export type LorePlace =
  | { readonly kind: 'before-character' | 'after-character' | 'personality' | 'scenario' }
  /** Before the newest `depth` messages; 0 is at the end. */
  | { readonly kind: 'depth'; readonly depth: number; readonly role: LoreRole }
  /** After the oldest `depth` messages. */
  | { readonly kind: 'reverse-depth'; readonly depth: number; readonly role: LoreRole }
  | { readonly kind: 'note-top' | 'note-bottom' | 'examples-top' | 'examples-bottom' }
  /** Only where a card says `{{outlet::name}}`. */
  | { readonly kind: 'outlet'; readonly name: string }

/** Markup that is safe to put into a page. */
export interface Markup {
  readonly markup: string
}

type Piece = string | number | Markup | undefined | false | readonly Piece[]

/** Markup from a template: whatever is put in is escaped, unless it is markup already. */
export function html(texts: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  return { markup: texts.map((text, index) => text + (index < pieces.length ? write(pieces[index]) : '')).join('') }
}

function write(piece: Piece): string {
  if (piece === undefined || piece === false) return ''
  if (typeof piece === 'number') return String(piece)
  if (typeof piece === 'string') return escapeText(piece)
  return 'markup' in piece ? piece.markup : piece.map(write).join('')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '')
}

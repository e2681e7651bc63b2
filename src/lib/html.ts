// HTML is put together by one tag function: what is put in is text, whatever it is, unless it was made here.

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** HTML that was made by `html`. The class is private to this file, so that no text passes for it. */
class Markup {
  readonly #text: string
  constructor(text: string) {
    this.#text = text
  }
  toString(): string {
    return this.#text
  }
}

export type Html = Markup

/** What can be put into HTML. Nothing is written of `undefined` and `false`. */
type Piece = string | number | Html | undefined | false | readonly Piece[]

/** Writes HTML; every value that is not `Html` is escaped, for use as text and in quoted attributes alike. */
export function html(parts: TemplateStringsArray, ...values: readonly Piece[]): Html {
  let text = parts[0] ?? ''
  for (const [index, value] of values.entries()) text += write(value) + (parts[index + 1] ?? '')
  return new Markup(text)
}

function write(value: Piece): string {
  if (value === undefined || value === false) return ''
  if (typeof value === 'number') return String(value)
  if (value instanceof Markup) return value.toString()
  if (typeof value !== 'string') return value.map(write).join('')
  // Control characters are no text of a page, and a few of them end one early.
  return value.replace(/[&<>"']/g, (mark) => entities[mark] ?? '').replace(/(?![\n\t])\p{Cc}/gu, '\ufffd')
}

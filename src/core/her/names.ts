/** The node that matching begins at. */
export const nameStart = 1
/** The node at which a whole `Name:` has been read. */
export const nameEnd = 2

const blanks = [' ', '\u00a0', '\u202f']
const colons = [':', '：']

/**
 * Matches `Name:` character by character, for a set of names at once, in any case, with an ordinary or a full-width
 * colon, and with the one blank that French puts before a colon. Names that are empty or hold a line break are left out.
 */
export class NameTree {
  readonly isEmpty: boolean
  /** One row for each node, one column for each character that occurs in a name; column 0 for all others. */
  readonly #table: Uint32Array
  readonly #width: number
  readonly #columns: ReadonlyMap<number, number>
  /** The columns of the first 128 characters, which a map would find too slowly. */
  readonly #ascii = new Uint16Array(0x80)

  constructor(names: readonly string[]) {
    const known = names.map((name) => name.trim()).filter((name) => name !== '' && !/[\r\n]/.test(name))
    const columns = new Map<number, number>()
    for (const character of [...blanks, ...colons, ...known.flatMap((name) => name.split(''))]) {
      const column = columns.get(character.charCodeAt(0)) ?? columns.size + 1
      for (const variant of caseVariants(character)) if (!columns.has(variant)) columns.set(variant, column)
    }
    for (const [code, column] of columns) if (code < this.#ascii.length) this.#ascii[code] = column
    this.isEmpty = known.length === 0
    this.#columns = columns
    this.#width = columns.size + 1
    this.#table = createTable(known, (code) => columns.get(code) ?? 0, this.#width)
  }

  /** The node after `code`; 0 when no name goes on like that. Matching begins at node `nameStart`. */
  step(node: number, code: number): number {
    const column = (code < 0x80 ? this.#ascii[code] : this.#columns.get(code)) ?? 0
    return column === 0 ? 0 : (this.#table[node * this.#width + column] ?? 0)
  }
}

/** The casts of several chats; more are made anew. */
const mostKnown = 64
const knownTrees = new Map<string, NameTree>()

/** The tree of these names. All turns of a chat are read with the same few, and making one takes longer than reading a turn. */
export function nameTreeOf(names: readonly string[]): NameTree {
  const key = JSON.stringify(names)
  const known = knownTrees.get(key)
  if (known) return known
  if (knownTrees.size >= mostKnown) knownTrees.clear()
  const tree = new NameTree(names)
  knownTrees.set(key, tree)
  return tree
}

/** One row of `width` columns for each node. A tree, for names may begin alike. */
function createTable(names: readonly string[], columnOf: (code: number) => number, width: number): Uint32Array {
  const steps: { readonly place: number; readonly node: number }[] = []
  const nodeAt = new Map<number, number>()
  let nodes = nameEnd + 1
  const add = (from: number, character: string, to?: number) => {
    const place = from * width + columnOf(character.charCodeAt(0))
    const node = to ?? nodeAt.get(place) ?? nodes++
    nodeAt.set(place, node)
    steps.push({ place, node })
    return node
  }
  for (const name of names) {
    let node = nameStart
    for (const character of name.split('')) node = add(node, character)
    for (const colon of colons) add(node, colon, nameEnd)
    for (const blank of blanks) {
      const behind = add(node, blank)
      for (const colon of colons) add(behind, colon, nameEnd)
    }
  }
  const table = new Uint32Array(nodes * width)
  for (const { place, node } of steps) table[place] = node
  return table
}

/** A code unit in both cases, where that is still one code unit. */
function caseVariants(character: string): number[] {
  return [character, character.toLowerCase(), character.toUpperCase()]
    .filter((variant) => variant.length === 1)
    .map((variant) => variant.charCodeAt(0))
}

/** The length of the `Name:` that `text` begins with at `from`, 0 for none. */
export function nameLengthAt(tree: NameTree, text: string, from = 0): number {
  let node = nameStart
  for (let index = from; index < text.length && node !== 0; index++) {
    node = tree.step(node, text.charCodeAt(index))
    if (node === nameEnd) return index + 1 - from
  }
  return 0
}

/**
 * How many characters at the end of `text` are a last line that holds nothing but a `Name:`, its line break included;
 * 0 for none. Only what follows another line counts.
 */
export function nameLineLength(tree: NameTree, text: string): number {
  const lineBreak = text.lastIndexOf('\n')
  if (lineBreak < 0) return 0
  let start = lineBreak + 1
  while (start < text.length && text.charAt(start).trim() === '') start++
  const length = nameLengthAt(tree, text, start)
  return length > 0 && start + length === text.length ? text.length - lineBreak : 0
}

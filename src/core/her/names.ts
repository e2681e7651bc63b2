/** A step of the tree that a `Name:` at the start of a line is matched against. */
interface NameNode {
  readonly next: Map<number, NameNode>
  /** A whole `Name:` ends here. */
  ends: boolean
}

export type NameTree = NameNode

const blanks = ['', ' ', '\u00a0', '\u202f']
const colons = [':', '：']

/**
 * A tree of `Name:` for each of `names`, in any case, with an ordinary or a full-width colon, and with the one blank
 * that French puts before a colon. Names that are empty or hold a line break are left out.
 */
export function createNameTree(names: readonly string[]): NameTree {
  const root: NameNode = { next: new Map(), ends: false }
  for (const name of names.map((each) => each.trim()).filter((each) => each !== '' && !/[\r\n]/.test(each))) {
    for (const blank of blanks) for (const colon of colons) plant(root, name + blank + colon)
  }
  return root
}

function plant(root: NameNode, name: string): void {
  let node = root
  for (let index = 0; index < name.length; index++) {
    const code = name.charCodeAt(index)
    const child: NameNode = node.next.get(code) ?? { next: new Map(), ends: false }
    for (const variant of caseVariants(code)) if (!node.next.has(variant)) node.next.set(variant, child)
    node = child
  }
  node.ends = true
}

/** A code unit in both cases, where that is still one code unit. */
function caseVariants(code: number): number[] {
  const character = String.fromCharCode(code)
  const variants = [character, character.toLowerCase(), character.toUpperCase()]
  return variants.filter((each) => each.length === 1).map((each) => each.charCodeAt(0))
}

/** The length of the `Name:` that `text` begins with at `from`, 0 for none. */
export function nameLengthAt(tree: NameTree, text: string, from = 0): number {
  let node: NameNode | undefined = tree
  for (let index = from; index < text.length; index++) {
    node = node.next.get(text.charCodeAt(index))
    if (!node) return 0
    if (node.ends) return index + 1 - from
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

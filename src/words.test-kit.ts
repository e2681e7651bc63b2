import { readFileSync } from 'node:fs'
import compile from 'icu-minify/compile'
import ts from 'typescript'

const speakers = new Set(['t', 'rich'])

/** What a reader reads when these are given to an element. */
const readAttributes = new Set(
  'label title placeholder alt hint aria-label aria-description aria-roledescription submitLabel legend'.split(' '),
)

const letters = /\p{L}{2}/u

/** A place in the code that says something to a reader. */
export interface Said {
  /** `file:line`, for a person who looks for it. */
  readonly place: string
  /** Absent where it isn't written out. */
  readonly message: string | undefined
  /** The names of the values that it is given; absent where they come in a variable. */
  readonly given: readonly string[] | undefined
}

export interface Source {
  readonly said: readonly Said[]
  /** Texts on their way to a reader that go past `t`. */
  readonly hardWired: readonly { readonly place: string; readonly text: string }[]
}

/** Reads what a file of the interface says. */
export function readSource(file: string): Source {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)
  const said: Said[] = []
  const hardWired: { place: string; text: string }[] = []
  const placeOf = (node: ts.Node) => `${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`
  const note = (node: ts.Node, text: string) => {
    if (letters.test(text)) hardWired.push({ place: placeOf(node), text: text.trim().replace(/\s+/g, ' ') })
  }

  /** What an expression can come to, where that is a text that stands there. */
  function noteTexts(node: ts.Expression): void {
    if (ts.isParenthesizedExpression(node)) noteTexts(node.expression)
    else if (ts.isStringLiteralLike(node)) note(node, node.text)
    else if (ts.isTemplateExpression(node))
      note(node, [node.head.text, ...node.templateSpans.map((span) => span.literal.text)].join(' '))
    else if (ts.isConditionalExpression(node)) for (const one of [node.whenTrue, node.whenFalse]) noteTexts(one)
    else if (ts.isBinaryExpression(node)) {
      const { kind } = node.operatorToken
      if (kind === ts.SyntaxKind.AmpersandAmpersandToken) noteTexts(node.right)
      if ([ts.SyntaxKind.BarBarToken, ts.SyntaxKind.QuestionQuestionToken, ts.SyntaxKind.PlusToken].includes(kind))
        for (const one of [node.left, node.right]) noteTexts(one)
    }
  }

  function visit(node: ts.Node): void {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && speakers.has(node.expression.text)) {
      const [message, values] = node.arguments
      const given = values && (ts.isObjectLiteralExpression(values) ? values.properties : undefined)
      said.push({
        place: placeOf(node),
        message: message && ts.isStringLiteralLike(message) ? message.text : undefined,
        given: values ? given?.map((property) => property.name?.getText() ?? '…') : [],
      })
    } else if (ts.isJsxText(node)) note(node, node.text)
    else if (ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent)) {
      if (node.expression) noteTexts(node.expression)
    } else if (ts.isJsxAttribute(node) && readAttributes.has(node.name.getText())) {
      const { initializer } = node
      if (initializer && ts.isStringLiteral(initializer)) note(initializer, initializer.text)
      if (initializer && ts.isJsxExpression(initializer) && initializer.expression) noteTexts(initializer.expression)
    } else if (ts.isPropertyAssignment(node) && readAttributes.has(node.name.getText())) noteTexts(node.initializer)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return { said, hardWired }
}

export interface MessageParts {
  readonly values: ReadonlySet<string>
  readonly tags: ReadonlySet<string>
  /** The forms of each plural in it, exact numbers (`=0`) apart. */
  readonly plurals: readonly ReadonlySet<string>[]
}

const [select, plural, ordinal] = [1, 2, 3]

/** What a message is made of, by the compiler that the build uses. */
export function partsOf(message: string): MessageParts {
  const values = new Set<string>()
  const tags = new Set<string>()
  const plurals: Set<string>[] = []
  function walk(node: unknown): void {
    if (!Array.isArray(node)) return
    const [name, type, third] = node as [unknown, unknown, unknown]
    // A list of nodes begins with a node that is no bare text, or is a list of texts alone.
    if (typeof name !== 'string') for (const one of node) walk(one)
    else if (type === undefined) values.add(name)
    else if (type === plural || type === ordinal || type === select) {
      values.add(name)
      if (type !== select) plurals.push(new Set(Object.keys(third as object).filter((form) => !form.startsWith('='))))
      for (const branch of Object.values(third as object)) walkList(branch)
    } else if (typeof type === 'number' && type > 0) values.add(name)
    else {
      tags.add(name)
      walkList(node.slice(1))
    }
  }
  function walkList(nodes: unknown): void {
    if (Array.isArray(nodes)) for (const one of nodes) walk(one)
  }
  walkList(compile(message))
  return { values, tags, plurals }
}

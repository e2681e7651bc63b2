import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import compile from 'icu-minify/compile'
import type { Plugin } from 'vite'

/** A node of the tree that the bundler's parser gives. */
interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [field: string]: unknown
}

const speakers = new Set(['t', 'rich'])
const prefix = 'virtual:words/'

/**
 * Compiles the messages of the interface, so that the page needs no parser for them: those in the code (the first
 * argument of `t` and `rich`) where they stand, and those of a language into a module of its own. What a catalogue
 * lists under a message is looked up by what that message is compiled to.
 */
export function words(): Plugin {
  let root = ''
  return {
    name: 'subtext:words',
    enforce: 'post',
    configResolved: (config) => {
      root = config.root
    },
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${prefix}`)) return undefined
      const file = join(root, 'src/locales', `${id.slice(prefix.length + 1)}.json`)
      this.addWatchFile(file)
      const messages = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
      const entries = Object.entries(messages).map(([english, translated]) => [keyOf(english), compile(translated)])
      // Browsers parse JSON faster than the same as code.
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(Object.fromEntries(entries)))})`
    },
    transform(code, id) {
      if (!/\/src\/[^?]*\.tsx?(?:$|\?)/.test(id) || id.includes('node_modules') || !/\b(?:t|rich)\(/.test(code)) return
      const edits: { readonly start: number; readonly end: number; readonly text: string }[] = []
      walk(this.parse(code) as unknown as Node, (node) => {
        const text = messageOf(node)
        if (text === undefined) return
        const compiled = compile(text.value)
        if (compiled !== text.value) edits.push({ ...text, text: JSON.stringify(compiled) })
      })
      if (edits.length === 0) return
      let result = ''
      let at = 0
      for (const { start, end, text } of edits.toSorted((one, other) => one.start - other.start)) {
        result += code.slice(at, start) + text
        at = end
      }
      return { code: result + code.slice(at), map: null }
    },
  }
}

function keyOf(message: string): string {
  const compiled = compile(message)
  return typeof compiled === 'string' ? compiled : JSON.stringify(compiled)
}

/** The text that a call of `t` or `rich` says, and where it stands. */
function messageOf(node: Node): { readonly start: number; readonly end: number; readonly value: string } | undefined {
  if (node.type !== 'CallExpression') return undefined
  const callee = node['callee'] as Node
  const [message] = node['arguments'] as Node[]
  if (callee.type !== 'Identifier' || !speakers.has(callee['name'] as string) || !message) return undefined
  const { start, end } = message
  if (message.type === 'Literal' && typeof message['value'] === 'string') return { start, end, value: message['value'] }
  // A minifier of the bundler may have made a template of it.
  if (message.type !== 'TemplateLiteral') return undefined
  const quasis = message['quasis'] as { readonly value: { readonly cooked: string } }[]
  return quasis.length === 1 && quasis[0] ? { start, end, value: quasis[0].value.cooked } : undefined
}

function walk(node: Node, visit: (node: Node) => void): void {
  visit(node)
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child === 'object' && child !== null && 'type' in child) walk(child as Node, visit)
    }
  }
}

import type { Json } from './card.ts'
import { isObject } from './json-tree.ts'

/**
 * A tree as JSON text, in one line or indented by two blanks. Unlike JSON.stringify it loses no number that
 * JSON.parse can make: -0 stays -0, and a number too large for a double (read as Infinity) does not become null.
 */
export function writeJson(value: Json, layout: 'compact' | 'indented' = 'compact'): string {
  return layout === 'compact' ? write(value, '', '', '') : write(value, '\n', '  ', ' ')
}

function write(value: Json, lineBreak: string, indent: string, gap: string): string {
  if (typeof value === 'number') return writeNumber(value)
  if (Array.isArray(value)) {
    return enclose(
      '[',
      value.map((item) => write(item, lineBreak + indent, indent, gap)),
      ']',
      lineBreak,
      indent,
    )
  }
  if (isObject(value)) {
    const entries = Object.entries(value).map(
      ([key, item]) => `${JSON.stringify(key)}:${gap}${write(item, lineBreak + indent, indent, gap)}`,
    )
    return enclose('{', entries, '}', lineBreak, indent)
  }
  return JSON.stringify(value)
}

function enclose(open: string, items: readonly string[], close: string, lineBreak: string, indent: string): string {
  if (items.length === 0) return open + close
  return open + lineBreak + indent + items.join(`,${lineBreak}${indent}`) + lineBreak + close
}

function writeNumber(value: number): string {
  if (Number.isFinite(value)) return Object.is(value, -0) ? '-0' : String(value)
  return value < 0 ? '-1e999' : '1e999'
}

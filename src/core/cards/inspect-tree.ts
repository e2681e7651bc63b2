import type { Json } from './card.ts'
import type { CardWarning } from './card-warning.ts'
import { isObject } from './json-tree.ts'

/** Warnings name a few places; a tree may have millions. */
const maximumPaths = 5

const suspiciousKeys = new Set(['__proto__', 'constructor', 'prototype'])

/** Looks through a whole tree for what its reader should be told: keys made for mischief, numbers a double can't hold. */
export function inspectTree(root: Json): CardWarning[] {
  const suspicious: string[] = []
  const imprecise: string[] = []
  const path: string[] = []

  const visit = (value: Json): void => {
    if (typeof value === 'number') {
      if (Math.abs(value) > Number.MAX_SAFE_INTEGER) note(imprecise)
    } else if (Array.isArray(value)) {
      value.forEach((item, index) => {
        path.push(String(index))
        visit(item)
        path.pop()
      })
    } else if (isObject(value)) {
      for (const [key, item] of Object.entries(value)) {
        path.push(key)
        if (suspiciousKeys.has(key)) note(suspicious)
        visit(item)
        path.pop()
      }
    }
  }
  const note = (paths: string[]) => {
    if (paths.length < maximumPaths) paths.push(path.join('.').slice(0, 120))
  }

  visit(root)
  return [
    ...(suspicious.length > 0 ? [{ type: 'suspicious-keys', paths: suspicious } as const] : []),
    ...(imprecise.length > 0 ? [{ type: 'imprecise-numbers', paths: imprecise } as const] : []),
  ]
}

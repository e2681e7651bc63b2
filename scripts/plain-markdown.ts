import type { Plugin } from 'vite'

const name = 'decode-named-character-reference'

/**
 * Builds the reader of markdown without names of characters (`&amp;`). In browsers it asks `innerHTML` what they stand
 * for, which the page's policy refuses, and prose here shows them as they are written anyway.
 */
export function plainMarkdown(): Plugin {
  return {
    name: 'subtext:plain-markdown',
    apply: 'build',
    enforce: 'pre',
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load: (id) => (id === `\0${name}` ? 'export const decodeNamedCharacterReference = () => false' : undefined),
  }
}

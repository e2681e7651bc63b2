import { readFileSync } from 'node:fs'
import type { Plugin } from 'vite'

/** What a chat asks of the client: chat completions, plain completions, and what those share. */
const kept = /^(?:chat(?:\/.*)?|completions|index|shared)$/

/**
 * Builds the `openai` client without the services this app never calls (audio, files, fine-tuning, …), and without the
 * helpers that run tools and gather streams, which ours does itself. The client names all of them as static fields or
 * in its methods, so no bundler can shake them off, and they are half of its weight. Each becomes an empty class of the
 * same name; a file that only passes on others' exports stays as it is.
 */
export function leanOpenAi(): Plugin {
  return {
    name: 'subtext:lean-openai',
    apply: 'build',
    enforce: 'pre',
    load(id) {
      const [, folder, file] = /node_modules\/openai\/(resources|lib)\/(.+)\.mjs$/.exec(id) ?? []
      if (file === undefined || (folder === 'resources' && kept.test(file))) return undefined
      const code = readFileSync(id, 'utf8')
      if (/^export \*/m.test(code)) return undefined
      const declared = [...code.matchAll(/^export (?:class|const|function) (\w+)/gm)].map(([, name]) => name)
      const listed = [...code.matchAll(/^export \{([^}]*)\}/gm)]
        .flatMap(([, names = '']) => names.split(','))
        .map((name) =>
          name
            .trim()
            .split(/\s+as\s+/)
            .at(-1),
        )
      const names = new Set([...declared, ...listed].filter((name) => name !== undefined && name !== ''))
      return [...names].map((name) => `export class ${name} {}`).join('\n') || 'export {}'
    },
  }
}

import { readFileSync } from 'node:fs'
import type { Plugin } from 'vite'

/** What a chat asks of the client: chat completions, plain completions, and what those share. */
const kept = /^(?:chat(?:\/.*)?|completions|index|shared)$/

/**
 * Builds the `openai` client without the services this app never calls (audio, files, fine-tuning, …). The client names
 * all of them as static fields, so no bundler can shake them off, and they are a third of its weight. Each becomes an
 * empty class of the same name; a file that only passes on others' exports stays as it is.
 */
export function leanOpenAi(): Plugin {
  return {
    name: 'subtext:lean-openai',
    apply: 'build',
    enforce: 'pre',
    load(id) {
      const service = /node_modules\/openai\/resources\/(.+)\.mjs$/.exec(id)?.[1]
      if (service === undefined || kept.test(service)) return undefined
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

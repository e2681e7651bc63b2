import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Plugin } from 'vite'

/** What the worker of the in-page model imports: the engine's own code, in a function. */
const engineId = 'virtual:wllama-engine'
const glueId = /^@wllama\/wllama\/esm\/glue\/(glue|messages)\.js$/

/**
 * Takes from `@wllama/wllama` the parts that we use. Its client keeps the worker's code in a string and starts it from a
 * `blob:` address, which our policy allows nobody, and it knows of files on a CDN. So the worker is a file of our own
 * build with the same code in it, and of the client only the code for its messages is used: it comes as TypeScript.
 */
export function wllamaParts(): Plugin {
  const root = join(dirname(createRequire(import.meta.url).resolve('@wllama/wllama')), '..')
  return {
    name: 'subtext:wllama-parts',
    enforce: 'pre',
    resolveId(id) {
      if (id === engineId) return `\0${engineId}`
      const name = glueId.exec(id)?.[1]
      return name && join(root, 'src/glue', `${name}.ts`)
    },
    load(id) {
      if (id !== `\0${engineId}`) return undefined
      const llama = readFileSync(join(root, 'src/wasm/wllama.js'), 'utf8')
      const worker = readFileSync(join(root, 'src/workers-code/llama-cpp.js'), 'utf8')
      const declaration = 'var Module='
      if (!llama.startsWith(declaration) || !worker.includes('wModuleInit()')) {
        throw new Error('This version of @wllama/wllama has another worker: look at wllamaParts.')
      }
      // The worker sets `Module` up, and the engine finds it there.
      // What is for Node is never run here, and a bundler need not look for its modules.
      const engine = llama
        .replace(declaration, 'var ___Module=')
        .replaceAll('require(', 'requireInNode(')
        .replace('typeof module!="undefined"', 'false')
        .replace('module["exports"]=', '')
      return `export function startEngine(RUN_OPTIONS) {
function wModuleInit() { ${engine}; return Module }
${worker}
}`
    },
  }
}

import { join } from 'node:path'

/** A module's place in the graph, as the bundler tells it. */
interface Graph {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null
}

/** What each chunk is grown from: all that these import statically. What two would take is the first's. */
const roots = [
  { chunk: 'app', module: 'src/app/main.tsx' },
  { chunk: 'model', module: 'src/adapters/openai/openai-model.ts' },
] as const

/**
 * Names the chunk of a module, for the bundler's `codeSplitting`. By itself it makes a chunk of each set of modules that
 * the same lazy parts share: some sixty files of a few hundred bytes, which a first visit then fetches six at a time.
 * What is fetched at the start anyway is one file, and what the first reply wants another.
 * @param folder the project's, as an absolute path.
 */
export function createChunkNames(folder: string): (id: string, graph: Graph) => string | null {
  let chunks: ReadonlyMap<string, string> | undefined
  return (id, graph) => {
    chunks ??= growChunks(folder, graph)
    return chunks.get(id) ?? null
  }
}

function growChunks(folder: string, graph: Graph): Map<string, string> {
  const chunks = new Map<string, string>()
  for (const { chunk, module } of roots) {
    const ids = [join(folder, module)]
    // The list grows while it is walked.
    for (const id of ids) {
      if (chunks.has(id)) continue
      chunks.set(id, chunk)
      ids.push(...(graph.getModuleInfo(id)?.importedIds ?? []))
    }
  }
  return chunks
}

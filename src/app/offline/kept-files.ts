import { inParallel } from '#lib/in-parallel.ts'

/** A file of a build: its path within the page's folder, and its hash as `fetch` checks it. */
export interface BuiltFile {
  readonly path: string
  readonly integrity: string
}

export interface Build {
  /** The same for the same files. */
  readonly id: string
  readonly files: readonly BuiltFile[]
}

const prefix = 'subtext-files-'

/** Few enough to leave the line to the page. */
const atOnce = 4

/** Never another file: its name is made from what is in it. */
const isNamedByContent = (path: string) => path.startsWith('assets/')

/** The files of one build on the disk of the browser, and those of the builds whose pages are still open. */
export function createKeptFiles({ id, files }: Build, scope: string) {
  const own = prefix + id
  const addressOf = (path: string) => new URL(path, scope).href

  async function find(path: string): Promise<Response | undefined> {
    const found = await (await caches.open(own)).match(addressOf(path), { ignoreVary: true })
    if (found || !isNamedByContent(path)) return found
    for (const name of await caches.keys()) {
      if (!name.startsWith(prefix)) continue
      const older = await (await caches.open(name)).match(addressOf(path), { ignoreVary: true })
      if (older) return older
    }
    return undefined
  }

  async function fetchWhole({ path, integrity }: BuiltFile): Promise<Response> {
    const response = await fetch(addressOf(path), {
      integrity,
      priority: 'low',
      cache: isNamedByContent(path) ? 'default' : 'no-cache',
    })
    // A page that is given for whatever is not found fails by its hash. No window may be led to what was redirected.
    if (!response.ok || response.redirected) throw new Error(`${path} can't be had: ${response.status}`)
    return response
  }

  return {
    find,
    /** Brings the whole build in, or fails. What an earlier try brought is not fetched again. */
    keepAll: async (): Promise<void> => {
      const cache = await caches.open(own)
      await inParallel(files, atOnce, async (file) => {
        const address = addressOf(file.path)
        if (await cache.match(address)) return
        const known = isNamedByContent(file.path) ? await find(file.path) : undefined
        await cache.put(address, known ?? (await fetchWhole(file)))
      })
    },
    /** A file that no page needs to begin with: kept when it was wanted for the first time. */
    keep: async (path: string, response: Response): Promise<void> => {
      if (response.status !== 200 || response.redirected) return
      if (response.headers.get('content-type')?.startsWith('text/html')) return
      await (await caches.open(own)).put(addressOf(path), response)
    },
    /** Lets go of the files of all other builds. */
    forgetOthers: async (): Promise<void> => {
      const names = await caches.keys()
      await Promise.all(
        names.filter((name) => name.startsWith(prefix) && name !== own).map((name) => caches.delete(name)),
      )
    },
  }
}

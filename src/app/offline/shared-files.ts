/** Where the worker puts what was shared aside, until a page takes it. */
const shelf = 'subtext-shared'
const nameHeader = 'x-file-name'

/** More than this was not shared by a person. */
const mostFiles = 200

/** Puts the files of a form aside. */
export async function putAside(form: FormData, scope: string): Promise<void> {
  const cache = await caches.open(shelf)
  const files = [...form.values()].filter((value) => value instanceof File).slice(0, mostFiles)
  for (const file of files) {
    const headers = { 'content-type': file.type, [nameHeader]: encodeURIComponent(file.name) }
    await cache.put(new URL(`shared/${crypto.randomUUID()}`, scope).href, new Response(file, { headers }))
  }
}

/** Takes what was put aside. Each file is one page's, however many ask at once. */
export async function takeAside(): Promise<readonly File[]> {
  if (!(await caches.has(shelf))) return []
  const cache = await caches.open(shelf)
  const files: File[] = []
  for (const request of await cache.keys()) {
    const response = await cache.match(request)
    if (!response) continue
    const blob = await response.blob()
    const name = decodeURIComponent(response.headers.get(nameHeader) ?? '')
    if (await cache.delete(request)) files.push(new File([blob], name, { type: blob.type }))
  }
  return files
}

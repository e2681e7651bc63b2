/** Reads a text file that is served beside the page. */
export type ReadText = (url: string) => Promise<string>

const read = new Map<string, Promise<string>>()

/** A text is fetched once for the page: a scene that has begun goes on when the server is gone. */
export const readFromPage: ReadText = (url) => {
  const known = read.get(url)
  if (known) return known
  const text = fetchText(url)
  read.set(url, text)
  // What failed is asked for again.
  text.catch(() => read.delete(url))
  return text
}

async function fetchText(url: string): Promise<string> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url} was answered with ${response.status}`)
  return response.text()
}

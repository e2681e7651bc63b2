/** Reads a text file that is served beside the page. */
export type ReadText = (url: string) => Promise<string>

export const readFromPage: ReadText = async (url) => {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url} was answered with ${response.status}`)
  return response.text()
}

const partName = /-(\d{5})-of-(\d{5})\.gguf$/i
const mostParts = 100

/**
 * The addresses of all parts of a model, of the address of one of them. The page that Hugging Face shows of a file is
 * taken for the file. Undefined for what is no address of a `.gguf` file.
 */
export function weightsUrls(typed: string): readonly string[] | undefined {
  const text = typed.trim()
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined
  if (url.hostname === 'huggingface.co') url.pathname = url.pathname.replace(/^(\/[^/]+\/[^/]+)\/blob\//, '$1/resolve/')
  url.hash = ''
  if (!/\.gguf$/i.test(url.pathname)) return undefined
  const [ending, , last = ''] = partName.exec(url.pathname) ?? []
  const count = Number(last)
  if (ending === undefined) return [url.href]
  if (count < 1 || count > mostParts) return undefined
  const base = url.pathname.slice(0, -ending.length)
  return Array.from({ length: count }, (_, index) => {
    const part = new URL(url)
    part.pathname = `${base}-${String(index + 1).padStart(5, '0')}-of-${last}.gguf`
    return part.href
  })
}

/** The name of the file at an address. */
export function fileNameOf(url: string): string {
  const name = new URL(url).pathname.split('/').at(-1) ?? ''
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

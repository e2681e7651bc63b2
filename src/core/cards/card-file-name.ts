import { sanitiseLikeRisu } from './zip-names.ts'

/** Longer than any name one would read, short enough for every disk. */
const longestName = 80

/** Gives files the names of their cards, each another than all before, fit for every disk. */
export function createFileNames(): (name: string, extension: string) => string {
  const taken = new Set<string>()
  return (name, extension) => {
    const plain = sanitiseLikeRisu(name.replaceAll('/', '_')).trim().slice(0, longestName).trim() || 'Unnamed'
    for (let count = 1; ; count++) {
      const fileName = `${plain}${count === 1 ? '' : ` (${count})`}.${extension}`
      const key = fileName.toLowerCase()
      if (taken.has(key)) continue
      taken.add(key)
      return fileName
    }
  }
}

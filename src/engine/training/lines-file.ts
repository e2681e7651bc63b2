/** A file, read line by line as often as it is asked for. */
export interface LinesFile {
  readonly name: string
  lines(): AsyncIterable<string>
}

/** A file that is not read line by line may be as long as this; in UTF-16 units. */
const longestFile = 200_000_000

/** The text of a file that is read whole, or as much of it as is read of any. */
export async function wholeText(file: LinesFile): Promise<string> {
  let text = ''
  for await (const line of file.lines()) {
    text += `${line}\n`
    if (text.length > longestFile) break
  }
  return text
}

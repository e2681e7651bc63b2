const decorator = /^@@@?[a-z_]+(?:\s.*)?$/i

/**
 * The content of a lorebook entry without the decorator lines (`@@depth 4`, `@@@fallback`) at its start and the blank
 * lines around them (Character Card V3). Readers of V2 know no decorators and would show them to the model.
 */
export function stripDecorators(content: string): string {
  const lines = content.split('\n')
  let kept = 0
  for (const [index, line] of lines.entries()) {
    if (decorator.test(line.trim())) kept = index + 1
    else if (line.trim()) break
  }
  if (kept === 0) return content
  while (kept < lines.length && !lines[kept]?.trim()) kept++
  return lines.slice(kept).join('\n')
}

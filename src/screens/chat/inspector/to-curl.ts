type Description = { readonly url: string; readonly body: string; readonly hasKey: boolean }

/** A request as a command for a POSIX shell. The key is not in it: the command reads it from `API_KEY`. */
export function toCurl({ url, body, hasKey }: Description): string {
  const lines = [
    `curl -N ${quoted(url)}`,
    `-H 'content-type: application/json'`,
    ...(hasKey ? ['-H "authorization: Bearer $API_KEY"'] : []),
    `--data-raw ${quoted(body)}`,
  ]
  return lines.join(' \\\n  ')
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

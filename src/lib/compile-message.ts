import compile from 'icu-minify/compile'
import type { CompiledMessage } from 'icu-minify/format'

const compiled = new Map<string, CompiledMessage>()

/** Outside the browser, where modules are run as they are written (Node's own), a message is compiled when it is said. */
export function compileMessage(message: string): CompiledMessage {
  const known = compiled.get(message)
  if (known !== undefined) return known
  const fresh = compile(message)
  compiled.set(message, fresh)
  return fresh
}

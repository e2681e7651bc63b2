/** Closes a `switch` over a union: a case that was forgotten does not compile. */
export function exhaustive(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`)
}

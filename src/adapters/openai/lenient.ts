import * as z from 'zod/mini'

/** A field that may be missing, and that counts as missing when it is not what it should be. */
export function lenient<Schema extends z.ZodMiniType>(schema: Schema) {
  return z.catch(z.optional(schema), undefined)
}

export const lenientString = lenient(z.string())
export const lenientCount = lenient(z.int().check(z.positive()))

import { t } from '#lib/translate.ts'

/** How many entries, in words. */
export function entriesInWords(count: number): string {
  return t('{count, plural, =0 {No entries} one {One entry} other {# entries}}', { count })
}

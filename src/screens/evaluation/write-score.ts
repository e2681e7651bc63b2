import { locale } from '#lib/translate.ts'

/** A score in the reader's digits, always with as many behind the point. */
export function writeScore(value: number, digits = 2): string {
  return new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value)
}

import { locale } from '#lib/translate.ts'

/** A score in the reader's digits, always with as many behind the point. */
export function writeScore(value: number, digits = 2): string {
  return new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value)
}

/** A difference, with the sign of what is more too. */
export function writeGain(value: number, digits = 2): string {
  return new Intl.NumberFormat(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay: 'exceptZero',
  }).format(value)
}

export function writePercent(share: number): string {
  return new Intl.NumberFormat(locale, { style: 'percent' }).format(share)
}

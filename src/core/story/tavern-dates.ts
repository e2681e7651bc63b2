import type { Json } from '#core/cards/card.ts'
import { utcTime } from '#lib/calendar.ts'

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** `2026-01-02T03:04:05.678Z`, with or without time, fraction and zone. */
const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/
/** `2023-05-01 @12h 00m 00s 000ms` and `2024-1-2@03h04m05s`. */
const at = /^(\d{4})-(\d{1,2})-(\d{1,2})\s*@\s*(\d{1,2})h\s*(\d{1,2})m\s*(\d{1,2})s(?:\s*(\d{1,3})ms)?$/
/** `January 2, 2026 3:04am`. */
const english = /^([A-Za-z]{3,9})\.? (\d{1,2}), (\d{4}) (\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap])m$/i

/**
 * A date as any SillyTavern wrote it, as Unix milliseconds; undefined for what is none. Dates that name no zone are
 * taken for UTC: whose clock they were of is not known.
 */
export function readTavernDate(value: Json | undefined): number | undefined {
  const ms =
    typeof value === 'number' ? value : typeof value === 'string' ? readText(value.trim().slice(0, 60)) : undefined
  return ms !== undefined && Number.isFinite(ms) && ms > 0 && ms < 8.64e15 ? ms : undefined
}

function readText(text: string): number | undefined {
  if (/^\d{9,16}$/.test(text)) return Number(text)
  const isoDate = iso.exec(text)
  if (isoDate) {
    const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] = isoDate
    const ms = Math.floor(Number(`0.${fraction || '0'}`) * 1000)
    const local = utcTime(Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second), ms)
    return local - zoneMs(zone)
  }
  const atDate = at.exec(text)
  if (atDate) {
    const [year = 0, month = 0, day = 0, hour, minute, second, ms] = atDate.slice(1).map((part) => Number(part ?? 0))
    return utcTime(year, month, day, hour, minute, second, ms)
  }
  const [, name = '', day, year, hour, minute, second = '0', half = ''] = english.exec(text) ?? []
  const month = months.indexOf(name.slice(0, 3).toLowerCase()) + 1
  if (month === 0) return undefined
  const hours = (Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
  return utcTime(Number(year), month, Number(day), hours, Number(minute), Number(second))
}

function zoneMs(zone: string): number {
  if (zone === 'Z') return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000
}

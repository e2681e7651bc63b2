// The calendar without a clock: `Date` also tells the time, and so is not for pure code.

const dayMs = 86_400_000

/** Unix milliseconds of a moment in UTC. `month` counts from 1; nothing is checked, the 32nd is the day after the 31st. */
export function utcTime(year: number, month: number, day: number, hour = 0, minute = 0, second = 0, ms = 0): number {
  // Years that begin in March have their leap day at the end.
  const shifted = month > 2 ? year : year - 1
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1
  const days =
    shifted * 365 + Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400) + dayOfYear
  return (days - 719_468) * dayMs + hour * 3_600_000 + minute * 60_000 + second * 1000 + ms
}

/** A moment as `2026-11-25T18:09:00.000Z`; empty for what is not in the years 0 to 9999. */
export function isoTime(unixMs: number): string {
  if (!(unixMs >= utcTime(0, 1, 1) && unixMs < utcTime(10_000, 1, 1))) return ''
  const wholeMs = Math.floor(unixMs)
  const days = Math.floor(wholeMs / dayMs)
  // Close to the year it is in, and never behind it.
  let year = Math.floor(days / 365.2425) + 1970 + 1
  while (utcTime(year, 1, 1) > wholeMs) year--
  let month = 12
  while (utcTime(year, month, 1) > wholeMs) month--
  const day = days - utcTime(year, month, 1) / dayMs + 1
  const inDay = wholeMs - days * dayMs
  const date = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`
  const [hour, minute, second] = [inDay / 3_600_000, (inDay / 60_000) % 60, (inDay / 1000) % 60].map(Math.floor)
  return `${date}T${pad(hour ?? 0, 2)}:${pad(minute ?? 0, 2)}:${pad(second ?? 0, 2)}.${pad(inDay % 1000, 3)}Z`
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0')
}

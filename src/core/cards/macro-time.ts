/** A moment and where it is told: Unix milliseconds, and a zone of the IANA's list or the machine's own. */
export interface MacroMoment {
  readonly at: number
  readonly timeZone?: string
}

/** `time_utc+2`, `time_utc-3` */
const utcName = /^time_utc([+-]\d{1,2})$/

const formats: Record<string, Intl.DateTimeFormatOptions> = {
  time: { timeStyle: 'short' },
  date: { dateStyle: 'long' },
  weekday: { weekday: 'long' },
}

const patterns: Record<string, string> = { isotime: 'HH:mm', isodate: 'YYYY-MM-DD' }

/**
 * What the macros of time give, as in SillyTavern: `{{time}}`, `{{date}}` and `{{weekday}}` in the reader's own manner,
 * `{{isotime}}`, `{{isodate}}`, `{{time_UTC+2}}` and `{{datetimeformat YYYY-MM-DD}}`. Nothing for other names.
 */
export function timeMacro(name: string, argument: () => string, moment: MacroMoment): string | undefined {
  const options = Object.hasOwn(formats, name) ? formats[name] : undefined
  if (options) return format(moment, options)
  const pattern = Object.hasOwn(patterns, name)
    ? patterns[name]
    : name === 'datetimeformat'
      ? argument().trim()
      : undefined
  if (pattern !== undefined) return formatPattern(pattern, moment)
  const hours = utcName.exec(name)?.[1]
  if (hours === undefined) return undefined
  return format({ at: moment.at + Number(hours) * 3_600_000, timeZone: 'UTC' }, { timeStyle: 'short' })
}

function format({ at, timeZone }: MacroMoment, options: Intl.DateTimeFormatOptions, locale?: string): string {
  return new Intl.DateTimeFormat(locale, { ...options, ...(timeZone === undefined ? {} : { timeZone }) }).format(at)
}

/** The letters of moment.js, as far as cards use them; `[…]` is text. */
const letters = /\[([^\]]*)\]|YYYY|YY|MMMM|MMM|MM|M|DD|D|dddd|ddd|HH|H|hh|h|mm|m|ss|s|A|a/g

function formatPattern(pattern: string, moment: MacroMoment): string {
  const parts = partsOf(moment)
  const two = (part: string) => part.padStart(2, '0')
  const part = (type: string) => parts.get(type) ?? ''
  const hour = Number(part('hour')) % 24
  const half = String(hour % 12 || 12)
  return pattern.replace(letters, (mark, literal?: string) => {
    switch (mark) {
      case 'YYYY':
        return part('year')
      case 'YY':
        return part('year').slice(-2)
      case 'MMMM':
        return format(moment, { month: 'long' })
      case 'MMM':
        return format(moment, { month: 'short' })
      case 'MM':
        return two(part('month'))
      case 'M':
        return part('month')
      case 'DD':
        return two(part('day'))
      case 'D':
        return part('day')
      case 'dddd':
        return format(moment, { weekday: 'long' })
      case 'ddd':
        return format(moment, { weekday: 'short' })
      case 'HH':
        return two(String(hour))
      case 'H':
        return String(hour)
      case 'hh':
        return two(half)
      case 'h':
        return half
      case 'mm':
        return two(part('minute'))
      case 'm':
        return String(Number(part('minute')))
      case 'ss':
        return two(part('second'))
      case 's':
        return String(Number(part('second')))
      case 'A':
        return hour < 12 ? 'AM' : 'PM'
      case 'a':
        return hour < 12 ? 'am' : 'pm'
      default:
        return literal ?? mark
    }
  })
}

function partsOf({ at, timeZone }: MacroMoment): ReadonlyMap<string, string> {
  const parts = new Intl.DateTimeFormat('en-US', {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
    ...(timeZone === undefined ? {} : { timeZone }),
  }).formatToParts(at)
  return new Map(parts.map(({ type, value }) => [type, value]))
}

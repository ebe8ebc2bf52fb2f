/** How dates are shown to somebody: BCP 47 locale and IANA zone. */
export type Reader = { readonly locale: string; readonly tz: string }

const formats: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  date_num: { year: 'numeric', month: '2-digit', day: '2-digit' },
  date: { year: 'numeric', month: 'long', day: 'numeric' },
  date_short: { year: 'numeric', month: 'short', day: 'numeric' },
  date_long: { year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' },
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  time_secs: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
}

/** Slack's date markup: `{date_short} at {time}`, at this moment (epoch ms), for this reader. Unknown names stay. */
export function formatDate(at: number, format: string, reader: Reader): string {
  return format.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const options = formats[name.replace(/_pretty$/, '')]
    return options === undefined ? whole : formatted(at, options, reader)
  })
}

/** The time of a message: `14:05`. */
export function clockTime(at: number, reader: Reader): string {
  return formatted(at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, reader)
}

/** The day above its messages: `Monday, 7 December`. */
export function dayText(at: number, reader: Reader): string {
  return formatted(at, { weekday: 'long', day: 'numeric', month: 'long' }, reader)
}

function formatted(at: number, options: Intl.DateTimeFormatOptions, { locale, tz }: Reader): string {
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: tz }).format(at)
}

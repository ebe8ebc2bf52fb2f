import type { PageState } from '../../page-state.ts'
import type { Names } from '../text/draw-text.ts'
import type { Reader } from '../text/format-date.ts'

/** Who is meant by the ids in messages, for the person that is looked through. */
export function namesOf(page: PageState): Names {
  const { people, groups, channels } = page.workspace
  const nameIn = (all: readonly { id: string; name: string }[]) => (id: string) =>
    all.find((one) => one.id === id)?.name ?? id
  return {
    person: nameIn(people),
    group: nameIn(groups.map(({ id, handle }) => ({ id, name: handle }))),
    channel: nameIn(channels),
    reader: readerOf(page),
    me: page.demo.me,
  }
}

/** The zone is the person's own; the page itself speaks English, and so do its dates. */
export function readerOf(page: PageState): Reader {
  const me = page.workspace.people.find(({ id }) => id === page.demo.me)
  return { locale: 'en-GB', tz: me?.tz ?? 'UTC' }
}

/** First letters, and one of eight colours that stays with the person. */
export function faceOf(id: string, name: string): { letters: string; tone: number } {
  const words = name.split(/\s+/).filter((word) => word !== '')
  const first = [...(words[0] ?? '?')][0] ?? '?'
  const second = words.length > 1 ? ([...(words.at(-1) ?? '')][0] ?? '') : ''
  const sum = [...id].reduce((total, letter) => total * 31 + (letter.codePointAt(0) ?? 0), 7)
  return { letters: `${first}${second}`.toUpperCase(), tone: Math.abs(sum) % 8 }
}

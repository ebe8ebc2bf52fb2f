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

/** How a person is shown where there is no picture: first letters, and one of eight colours. */
export type Face = { readonly letters: string; readonly tone: number; readonly isBot: boolean }

export function faceOf({ workspace }: PageState, id: string): Face {
  const index = workspace.people.findIndex((person) => person.id === id)
  const person = workspace.people[index]
  const words = (person?.name ?? '?').split(/\s+/).filter((word) => word !== '')
  const [first = '?', last = ''] = [words[0], words.length > 1 ? words.at(-1) : '']
  // One Chinese character fills the circle.
  const letters = /\p{Script=Han}/u.test(first) ? ([...first][0] ?? '') : initials(first, last)
  return { letters, tone: Math.max(0, index) % 8, isBot: person?.isBot === true }
}

function initials(first: string, last: string): string {
  return `${[...first][0] ?? ''}${[...last][0] ?? ''}`.toUpperCase()
}

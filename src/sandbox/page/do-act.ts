import type { Seen } from '../slack-server/people.ts'
import type { Act, ActAnswer, Place } from './acts.ts'
import type { PageParts } from './page-parts.ts'
import { channelsOf, messagesOf } from './visible-state.ts'

type Doing<Kind extends Act['kind']> = (
  parts: PageParts,
  user: string,
  act: Extract<Act, { kind: Kind }>,
) => ActAnswer | Promise<ActAnswer>

const done: ActAnswer = { ok: true }

const WATCH = 'The cast plays this story: watch it to its end, then it is yours.'

/** Does what the visitor asks for, as this person; what the person could not do is answered with a sentence. */
export async function doAct(parts: PageParts, user: string, act: Act): Promise<ActAnswer> {
  if (!parts.cast.some((member) => member.user === user)) return no(`Nobody here is called ${user}.`)
  if (parts.story()?.state === 'plays' && act.kind !== 'open-home') return no(WATCH)
  // Each kind has its own entry, which the compiler can't see through the union.
  const doing = doings[act.kind] as Doing<Act['kind']>
  try {
    return await doing(parts, user, act)
  } catch (error) {
    const [line = ''] = error instanceof Error ? error.message.split('\n') : []
    return no(`That can't be done: ${line}.`)
  }
}

const doings: { readonly [Kind in Act['kind']]: Doing<Kind> } = {
  say: ({ slack }, user, { channel, text, threadTs }) => {
    if (!sees(slack, user, channel)) return noChannel
    slack.say({ user, channel, text, ...(threadTs === undefined ? {} : { threadTs }) })
    return done
  },
  command: async ({ slack, command }, user, { channel, text }) => {
    if (!sees(slack, user, channel)) return noChannel
    const [word = '', ...rest] = text.trim().split(/\s+/)
    if (word !== command) return no(`${word} is not a valid command here. Try ${command} help.`)
    return answerTo(await slack.command({ user, channel, command, text: rest.join(' ') }))
  },
  click: async (parts, user, { place, ...what }) => {
    const refused = notThere(parts, user, place)
    return refused ?? answerTo(await parts.slack.click({ user, ...spotOf(place), ...defined(what) }))
  },
  select: async (parts, user, { place, value, ...what }) => {
    const refused = notThere(parts, user, place)
    if (refused !== undefined) return refused
    const { kind: _, ...where } = defined(what)
    // Slack sends dates as text or number, and options by their value; the local Slack looks the option up.
    const given = Array.isArray(value) ? { values: value } : { value: value as string }
    return answerTo(await parts.slack.select({ user, ...spotOf(place), ...where, ...given }))
  },
  submit: async ({ slack }, user, { viewId, values }) => answerTo(await slack.submit({ user, viewId, values })),
  close: async ({ slack }, user, { viewId }) => {
    await slack.closeModal({ user, viewId })
    return done
  },
  'open-home': async ({ slack }, user) => answerTo(await slack.openHome(user)),
  speed: ({ calendar, skip }, _, { speed }) => {
    if (skip.running()) skip.stop()
    calendar.setSpeed(speed)
    return done
  },
  skip: ({ skip }, _, { on }) => {
    if (!on) skip.stop()
    else if (skip.start() === 'a decision waits') return no('A decision waits: somebody has to decide it first.')
    return done
  },
  trouble: async ({ troubles }, _, { name, on }) => {
    const trouble = troubles.find((one) => one.name === name)
    if (trouble === undefined) return no(`There is no trouble ${name} in this story.`)
    if (on) return (await trouble.start()) ? done : no(`${trouble.label}: this would hit nothing now.`)
    if (trouble.end === null) return no(`${trouble.label}: this is over by itself.`)
    await trouble.end()
    return done
  },
}

const noChannel = no('You are not in this channel.')

function no(say: string): ActAnswer {
  return { ok: false, say }
}

function sees(slack: PageParts['slack'], user: string, channel: string): boolean {
  return channelsOf(slack, user).some(({ id }) => id === channel)
}

function notThere(parts: PageParts, user: string, place: Place): ActAnswer | undefined {
  if (place.kind !== 'message') return undefined
  const there = messagesOf(parts.slack, user).some((one) => one.channel === place.channel && one.ts === place.ts)
  return there ? undefined : no('You see no such message.')
}

type Spot = { readonly channel?: string; readonly ts?: string; readonly viewId?: string; readonly home?: boolean }

function spotOf(place: Place): Spot {
  if (place.kind === 'home') return { home: true }
  return place.kind === 'modal' ? { viewId: place.viewId } : { channel: place.channel, ts: place.ts }
}

type Defined<T> = { [Key in keyof T]: Exclude<T[Key], undefined> }

/** Members that are undefined are left out, as exact optional members want it. */
function defined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Defined<T>
}

/** What the person's client says when the app did not take it, in the words of Slack's client. */
function answerTo(seen: Seen): ActAnswer {
  if (seen.errors !== undefined) return { ok: false, errors: seen.errors }
  if (seen.refused !== undefined) return no(`Slack could not show the answer (${seen.refused}).`)
  if (seen.sent && !seen.acked) return no(`That did not reach the app (${seen.error ?? 'no answer'}). Try again.`)
  return done
}

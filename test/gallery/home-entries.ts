import type { HomeFacts } from '../../src/chat/views/home.ts'
import { homeView } from '../../src/chat/views/home.ts'
import type { Locale } from '../../src/wire/names.ts'
import { put } from '../../src/chat/views/look.ts'
import { approvalSample } from '../support/phase-samples.ts'
import { look, type Size } from '../support/sample-size.ts'
import { AT, census, pulse, status, stragglers } from './read-model-samples.ts'
import type { GalleryEntry } from './gallery-entry.ts'

const LINK = 'https://example.slack.com/archives/C0PROD/p1763971200000100'
const MOVING = { cluster: 'prod-a', status: { ...status('prod-a'), census: census('prod-a') }, pulse: pulse('prod-a') }
const UNKNOWN = { cluster: 'stage', status: null, pulse: null }
const LISTS = [{ cluster: 'prod-a', list: stragglers('prod-a') }]
const NOBODYS = { own: [], known: 3, isSure: true, lists: LISTS }
const ABOUT = { at: AT, language: 'auto' } as const

/** App Home as different people see it. */
const HOMES: Readonly<Record<string, (size: Size) => HomeFacts>> = {
  'App Home of an approver': (size) => ({
    ...ABOUT,
    waiting: waiting(size, size === 'worst' ? 12 : 2),
    known: [MOVING, UNKNOWN],
    teams: NOBODYS,
  }),
  'App Home of a team': (size) => ({
    ...ABOUT,
    waiting: [],
    known: size === 'worst' ? Array.from({ length: 30 }, () => MOVING) : [MOVING],
    teams: {
      ...NOBODYS,
      own: ['payments', 'search', 'done', null],
      lists:
        size === 'worst'
          ? Array.from({ length: 30 }, () => LISTS).flat()
          : [...LISTS, { cluster: 'stage', list: null }],
    },
  }),
  'App Home, nothing to do': () => ({
    ...ABOUT,
    language: 'en',
    waiting: [],
    known: [{ ...MOVING, status: { ...status('prod-a'), run: null } }],
    teams: { own: [], known: 0, isSure: true, lists: LISTS },
  }),
  'App Home of a team, some sidecars unknown': () => ({
    ...ABOUT,
    waiting: [],
    known: [MOVING],
    teams: { ...NOBODYS, own: ['done'], lists: [{ cluster: 'prod-a', list: { ...stragglers('prod-a'), unknown: 3 } }] },
  }),
  'App Home, memberships unknown': () => ({
    ...ABOUT,
    waiting: [],
    known: [UNKNOWN],
    teams: { ...NOBODYS, isSure: false },
  }),
  'App Home of a guest': () => ({ ...ABOUT, refused: { code: 'PERSON_GUEST', facts: {} } }),
  'App Home of an outsider': () => ({
    ...ABOUT,
    refused: { code: 'PERSON_OTHER_WORKSPACE', facts: { team: 'T0OTHER' } },
  }),
  'App Home, nothing can be read': () => ({ ...ABOUT, refused: { code: 'QUEUE_UNREACHABLE', facts: {} } }),
}

export function homeEntries(lang: Locale, size: Size): readonly GalleryEntry[] {
  return Object.entries(HOMES).map(([name, draw]) => {
    const own = look(lang)
    return { name, lang, surface: 'home', text: put(own, 'homeTitle'), view: homeView(draw(size), own) }
  })
}

function waiting(size: Size, count: number) {
  const facts = approvalSample(size, 'pending', 'switch')
  return Array.from({ length: count }, (_, index) => ({ facts, link: index === 1 ? null : LINK }))
}

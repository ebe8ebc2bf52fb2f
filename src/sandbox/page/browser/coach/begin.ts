import type { PageState } from '../../page-state.ts'
import { headerOf, newestCard } from './cards.ts'
import { watch, type Coaching, type CoachState } from './coaching.ts'
import { hasControlPlane, newPodsGet } from './mesh-facts.ts'
import { continueAs } from './people.ts'

/** A plan is there well within this; after that the command is offered again. */
const planTime = 20_000

/** Nothing was asked for yet, or everything was undone. */
export function begin({ page, askedFor }: CoachState): Coaching | null {
  const { demo } = page
  const returned = isReturned(page)
  if (!returned && (newestCard(page) !== null || newPodsGet(page, demo.versions.to))) return null
  if (askedFor !== null && askedFor < planTime) {
    return watch('Meshferry reads the whole cluster and makes a plan. Its first card comes into the channel.')
  }
  const [first] = demo.cast
  if (first !== undefined && first.user !== demo.me) {
    return { say: `${first.name} ${first.role}.`, act: continueAs(first) }
  }
  const text = `${demo.command} upgrade ${demo.cluster} to ${demo.versions.to}`
  return { say: whyNow(page, returned), act: { kind: 'send', label: returned ? 'Ask again' : 'Send it', text } }
}

function whyNow({ demo, mesh }: PageState, returned: boolean): string {
  const { from, to } = demo.versions
  if (returned)
    return `New pods get ${from} again, and nothing of ${to} is left. Ask for the upgrade when you are ready.`
  const pods = mesh.byVersion[from] ?? 0
  return `${pods.toLocaleString('en')} pods run Istio ${from}. Ask for the upgrade: send the command.`
}

/** The mesh looks the same before an install, so the newest card has to say that the upgrade went back or ended. */
function isReturned(page: PageState): boolean {
  const { from, to } = page.demo.versions
  const card = newestCard(page)
  if (card === null || !/^(?:↩️|🏁)/u.test(headerOf(card))) return false
  return newPodsGet(page, from) && !hasControlPlane(page, to)
}

import type { PageState, TroublePart } from '../../page-state.ts'
import { watch, type CoachAct, type Coaching, type CoachState } from './coaching.ts'
import { hasControlPlane } from './mesh-facts.ts'
import { continueAs, roleOf, saysApproves } from './people.ts'

/** A trouble lasts, or new pods don't get what they should: time is not what helps now. */
export function inTrouble({ page }: CoachState): Coaching | null {
  const on = page.troubles.find(({ state }) => state.kind === 'on')
  const wrong = page.mesh.newPods.find(({ ok }) => !ok)
  if (wrong !== undefined) {
    const say = `New pods of ${wrong.class} ${whatTheyGet(wrong.gets)}: end the trouble, or go back.`
    return { say, act: goBack(page) }
  }
  if (on === undefined) return null
  if (on.name === 'argocd') return { say: `${on.label}: end the trouble, or go back.`, act: goBack(page) }
  return watch(`${on.label}: nothing is asked of you. ${howItEnds(on)}`)
}

function howItEnds({ lasts }: TroublePart): string {
  return lasts ? 'Press it again to end it, and see what was lost.' : 'It is over by itself.'
}

/** What a pod got, by `NewPods.gets`: a version, nothing, or the API server's own words. */
function whatTheyGet(gets: string): string {
  if (gets === 'none') return 'get no sidecar'
  return /^\d/.test(gets) ? `get Istio ${gets}` : 'are refused'
}

/** Null where there is nothing to go back from, or nobody who may. */
function goBack(page: PageState): CoachAct | null {
  const { cast, me, command, cluster, versions } = page.demo
  if (!hasControlPlane(page, versions.to)) return null
  if (saysApproves(roleOf(cast, me) ?? '')) {
    return { kind: 'send', label: 'Go back', text: `${command} rollback ${cluster}` }
  }
  const who = cast.find(({ role }) => saysApproves(role))
  return who === undefined ? null : continueAs(who)
}

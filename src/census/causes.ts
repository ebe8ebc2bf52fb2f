import type { Workload } from '../istio/objects.ts'
import type { Coded } from '../wire/facts.ts'
import type { Migration } from '../wire/census.ts'
import type { PodEntry } from './pod-entry.ts'
import type { WorkloadRef } from './owners.ts'

/** What is known of a workload beside its pods; undefined where its kind is not read (a bare pod, an Argo Rollout). */
export type WorkloadFacts = Pick<Workload, 'template' | 'paused' | 'onDelete'>

type About = {
  readonly workload: WorkloadRef
  readonly facts: WorkloadFacts | undefined
  /** One of its pods with an old sidecar. */
  readonly pod: PodEntry
  readonly migration: Migration
  readonly namespaceLabels: Readonly<Record<string, string>>
}

/**
 * The first cause why a workload's pods still carry an old sidecar, as a code whose sentence has the advice. Causes that a
 * redeploy alone doesn't end come first; NOT_REDEPLOYED is what is left.
 */
export function causeOf(about: About): Coded {
  const found = pinned(about) ?? asksForOld(about) ?? optedOut(about) ?? byKind(about) ?? byRollout(about)
  return found ?? { code: 'NOT_REDEPLOYED', facts: {} }
}

function pinned({ pod, facts }: About): Coded | null {
  const image = facts?.template.metadata?.annotations?.['sidecar.istio.io/proxyImage'] ?? pod.pinnedImage
  return image ? { code: 'IMAGE_PINNED', facts: { image } } : null
}

/** A revision's own name, on the template or the namespace, leads to OLD also after the switch; a tag's has moved. */
function asksForOld({ facts, pod, migration, namespaceLabels }: About): Coded | null {
  const onPod = facts ? facts.template.metadata?.labels?.['istio.io/rev'] : (pod.asksFor ?? undefined)
  const onNamespace = 'istio-injection' in namespaceLabels ? undefined : namespaceLabels['istio.io/rev']
  const asked = onNamespace ?? onPod
  if (asked === undefined || !migration.from.includes(asked)) return null
  return {
    code: 'ASKS_FOR_OLD',
    facts: { revision: asked, where: onNamespace === undefined ? 'template' : 'namespace' },
  }
}

function optedOut({ facts }: About): Coded | null {
  const meta = facts?.template.metadata
  const inject = meta?.labels?.['sidecar.istio.io/inject'] ?? meta?.annotations?.['sidecar.istio.io/inject']
  return inject === 'false' ? { code: 'INJECTION_OFF', facts: {} } : null
}

const BY_KIND: Readonly<Record<string, string>> = { Pod: 'BARE_POD', CronJob: 'NEXT_RUN', Job: 'ENDS_WITH_JOB' }

function byKind({ workload }: About): Coded | null {
  const code = BY_KIND[workload.kind]
  return code === undefined ? null : { code, facts: {} }
}

function byRollout({ facts }: About): Coded | null {
  if (facts?.paused) return { code: 'ROLLOUT_PAUSED', facts: {} }
  return facts?.onDelete ? { code: 'ON_DELETE', facts: {} } : null
}

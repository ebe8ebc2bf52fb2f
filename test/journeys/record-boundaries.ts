import type { KubeObject } from '../../src/sandbox/kube-server/kube-object.ts'
import type { KubeServer } from '../../src/sandbox/kube-server/server.ts'
import type { Run } from '../../src/wire/run.ts'
import { newBoundaries } from '../support/boundaries.ts'

/** The run as its ConfigMap holds it. */
export function recordIn(object: KubeObject): Run | null {
  const { namespace, name } = object.metadata
  if (object.kind !== 'ConfigMap' || namespace !== 'meshferry' || !/^run-[0-9a-z]{26}$/.test(name)) return null
  const { content } = object['data'] as { readonly content: string }
  return JSON.parse(content) as Run
}

/** The newest record of the cluster. */
export function runOf(kube: KubeServer): Run {
  const records = kube.list('v1', 'ConfigMap', 'meshferry').map(recordIn)
  const run = records.findLast((record) => record !== null)
  if (!run) throw new Error('there is no run')
  return run
}

/**
 * Calls back with the boundaries that each save of the journal crosses for the first time. In that moment the record is
 * saved, and whoever saved it doesn't know yet.
 */
export function atEachBoundary(kube: KubeServer, crossed: (boundary: string) => void): () => void {
  const freshIn = newBoundaries()
  return kube.listen(({ object }) => {
    const run = recordIn(object)
    const fresh = run ? freshIn(run) : []
    if (fresh.length > 0) crossed(fresh.join(' & '))
  })
}

import type { Run, StepEntry } from '../../../src/wire/run.ts'
import type { KubeObject } from '../harness/kube-api.ts'
import type { Mesh } from '../harness/mesh.ts'

/** Follows the journal in the cluster itself, and tells of every save of the run. */
export function followRun(mesh: Mesh, saved: (run: Run) => void): () => void {
  const ending = new AbortController()
  mesh.api.follow<KubeObject>(
    '/api/v1/namespaces/meshferry/configmaps',
    (_type, object) => {
      const run = runIn(object)
      if (run && !ending.signal.aborted) saved(run)
    },
    ending.signal,
  )
  return () => ending.abort()
}

/** The newest run of the cluster. */
export async function runNow(mesh: Mesh): Promise<Run> {
  const run = (await mesh.objects('configmaps', 'meshferry')).map(runIn).findLast((one) => one !== null)
  if (!run) throw new Error('there is no run')
  return run
}

export function stepOf(run: Run, id: string): StepEntry | undefined {
  return run.steps.find((step) => step.id === id)
}

function runIn(object: KubeObject): Run | null {
  if (!/^run-[0-9a-z]{26}$/.test(object.metadata.name)) return null
  const { content } = object['data'] as { readonly content: string }
  return JSON.parse(content) as Run
}

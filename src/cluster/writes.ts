import { CodedError } from '../kernel/errors.ts'
import type { KubeObject } from '../istio/objects.ts'
import type { Cluster, JsonPatchOperation, ObjectRef } from '../ports/cluster.ts'
import type { Kinds } from './kinds.ts'
import type { KubeCall, KubeHttp } from './kube-http.ts'
import { isUnserved } from './read-parts.ts'

type Writes = Pick<Cluster, 'apply' | 'patchJson' | 'create' | 'remove'>

/** All writes name their manager, so that managedFields tell who changed what. */
const MANAGER = 'fieldManager=meshferry'

/** `guard` is asked right before anything that changes the cluster goes out, and throws to hold it back. */
export function newWrites(http: KubeHttp, kinds: Kinds, guard: () => void): Writes {
  const send = async (call: KubeCall, dry = false): Promise<KubeObject> =>
    (await http.json(dry ? call : { ...call, guard })) as KubeObject
  return {
    async apply(body, options) {
      const path = `${await kinds.objectPath(refOf(body))}?${MANAGER}&force=true${dryRun(options)}`
      const contentType = 'application/apply-patch+yaml'
      return send({ method: 'PATCH', path, body: appliable(body), contentType }, options?.dryRun)
    },
    async patchJson(ref, operations, options) {
      const manager = options ? `fieldManager=${options.manager}` : MANAGER
      const path = `${await kinds.objectPath(ref)}?${manager}`
      const call = { method: 'PATCH', path, body: operations, contentType: 'application/json-patch+json' } as const
      return send(call).catch((error: unknown) => {
        throw misfit(error, operations)
      })
    },
    async create(body, options) {
      const path = await kinds.listPath(body.apiVersion, body.kind, body.metadata.namespace)
      return send({ method: 'POST', path: `${path}?${MANAGER}${dryRun(options)}`, body }, options?.dryRun)
    },
    /** An object that is gone already is what was wanted; one of the same name with another uid is a conflict. */
    async remove(ref, { uid }) {
      const body = { kind: 'DeleteOptions', apiVersion: 'v1', preconditions: { uid }, propagationPolicy: 'Background' }
      try {
        await send({ method: 'DELETE', path: await kinds.objectPath(ref), body })
      } catch (error) {
        if (!isUnserved(error)) throw error
      }
    },
  }
}

function refOf({ apiVersion, kind, metadata }: KubeObject): ObjectRef {
  const { name, namespace } = metadata
  return { apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) }
}

/** Server-side apply refuses a body that carries managedFields. */
function appliable(body: KubeObject): KubeObject {
  const { managedFields: _managedFields, ...metadata } = body.metadata
  return { ...body, metadata }
}

function dryRun(options: { readonly dryRun?: boolean } | undefined): string {
  return options?.dryRun ? '&dryRun=All' : ''
}

/**
 * A JSON patch whose `test` failed met an object that is no longer the one it rests on: a conflict. The API server answers
 * 422 without saying which operation did not fit (seen on 1.34), so any misfit of a patch that tests counts as one.
 */
function misfit(error: unknown, operations: readonly JsonPatchOperation[]): unknown {
  const tests = operations.some(({ op }) => op === 'test')
  if (!tests || !(error instanceof CodedError) || error.code !== 'CLUSTER_INVALID') return error
  if (!String(error.facts['message'] ?? '').startsWith('the server rejected our request')) return error
  return new CodedError('CLUSTER_CONFLICT', { ...error.facts, reason: 'PatchTestFailed' }, { cause: error })
}

import type { ChangeOperation } from '../istio/changes.ts'
import type { Coded } from '../wire/facts.ts'
import type { Restart } from '../wire/restarts.ts'
import type { RolledObject } from './rollout.ts'
import { shapeOf } from './shape.ts'

/** What `kubectl rollout restart` sets (kubectl, pkg/polymorphichelpers/objectrestarter.go). */
const RESTARTED_AT = 'kubectl.kubernetes.io/restartedAt'

/** What is to be done about a restart that was asked for, by what the workload is at this moment. */
export type Next =
  | { readonly kind: 'write' }
  | { readonly kind: 'written' }
  | { readonly kind: 'no'; readonly because: Coded }

/**
 * Whether the one write of a restart was made already, is to be made, or must not be made any more. The stamp in the template says
 * that it was. Once it was tried it may have been made and been taken back since, so that the template is as before: only a generation that
 * has not grown since then says that it was not.
 */
export function nextOf(one: Restart, object: RolledObject | null): Next {
  if (object?.metadata.uid !== one.uid) return no('RESTART_GONE')
  if (one.stamp !== undefined && stampIn(object) === one.stamp) return { kind: 'written' }
  return isUntouched(one, object) ? { kind: 'write' } : no('RESTART_CHANGED')
}

/** As it was shown; records of earlier versions have no hash of that, but the generation. */
function isUntouched({ tried, shape, generation }: Restart, object: RolledObject): boolean {
  if (tried !== undefined) return object.metadata.generation === tried
  return shape === undefined ? object.metadata.generation === generation : shapeOf(object) === shape
}

/** The stamp in the template of a workload, if there is one. */
export function stampIn({ spec }: RolledObject): string | undefined {
  return spec?.template?.metadata?.annotations?.[RESTARTED_AT]
}

/** One annotation of the pod template, and nothing else; it fails on any change since the object was read. */
export function restartPatch(object: RolledObject, stamp: string): readonly ChangeOperation[] {
  const { uid, resourceVersion } = object.metadata
  const path = '/spec/template/metadata/annotations'
  const known = object.spec?.template?.metadata?.annotations !== undefined
  return [
    { op: 'test', path: '/metadata/uid', value: uid },
    { op: 'test', path: '/metadata/resourceVersion', value: resourceVersion },
    known
      ? { op: 'add', path: `${path}/${RESTARTED_AT.replace('/', '~1')}`, value: stamp }
      : { op: 'add', path, value: { [RESTARTED_AT]: stamp } },
  ]
}

function no(code: string): Next {
  return { kind: 'no', because: { code, facts: {} } }
}

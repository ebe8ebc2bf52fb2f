import { expect, test } from '@jest/globals'
import { recordedMesh } from '../../test/support/recorded-mesh.ts'
import { aRun } from '../../test/support/run-builders.ts'
import type { Mesh } from '../istio/mesh.ts'
import { settledNow } from './watch-changes.ts'
import type { WorkerContext } from './worker-context.ts'

const AFTER = recordedMesh('switched')

/** What the status is answered from once a step has settled; the guard has not looked since before the step. */
async function keptAfterStep(seen?: Mesh): Promise<Mesh | undefined> {
  let kept: Mesh | undefined
  const ctx = {
    cluster: { readInjection: async () => AFTER },
    keepMesh: (mesh: Mesh) => void (kept = mesh),
    log: { warn: () => undefined },
  } as unknown as WorkerContext
  expect(await settledNow(ctx, aRun(), seen)).not.toBeNull()
  return kept
}

test('the status after a step is answered from what the step left, read by the step or anew', async () => {
  expect(await keptAfterStep()).toBe(AFTER)
  const seen = { ...AFTER }
  expect(await keptAfterStep(seen)).toBe(seen)
})

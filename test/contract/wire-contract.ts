import { afterAll, beforeAll, describe } from '@jest/globals'
import { testPods } from './wire-pods-contract.ts'
import { testReads } from './wire-reads-contract.ts'
import { testRefusals } from './wire-refusals-contract.ts'
import { createMap, newStage, type WireServer, type WireStage } from './wire-stage.ts'
import { testWrites } from './wire-writes-contract.ts'

/**
 * The forms on the wire that a server speaks, with no adapter of ours between: what the sandbox answers is what the real
 * one answers. Where they are known to differ: test/contract/differences.md.
 */
export function describeWire(name: string, setup: () => Promise<WireServer>): void {
  describe(`wire of ${name}`, () => {
    let stage: WireStage
    beforeAll(async () => {
      stage = await newStage(setup)
      await createMap(stage, 'taken')
      const lease = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name: 'wire' }, spec: {} }
      const leases = `/apis/coordination.k8s.io/v1/namespaces/${stage.namespace}/leases`
      await stage.admin.ask('POST', leases, { body: lease })
    })
    afterAll(() => stage.close())
    testRefusals(() => stage)
    testWrites(() => stage)
    testPods(() => stage)
    // Last: it makes the server forget.
    testReads(() => stage)
  })
}

import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { newLeadership, type LeaseTimes } from '../../src/cluster/lease.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import type { Leadership } from '../../src/ports/cluster.ts'
import { openCluster, quietLog, soon, unique, type ContractServer, type Opened } from './contract-server.ts'

const TIMES: LeaseTimes = { lease: 2000, giveUp: 1200, renew: 200 }

/** Two workers of one cluster, one Lease. */
export function describeLease(name: string, setup: () => Promise<ContractServer>): void {
  describe(`leadership on ${name}`, () => {
    let server: ContractServer
    let admin: Opened
    const namespace = unique('lease')
    let stoppers: AbortController[] = []
    const stopper = (): AbortController => {
      const made = new AbortController()
      stoppers.push(made)
      return made
    }

    beforeAll(async () => {
      server = await setup()
      admin = openCluster(server.kubeconfig)
      await admin.cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } })
    })
    // A failed test must not leave contenders behind that keep the process alive.
    afterEach(() => {
      for (const one of stoppers) one.abort()
      stoppers = []
    })
    afterAll(async () => {
      await admin.http.close()
      await server.close()
    })

    const contender = (cluster: string, identity: string, { http = admin.http, seize = false } = {}): Leadership =>
      newLeadership({ http, namespace, cluster, identity, machine: systemClock, log: quietLog, times: TIMES, seize })
    const untilLost = (lost: AbortSignal): Promise<void> =>
      new Promise((resolve) => lost.addEventListener('abort', () => resolve(), { once: true }))

    test('one of two leads, and hands over when it stops', async () => {
      const cluster = unique('c')
      const [a, b] = [contender(cluster, 'a'), contender(cluster, 'b')]
      const [stopA, stopB] = [stopper(), stopper()]
      const runA = a.run(untilLost, stopA.signal)
      expect(await soon(() => a.holder().leads)).toBe(true)
      const runB = b.run(untilLost, stopB.signal)
      expect(await soon(() => b.holder().leads, 2500)).toBe(false)
      expect(a.holder().leads).toBe(true)
      stopA.abort()
      await runA
      expect(a.holder().leads).toBe(false)
      // Released, so well before the Lease would have run out.
      expect(await soon(() => b.holder().leads, 1000)).toBe(true)
      stopB.abort()
      await runB
    })

    test('a leader that can’t reach the API is told before another may lead', async () => {
      const cluster = unique('c')
      const own = openCluster(server.kubeconfig)
      const [a, b] = [contender(cluster, 'a', { http: own.http }), contender(cluster, 'b')]
      const [stopA, stopB] = [stopper(), stopper()]
      let lostAt = 0
      const runA = a.run(async (lost) => {
        await untilLost(lost)
        lostAt = performance.now()
      }, stopA.signal)
      expect(await soon(() => a.holder().leads)).toBe(true)
      let ledAt = 0
      const runB = b.run(async (lost) => {
        ledAt = performance.now()
        await untilLost(lost)
      }, stopB.signal)
      await own.http.close()
      expect(await soon(() => ledAt > 0, 8000)).toBe(true)
      expect(lostAt).toBeGreaterThan(0)
      expect(lostAt).toBeLessThan(ledAt)
      stopA.abort()
      stopB.abort()
      await Promise.all([runA, runB])
    })

    test('a process that was stopped for a while knows that it no longer leads before any timer could tell it', async () => {
      const a = contender(unique('c'), 'a')
      const stop = stopper()
      const said: boolean[] = []
      await a.run(async (lost, holds) => {
        said.push(holds())
        standStill(TIMES.giveUp + 50)
        said.push(lost.aborted, holds(), lost.aborted)
        stop.abort()
      }, stop.signal)
      expect(said).toEqual([true, false, false, true])
    })

    test('who seizes the Lease begins after its holder has stopped, also one that hears of nothing', async () => {
      const cluster = unique('c')
      const [a, b] = [contender(cluster, 'a'), contender(cluster, 'b', { seize: true })]
      const [stopA, stopB] = [stopper(), stopper()]
      let heldByA: () => boolean = () => true
      const runA = a.run(async (lost, holds) => {
        heldByA = holds
        await untilLost(lost)
      }, stopA.signal)
      expect(await soon(() => a.holder().leads)).toBe(true)
      const both: boolean[] = []
      await b.run(async () => {
        both.push(heldByA())
        stopB.abort()
      }, stopB.signal)
      expect(both).toEqual([false])
      stopA.abort()
      await runA
    })

    test('a Lease that somebody else takes is lost at once', async () => {
      const cluster = unique('c')
      const a = contender(cluster, 'a')
      const stop = stopper()
      let lost = false
      const running = a.run(async (signal) => {
        await untilLost(signal)
        lost = true
        stop.abort()
      }, stop.signal)
      expect(await soon(() => a.holder().leads)).toBe(true)
      const ref = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', name: `meshferry-${cluster}`, namespace }
      await admin.cluster.patchJson(ref, [{ op: 'replace', path: '/spec/holderIdentity', value: 'thief' }])
      expect(await soon(() => lost, 1000)).toBe(true)
      await running
      const left = await admin.cluster.get(ref)
      expect(left).toMatchObject({ spec: { holderIdentity: 'thief' } })
    })
  })
}

/** Nothing of this process runs meanwhile. */
function standStill(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}

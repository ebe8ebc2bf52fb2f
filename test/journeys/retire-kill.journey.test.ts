import { expect, test } from '@jest/globals'
import { valueAt } from '../../src/sandbox/kube-server/kube-object.ts'
import type { KubeServer } from '../../src/sandbox/kube-server/server.ts'
import { command } from '../support/acts.ts'
import { said } from '../support/people.ts'
import { newWorkerCrew } from '../support/worker-crew.ts'
import { answers } from '../support/answers.ts'
import { aMigratedStage } from './migrated.ts'
import { startRehearsal, startRetire } from '../support/retire-acts.ts'
import { atEachBoundary, runOf } from './record-boundaries.ts'
import { until } from '../support/until.ts'
import { ownWrites, repeated } from './writes.ts'

const PATIENCE_MS = 400_000

function replicas(kube: KubeServer): unknown {
  return valueAt(kube.get('apps/v1', 'Deployment', 'istiod', 'istio-system'), 'spec', 'replicas')
}

async function aDeadlyStage(rehearsal: number) {
  const crew = newWorkerCrew()
  // The calendar of a worker's own process is the machine's: it can't be moved on by a day.
  const policy = { quietMs: 2000 }
  const rig = { recordKeys: ['one-record-key-for-tests'], startWorker: crew.start, times: { rehearsal }, policy }
  return { ...(await aMigratedStage({ rig })), crew }
}

test(
  'kill -9 in the middle of a rehearsal: whoever comes next puts OLD back before anything else, and the rehearsal failed',
  async () => {
    const { kube, rig, tenants, crew } = await aDeadlyStage(120_000)
    await startRehearsal(rig)
    await until(() => replicas(kube) === 0, 20_000)
    const writes = ownWrites(kube).length
    expect(crew.killLeader()).toBe(true)
    await until(() => replicas(kube) === 2, 60_000)
    expect(ownWrites(kube)[writes]).toMatch(/^PATCH .*\/deployments\/istiod.*replicas/)
    await said(rig, 'Whoever watched over the rehearsal was gone')
    await until(() => runOf(kube).state === 'switched', 30_000)
    expect(runOf(kube).phase).toBe('rehearse')
    expect(tenants.seen('shop')).toEqual(['default', '1-31-0'])
  },
  PATIENCE_MS,
)

test(
  'a rehearsal that was stopped and then killed is put back all the same',
  async () => {
    const { kube, rig, crew } = await aDeadlyStage(120_000)
    await startRehearsal(rig)
    await until(() => replicas(kube) === 0, 20_000)
    await command(rig, 'U0MEI', 'stop')
    await until(() => runOf(kube).stopped !== undefined, 20_000)
    crew.killLeader()
    await until(() => replicas(kube) === 2, 60_000)
    expect(runOf(kube).stopped).toBeDefined()
  },
  PATIENCE_MS,
)

test(
  'kill -9 of the leader at every boundary of every step of the retirement, and of its way back: nothing is done twice',
  async () => {
    const { kube, rig, tenants, crew } = await aDeadlyStage(2000)
    const killedAt: string[] = []
    const pods = tenants.pods()
    const before = kube.list('apps/v1', 'Deployment', 'istio-system').map(({ metadata }) => metadata.name)
    const begin = (wanted: RegExp) =>
      atEachBoundary(kube, (at) => {
        if (wanted.test(at) && crew.killLeader()) killedAt.push(at)
      })
    const end = begin(/step retire\./)
    await startRetire(rig)
    await said(rig, 'Done: retire')
    end()
    for (const step of ['save', 'uninstall', 'prove']) {
      expect(killedAt.join('\n')).toContain(`step retire.${step}: running begun`)
    }
    expect(kube.get('apps/v1', 'Deployment', 'istiod', 'istio-system')).toBeUndefined()
    const forward = ownWrites(kube).length
    begin(/step retire\..*undo/)
    await command(rig, 'U0MEI', 'rollback')
    await answers(rig, 'status', /Pods on default: \*0 of 4\*/)
    expect(kube.list('apps/v1', 'Deployment', 'istio-system').map(({ metadata }) => metadata.name)).toEqual(before)
    expect(await tenants.now('shop')).toBe('default')
    expect(tenants.pods()).toEqual(pods)
    expect(repeated(ownWrites(kube).slice(0, forward))).toEqual([])
    expect(killedAt.join('\n')).toContain('undo')
  },
  PATIENCE_MS,
)

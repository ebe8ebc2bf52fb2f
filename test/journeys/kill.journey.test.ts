import { expect, test } from '@jest/globals'
import { startTicksOf } from '../../src/cluster/process-start.ts'
import { askUpgrade, install, rollBack, startInstall, startSwitch, switchOver } from '../support/acts.ts'
import { openCard, said } from '../support/people.ts'
import { newWorkerCrew } from '../support/worker-crew.ts'
import { atEachBoundary, runOf } from './record-boundaries.ts'
import { aStage } from './stage.ts'
import { until } from '../support/until.ts'
import { atEachWrite, ownWrites, repeated } from './writes.ts'

const PATIENCE_MS = 400_000
const CREW = { recordKeys: ['one-record-key-for-tests'] }

/** A stage whose leading worker is killed at each boundary that `wanted` picks, from when it is told to begin. */
async function aDeadlyStage(wanted: RegExp) {
  const crew = newWorkerCrew()
  const stage = await aStage({ rig: { ...CREW, startWorker: crew.start } })
  const killedAt: string[] = []
  const strike = (at: string): void => {
    if (wanted.test(at) && crew.killLeader()) killedAt.push(at)
  }
  const begin = (): void => {
    atEachBoundary(stage.kube, strike)
    atEachWrite(stage.kube, strike)
  }
  return { ...stage, crew, killedAt, begin }
}

test(
  'kill -9 of the leader as each decision is saved: every decision is answered and counts once',
  async () => {
    const { kube, rig, killedAt, begin } = await aDeadlyStage(/run: |card /)
    begin()
    await startInstall(rig)
    await openCard(rig, 'switch')
    await startSwitch(rig)
    await said(rig, 'Done: switch')
    const [first, second] = runOf(kube).cards
    expect(first?.decisions.map(({ verdict, who }) => `${verdict} ${who.user}`)).toEqual(['approve U0MEI'])
    expect(second?.decisions.map(({ verdict, who }) => `${verdict} ${who.user}`)).toEqual([
      'approve U0MEI',
      'approve U0SRE',
      'start U0LEE',
    ])
    expect(repeated(ownWrites(kube))).toEqual([])
    expect(killedAt.length).toBeGreaterThanOrEqual(7)
  },
  PATIENCE_MS,
)

test(
  'kill -9 of the leader at every boundary and write of every step of the install and the switch: nothing is done twice',
  async () => {
    const { kube, rig, tenants, killedAt, begin } = await aDeadlyStage(/step |written: /)
    const pods = tenants.pods()
    begin()
    await install(rig)
    await startSwitch(rig)
    await said(rig, 'Done: switch')
    const begun = runOf(kube).steps.filter(({ id }) => /^(install|switch)\./.test(id))
    for (const { id } of begun) expect(killedAt.join('\n')).toContain(`step ${id}: running begun`)
    expect(await tenants.now('shop')).toBe('1-31-0')
    expect(tenants.seen('shop')).toEqual(['default', '1-31-0'])
    expect(tenants.seen('pay')).toEqual(['default', '1-31-0'])
    expect(tenants.pods()).toEqual(pods)
    expect(repeated(ownWrites(kube))).toEqual([])
  },
  PATIENCE_MS,
)

test(
  'kill -9 of the leader at every boundary and write of every step of the way back: nothing is undone twice',
  async () => {
    const { kube, rig, tenants, killedAt, begin } = await aDeadlyStage(/step |written: /)
    await switchOver(rig)
    const forward = ownWrites(kube).length
    begin()
    await rollBack(rig)
    expect(killedAt.length).toBeGreaterThanOrEqual(8)
    expect(killedAt).toContain('written: MutatingWebhookConfiguration istio-revision-tag-default')
    expect(tenants.seen('shop')).toEqual(['default', '1-31-0', 'default'])
    expect(tenants.seen('pay')).toEqual(['default', '1-31-0', 'default'])
    expect(kube.get('apps/v1', 'Deployment', 'istiod-1-31-0', 'istio-system')).toBeUndefined()
    expect(repeated(ownWrites(kube).slice(forward))).toEqual([])
  },
  PATIENCE_MS,
)

test(
  'an istioctl that outlives its worker is waited for: there is never a second one beside it',
  async () => {
    const crew = newWorkerCrew({ childrenLiveOn: true })
    const { kube, rig, istioctl, tenants } = await aStage({ rig: { ...CREW, startWorker: crew.start } })
    istioctl['1.31.0']?.behave({ slowAt: 'ready', slowMs: 12_000 })
    await startInstall(rig)
    await until(() => kube.get('apps/v1', 'Deployment', 'istiod-1-31-0', 'istio-system'))
    const child = installStep(kube)?.holder?.child?.pid ?? 0
    const besides: boolean[] = []
    kube.listen(() => {
      const step = installStep(kube)
      if (step && step.attempt > 1) besides.push(runs(child))
    })
    crew.killLeader()
    await until(() => crew.leader())
    expect(runs(child)).toBe(true)
    await openCard(rig, 'switch')
    expect(besides.length).toBeGreaterThan(0)
    expect(besides).not.toContain(true)
    expect(appliesOfIstiod(kube)).toHaveLength(1)
    expect(tenants.seen('shop')).toEqual(['default'])
  },
  PATIENCE_MS,
)

test(
  'an istioctl that dies with its worker is followed by another one, and the cards stay one each',
  async () => {
    const crew = newWorkerCrew()
    const { kube, rig, istioctl } = await aStage({ rig: { ...CREW, startWorker: crew.start } })
    istioctl['1.31.0']?.behave({ slowAt: 'ready', slowMs: 4000 })
    await startInstall(rig)
    await until(() => kube.get('apps/v1', 'Deployment', 'istiod-1-31-0', 'istio-system'))
    const child = installStep(kube)?.holder?.child?.pid ?? 0
    crew.killLeader()
    await until(() => !runs(child), 2000)
    await openCard(rig, 'switch')
    expect(installStep(kube)?.attempt).toBe(2)
    expect(appliesOfIstiod(kube)).toHaveLength(2)
  },
  PATIENCE_MS,
)

test(
  '`meshferry worker` itself, killed while its card waits: the next one goes on with the same card',
  async () => {
    const crew = newWorkerCrew({ plain: true })
    const { kube, rig } = await aStage({ rig: { ...CREW, startWorker: crew.start } })
    await askUpgrade(rig)
    const run = runOf(kube).id
    crew.killLeader()
    await until(() => crew.leader())
    const { cards } = runOf(kube)
    expect(runOf(kube).id).toBe(run)
    expect(cards.map(({ phase, state }) => `${phase} ${state}`)).toEqual(['install pending'])
  },
  PATIENCE_MS,
)

type Kube = Parameters<typeof runOf>[0]

function installStep(kube: Kube) {
  return runOf(kube).steps.find(({ id }) => id === 'install.install')
}

function appliesOfIstiod(kube: Kube) {
  return kube.log.filter(({ method, url }) => method === 'PATCH' && /deployments\/istiod-1-31-0\?/.test(url))
}

/** One that ended and that nobody has asked about yet (a zombie) does nothing any more. */
function runs(pid: number): boolean {
  return startTicksOf(pid) !== null
}

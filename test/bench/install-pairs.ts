import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { WORKER_TIMES } from '../../src/compose/worker-times.ts'
import { epochOf } from '../../src/kernel/clock.ts'
import { sleep } from '../../src/kernel/retry.ts'
import { run as runSchema, type Run } from '../../src/wire/run.ts'
import { installByIstioctl, mustSucceed, setTag } from '../cluster/harness/installs.ts'
import { startMesh, type Mesh } from '../cluster/harness/mesh.ts'
import { deployTenants, tenants } from '../cluster/harness/tenants.ts'
import { askUpgrade, command } from '../support/acts.ts'
import { clickCard, openCard } from '../support/people.ts'
import { startRig, type Rig } from '../support/rig.ts'
import type { Pair } from './install.ts'

/**
 * `node test/bench/install-pairs.ts FILE PAIRS`, inside the network namespace of the cluster tests: installs 1.31.0 beside
 * 1.30.0 by bare istioctl and by Meshferry in turn, each from the same state, and writes the times to FILE as JSON.
 */
/**
 * Two istiods from the start: an autoscaler brings the second one only after bare istioctl has ended, and Meshferry waits for
 * it.
 */
const OPERATOR = `apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
metadata:
  name: meshferry
spec:
  profile: minimal
  values:
    pilot:
      autoscaleEnabled: false
      replicaCount: 2
`
const REVISION = ['--revision', '1-31-0', '-y']
const [, , file = '', pairs = '1'] = process.argv

async function main(): Promise<void> {
  const mesh = await startMesh()
  try {
    await installByIstioctl(mesh, '1.30.0')
    await setTag(mesh, '1.30.0', 'prod-stable', 'default')
    await deployTenants(mesh, tenants('default'))
    const operatorFile = join(mesh.folder, 'operator.yaml')
    writeFileSync(operatorFile, OPERATOR)
    const istioctl = await mesh.istioctlConfig()
    const rig = await startRig({ kubeconfig: mesh.kubeconfig, istioctl, operatorFile, times: WORKER_TIMES })
    try {
      writeFileSync(file, JSON.stringify(await measure(mesh, rig, operatorFile)))
    } finally {
      await rig.stop()
    }
  } finally {
    await mesh.stop()
  }
}

async function measure(mesh: Mesh, rig: Rig, operatorFile: string): Promise<readonly Pair[]> {
  const all: Pair[] = []
  for (let i = 1; i <= Number(pairs); i += 1) {
    console.error(`install: pair ${i} of ${pairs}`)
    const bare = await bareInstall(mesh, operatorFile)
    all.push({ bare, ...(await ourInstall(mesh, rig, i)) })
  }
  return all
}

async function bareInstall(mesh: Mesh, operatorFile: string): Promise<number> {
  const began = performance.now()
  mustSucceed(await mesh.istioctl('1.31.0', ['install', '-f', operatorFile, ...REVISION]), 'istioctl install')
  const ms = performance.now() - began
  mustSucceed(await mesh.istioctl('1.31.0', ['uninstall', ...REVISION]), 'istioctl uninstall')
  return ms
}

/** The nth run: from the first step's begin to the last one's end, as the record in the cluster has it; then back. */
async function ourInstall(mesh: Mesh, rig: Rig, nth: number): Promise<Omit<Pair, 'bare'>> {
  await askUpgrade(rig)
  await clickCard(rig, await openCard(rig, 'install'), 'U0MEI', 'approval.approve')
  await openCard(rig, 'switch')
  const installed = (await runsOf(mesh, rig)).at(-1)
  if (!installed) throw new Error('there is no run record')
  await command(rig, 'U0MEI', 'rollback')
  while ((await runsOf(mesh, rig)).filter(({ state }) => state === 'returned').length < nth) await sleep(500)
  return timesOf(installed)
}

function timesOf(run: Run): Omit<Pair, 'bare'> {
  const phase = run.plan.steps.filter((step) => step.phase === 'install')
  const spans = phase.map(({ id, kind }) => {
    const entry = run.steps.find((step) => step.id === id)
    return { kind, from: epochOf(entry?.startedAt ?? ''), to: epochOf(entry?.endedAt ?? '') }
  })
  const install = spans.find(({ kind }) => kind === 'install')
  if (!install) throw new Error('the run has no install step')
  return {
    phase: Math.max(...spans.map(({ to }) => to)) - Math.min(...spans.map(({ from }) => from)),
    step: install.to - install.from,
  }
}

type Maps = {
  readonly items: readonly { readonly metadata: { readonly name: string }; readonly data?: { content?: string } }[]
}

async function runsOf(mesh: Mesh, { parts }: Rig): Promise<readonly Run[]> {
  const args = ['get', 'configmaps', '-n', parts.settings.namespace, '-o', 'json']
  const { items } = JSON.parse(mustSucceed(await mesh.kubectl(args), 'kubectl get').stdout) as Maps
  return items
    .filter(({ metadata }) => /^run-[0-9a-z]{26}$/.test(metadata.name))
    .map(({ data }) => runSchema.parse(JSON.parse(data?.content ?? '')))
}

await main()

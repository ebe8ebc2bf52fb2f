import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll } from '@jest/globals'
import type { SlackMessage } from '../../../src/sandbox/slack-server/model.ts'
import { clickCard, openCard, said } from '../../support/people.ts'
import type { Rig, RigOptions } from '../../support/rig.ts'
import { startRig } from '../../support/rig.ts'
import type { Mesh, MeshOptions } from '../harness/mesh.ts'
import { startMesh } from '../harness/mesh.ts'
import { startProbeLoop } from '../harness/probe-loop.ts'
import type { ProbeClass, ProbeLoop } from '../harness/probe-loop.ts'
import type { Verdict, Window } from '../harness/probe-verdict.ts'

/** Where journeys append their chat as readable text; scripts/test.mjs and test/cluster/run.ts hand it on. */
const TRANSCRIPT = 'MESHFERRY_TRANSCRIPT'

export const OPERATOR = `apiVersion: install.istio.io/v1alpha1
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

export type StageOptions = {
  readonly mesh?: MeshOptions
  /** What stands in the cluster before Meshferry comes. */
  readonly prepare: (mesh: Mesh) => Promise<void>
  /** The classes that are asked for all the time, from `prepare` on. */
  readonly classes: readonly ProbeClass[]
  /** The kubeconfig that Meshferry gets; the mesh's own where it is left out. */
  readonly kubeconfig?: (mesh: Mesh) => Promise<string>
  readonly rig?: RigChange | (() => Promise<RigChange>)
}

type RigChange = Partial<Omit<RigOptions, 'kubeconfig'>>

/** One real control plane, one Meshferry, and a probe loop that runs through the whole journey. */
export type Stage = {
  readonly mesh: Mesh
  readonly rig: Rig
  readonly loop: ProbeLoop
  /** Does something, and says what tenants noticed from just before it until a probe of every class after it. */
  readonly during: (act: () => Promise<void>, judged?: Omit<Window, 'from' | 'to'>) => Promise<Verdict>
}

/** Builds the stage before the tests of a file; `stage()` is it. After them its chat is written and all of it ends. */
export function stageFor(options: StageOptions): () => Stage {
  let built: Stage | undefined
  let mesh: Mesh | undefined
  beforeAll(async () => {
    mesh = await startMesh(options.mesh)
    built = await build(mesh, options)
  }, 240_000)
  afterAll(async () => {
    const file = process.env[TRANSCRIPT]
    if (file && built) appendFileSync(file, built.rig.slack.transcript())
    await built?.loop.stop()
    await built?.rig.stop()
    await mesh?.stop()
  })
  return () => {
    if (!built) throw new Error('the stage was not built')
    return built
  }
}

async function build(mesh: Mesh, options: StageOptions): Promise<Stage> {
  await options.prepare(mesh)
  const operatorFile = join(mesh.folder, 'operator.yaml')
  writeFileSync(operatorFile, OPERATOR)
  const istioctl = await mesh.istioctlConfig(options.mesh?.versions)
  const kubeconfig = (await options.kubeconfig?.(mesh)) ?? mesh.kubeconfig
  const change = typeof options.rig === 'function' ? await options.rig() : options.rig
  const rig = await startRig({ kubeconfig, istioctl, operatorFile, ...change })
  const loop = startProbeLoop(mesh, options.classes)
  await loop.round()
  return {
    mesh,
    rig,
    loop,
    during: async (act, judged = {}) => {
      const from = Date.now()
      // What every class got before belongs to it: an act may flip it faster than the next probe comes.
      await loop.round()
      await act()
      await loop.round()
      return loop.verdict({ ...judged, from, to: Date.now() })
    },
  }
}

/** `/istio upgrade to VERSION`, until its first card is in the channel. */
export async function askUpgrade(rig: Rig, version = '1.31.0'): Promise<void> {
  await rig.slack.command({ user: 'U0LEE', channel: rig.channel, text: `upgrade to ${version}` })
  await openCard(rig, 'install')
}

/** `/istio upgrade to 1.31.0` where something speaks against it: the answer that says what. */
export async function refusedUpgrade(rig: Rig): Promise<SlackMessage> {
  const seen = await rig.slack.command({ user: 'U0LEE', channel: rig.channel, text: 'upgrade to 1.31.0' })
  const cannot = (): SlackMessage | undefined =>
    seen.answers().find((message) => rig.slack.text(message).includes('cannot start'))
  return rig.slack.waitFor(cannot, 60_000)
}

/** Approves the install; waits for nothing. */
export async function approveInstall(rig: Rig): Promise<void> {
  await clickCard(rig, await openCard(rig, 'install'), 'U0MEI', 'approval.approve')
}

/** Asked, approved and installed: the card of the switch is open. */
export async function install(rig: Rig, version?: string): Promise<void> {
  await askUpgrade(rig, version)
  await approveInstall(rig)
  await openCard(rig, 'switch')
}

/** Both approvals of the switch and its Start; waits for nothing. */
export async function startSwitch(rig: Rig): Promise<void> {
  const card = await openCard(rig, 'switch')
  await clickCard(rig, card, 'U0MEI', 'approval.approve')
  await clickCard(rig, card, 'U0SRE', 'approval.approve')
  await clickCard(rig, card, 'U0LEE', 'approval.start')
}

export async function switchOver(rig: Rig): Promise<void> {
  await startSwitch(rig)
  await said(rig, 'Done: switch')
}

/** `/istio rollback`; waits for nothing. */
export async function rollBack(rig: Rig): Promise<void> {
  await rig.slack.command({ user: 'U0MEI', channel: rig.channel, text: 'rollback' })
}

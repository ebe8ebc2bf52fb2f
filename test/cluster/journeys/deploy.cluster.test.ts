import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { neededRights } from '../../../src/cli/needed-rights.ts'
import type { AccessRight } from '../../../src/ports/cluster.ts'
import { WORKER_TIMES } from '../../../src/compose/worker-times.ts'
import { answers } from '../../support/answers.ts'
import { clickCard, openCard, said } from '../../support/people.ts'
import { DAY_MS, startRetire } from '../../support/retire-acts.ts'
import { mustSucceed } from '../harness/installs.ts'
import type { Mesh } from '../harness/mesh.ts'
import { probeClasses, tenants, TENANTS_SELECTOR } from '../harness/tenants.ts'
import { aCalendar } from './calendar.ts'
import { redeployAll } from './redeploy.ts'
import { install, refusedUpgrade, rollBack, stageFor, startSwitch, switchOver } from './stage.ts'
import { tagged } from './tagged.ts'

const MANIFESTS = fileURLToPath(new URL('../../../deploy/kubernetes', import.meta.url))
const WORKER_RIGHTS = join(MANIFESTS, 'worker-rights.yaml')
const INSTALL_RIGHTS = join(MANIFESTS, 'install-rights.yaml')
const ROLE = '/apis/rbac.authorization.k8s.io/v1/clusterroles/meshferry-worker'
const BINDING = 'meshferry-worker-install'
const WORKER = 'system:serviceaccount:meshferry:meshferry-worker'
const BOT = 'system:serviceaccount:meshferry:meshferry-bot'

const ALL = tenants('default')
const { calendar, passTime } = aCalendar()
const stage = stageFor({
  // The guard looks as often as it does in production.
  rig: { calendar, times: { tick: WORKER_TIMES.tick, proofEvery: WORKER_TIMES.proofEvery } },
  prepare: async (mesh) => {
    await tagged(ALL)(mesh)
    await kubectl(mesh, 'apply', '--server-side', '--validate=strict', '-k', MANIFESTS)
    await kubectl(mesh, 'delete', 'clusterrolebinding', BINDING)
  },
  classes: probeClasses(ALL),
  // Exactly who the manifests make it: a token of its service account, and nothing else.
  kubeconfig: async (mesh) => {
    const token = (await kubectl(mesh, 'create', 'token', 'meshferry-worker', '-n', 'meshferry')).trim()
    return kubeconfigWith(mesh, token)
  },
})

/** The mesh's own kubeconfig (JSON is YAML) with another user in it. */
function kubeconfigWith(mesh: Mesh, token: string): string {
  const config = JSON.parse(readFileSync(mesh.kubeconfig, 'utf8')) as {
    readonly users: readonly { readonly name: string }[]
  }
  const users = config.users.map(({ name }) => ({ name, user: { token } }))
  const file = join(mesh.folder, 'worker.kubeconfig')
  writeFileSync(file, JSON.stringify({ ...config, users }), { mode: 0o600 })
  return file
}

async function kubectl(mesh: Mesh, ...args: readonly string[]): Promise<string> {
  return mustSucceed(await mesh.kubectl(args), `kubectl ${args.join(' ')}`).stdout
}

/** By the API server's own word. */
async function mayIt(mesh: Mesh, who: string, right: AccessRight): Promise<boolean> {
  const { verb, group, resource, namespace } = right
  const [plural, subresource] = resource.split('/')
  const resourceAttributes = { verb, group, resource: plural, subresource, namespace }
  const groups = ['system:serviceaccounts', 'system:serviceaccounts:meshferry', 'system:authenticated']
  const review = await mesh.api.need('POST', '/apis/authorization.k8s.io/v1/subjectaccessreviews', {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SubjectAccessReview',
    spec: { user: who, groups, resourceAttributes },
  })
  return (review as { readonly status?: { readonly allowed?: boolean } }).status?.allowed === true
}

test('the manifests are admitted as they stand, under PodSecurity, and nothing injects their pods', async () => {
  const { mesh } = stage()
  await mesh.waitFor('two workers and two bots', async () => (await ownPods(mesh)).length === 4, 60_000)
  for (const pod of await ownPods(mesh)) expect(pod).not.toMatch(/istio-proxy/)
}, 90_000)

async function ownPods(mesh: Mesh): Promise<readonly string[]> {
  const pods = await mesh.objects('pods', 'meshferry')
  return pods.map((pod) => JSON.stringify(pod))
}

test('the roles give the worker what the doctor asks for, and the bot nothing', async () => {
  const { mesh } = stage()
  const needed = neededRights({ namespace: 'meshferry', istioNamespace: 'istio-system' })
  const held = await Promise.all(needed.map((right) => mayIt(mesh, WORKER, right)))
  expect(needed.filter((_, index) => !held[index])).toEqual([])
  const bots = await Promise.all(needed.map((right) => mayIt(mesh, BOT, right)))
  expect(needed.filter((_, index) => bots[index])).toEqual([])
  const tooMuch = [
    ...['delete', 'patch', 'update'].flatMap((verb) => [
      { verb, group: '', resource: 'pods' },
      { verb, group: 'apps', resource: 'deployments' },
    ]),
    { verb: 'create', group: '', resource: 'pods/eviction' },
    { verb: 'get', group: '', resource: 'secrets' },
  ]
  for (const right of tooMuch) expect([right, await mayIt(mesh, WORKER, right)]).toEqual([right, false])
}, 60_000)

test('with exactly those rights: no plan without the right to install; the switch and its undo need less', async () => {
  const { mesh, rig, during } = stage()
  const uids = await mesh.uids(TENANTS_SELECTOR)
  expect(rig.slack.text(await refusedUpgrade(rig))).toContain('install-rights.yaml')
  await kubectl(mesh, 'apply', '-f', INSTALL_RIGHTS)
  const forward = await during(async () => {
    await install(rig)
    await kubectl(mesh, 'delete', 'clusterrolebinding', BINDING)
    await switchOver(rig)
  })
  expect(forward.faults).toEqual([])
  const status = await rig.slack.command({ user: 'U0LEE', channel: rig.channel, text: 'status' })
  expect(rig.slack.text(await rig.slack.waitFor(() => status.answers().at(-1)))).toMatch(/Pods on 1-31-0|new pods get/)
  await takenAndGiven(mesh, async () => {
    const since = Date.now()
    const alarm = rig.slack.text(await said(rig, 'Alarm on', 'What new pods get cannot be seen at the moment'))
    expect(Date.now() - since).toBeLessThan(10_000)
    expect(alarm).toMatch(/create.*pods/)
  })
  await said(rig, 'Alarm over', 'What new pods get cannot be seen at the moment')
  await kubectl(mesh, 'apply', '-f', INSTALL_RIGHTS)
  const back = await during(async () => {
    await rollBack(rig)
    await said(rig, 'Returned')
  })
  expect(back.faults).toEqual([])
  expect(await mesh.uids(TENANTS_SELECTOR)).toEqual(uids)
}, 300_000)

test('with them to the end: migrated without the right to install; no rehearsal without it; rehearsed, retired, restored', async () => {
  const { mesh, rig, during } = stage()
  await install(rig)
  await kubectl(mesh, 'delete', 'clusterrolebinding', BINDING)
  await startSwitch(rig)
  // The channel holds the words of the switch before: the state counts.
  await answers(rig, 'status', /Pods on 1-31-0: \*0 of 15\*/)
  await redeployAll(mesh, ALL, '1-31-0')
  await answers(rig, 'status', /Nobody has used default since/)
  passTime(DAY_MS)
  const uids = await mesh.uids(TENANTS_SELECTOR)
  const rehearsal = await openCard(rig, 'rehearsal')
  expect(await clickCard(rig, rehearsal, 'U0MEI', 'approval.approve')).toContain('install-rights.yaml')
  expect(await mesh.object('deployments', 'istiod', 'istio-system')).not.toBeNull()
  await kubectl(mesh, 'apply', '-f', INSTALL_RIGHTS)
  const retired = await during(async () => {
    await startRetire(rig)
    await said(rig, 'Done: retire')
  })
  expect(retired.faults).toEqual([])
  expect(await mesh.object('deployments', 'istiod', 'istio-system')).toBeNull()
  const back = await during(async () => {
    await rollBack(rig)
    await answers(rig, 'status', /Pods on default: \*0 of 15\*/)
  })
  expect(back.faults).toEqual([])
  expect(back.revisions['payments/api']).toEqual(['1-31-0', 'default'])
  expect(await mesh.uids(TENANTS_SELECTOR)).toEqual(uids)
}, 400_000)

/** Somebody takes the right to dry-run pods away while `meanwhile` goes on, and gives it back. */
async function takenAndGiven(mesh: Mesh, meanwhile: () => Promise<void>): Promise<void> {
  const role = await mesh.api.need('GET', ROLE)
  const { rules } = role as unknown as { readonly rules: readonly { readonly verbs: readonly string[] }[] }
  const creating = rules.findIndex(({ verbs }) => verbs.join() === 'create')
  await mesh.api.need('PUT', ROLE, { ...role, rules: rules.toSpliced(creating, 1) })
  await meanwhile()
  await kubectl(mesh, 'apply', '--server-side', '--force-conflicts', '-f', WORKER_RIGHTS)
}

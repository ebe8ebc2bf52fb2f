import { expect, test } from '@jest/globals'
import { seedNamespace } from '../../src/sandbox/kube-server/seed/seed-cluster.ts'
import { seedWorkload } from '../../src/sandbox/kube-server/seed/seed-workload.ts'
import type { SlackMessage } from '../../src/sandbox/slack-server/model.ts'
import { switchOver } from '../support/acts.ts'
import { clickCard, finalAnswer } from '../support/people.ts'
import { NEW, OLD, redeploy } from './redeploy.ts'
import { crash, rollOut } from './roll-out.ts'
import { aStage } from './stage.ts'

const DAY_MS = 86_400_000

/** Team pay has several workloads, team solo one. */
async function aSwitchedStage() {
  const stage = await aStage({
    rig: {
      channels: ['C0PAY', 'C0SOLO'].map((id) => ({ id, name: id.toLowerCase() })),
      teams: { pay: { channel: 'C0PAY' }, solo: { channel: 'C0SOLO' } },
    },
    prepare: (kube) => {
      seedNamespace(kube, { name: 'pay', labels: { 'istio.io/rev': 'prod-stable', team: 'pay' } })
      seedNamespace(kube, { name: 'solo', labels: { 'istio-injection': 'enabled', team: 'solo' } })
      for (const name of ['api', 'cart']) seedWorkload(kube, { namespace: 'pay', name, replicas: 3, inject: OLD })
      seedWorkload(kube, { namespace: 'solo', name: 'one', inject: OLD })
    },
  })
  stage.passTime(DAY_MS + DAY_MS / 2 - (Date.now() % DAY_MS))
  await switchOver(stage.rig)
  const told = async (channel: string): Promise<SlackMessage> =>
    stage.rig.slack.waitFor(() => stage.rig.slack.messages(channel).at(0), 20_000)
  return { ...stage, told }
}

test('a team asks whether it is the sidecar: of one workload at once, of several by choice; each side is read and nothing is written', async () => {
  const { kube, rig, told, tenants } = await aSwitchedStage()
  const { slack } = rig
  const [pay, solo] = await Promise.all([told('C0PAY'), told('C0SOLO')])

  // One workload: no new pods yet, then new pods whose sidecar crashes.
  expect(await clickCard(rig, solo, 'U0OUT', 'team.sidecar')).toMatch(
    /Can't tell: there are no pods with the new sidecar/,
  )
  crash(kube, rollOut(kube, { namespace: 'solo', name: 'one' }, 2), 'istio-proxy')
  const blamed = await clickCard(rig, solo, 'U0OUT', 'team.sidecar')
  expect(blamed).toMatch(
    /Could be the sidecar: istio-proxy fails or is not ready in 2 of 2 new pods \(CrashLoopBackOff\), and in 0 of 2 old ones/,
  )
  expect(blamed).toMatch(
    /Old pods \(Istio 1\.30\.0\): 2 of 2 ready, istio-proxy ready in 2; restarts: istio-proxy 0, the others 0/,
  )
  expect(blamed).toMatch(/Event of new pods, 12 times: BackOff: Back-off restarting failed container istio-proxy/)
  expect(blamed).toMatch(/Whom to ask: Lee[\s\S]+C0PROD/)

  // Several: the last changed first. An app that fails on both sides, and one with no old pods left.
  const oldCart = kube.list('v1', 'Pod', 'pay').filter(({ metadata }) => metadata.labels?.['app'] === 'cart')
  crash(kube, [...oldCart, ...rollOut(kube, { namespace: 'pay', name: 'cart' }, 1)], 'app')
  redeploy(kube, 'pay', 'web', NEW)
  const before = tenants.pods()
  const seen = await slack.click({ user: 'U0MEI', channel: 'C0PAY', ts: pay.ts, actionId: 'team.sidecar' })
  const choice = await slack.waitFor(
    () => seen.answers().find((one) => JSON.stringify(one).includes('sidecar.which')),
    10_000,
  )
  const offered = optionsOf(choice)
  expect(offered.map(({ text }) => text).toSorted()).toEqual(
    ['api', 'cart', 'web'].map((name) => `${name} (Deployment, pay)`),
  )
  const choose = async (name: string): Promise<string> => {
    const value = offered.find(({ text }) => text.startsWith(name))?.value ?? ''
    return finalAnswer(
      rig,
      await slack.select({ user: 'U0MEI', channel: 'C0PAY', ts: choice.ts, actionId: 'sidecar.which', value }),
    )
  }
  expect(await choose('cart')).toMatch(/不是 sidecar 的问题：旧 Pod 同样失败。app 在 1 个新 Pod 中有 1 个失败/)
  expect(await choose('web')).toMatch(/无法判断：已经没有旧 Pod 可以与 2 个新 Pod 比较/)
  expect(await choose('api')).toMatch(/无法判断：没有使用新 sidecar 的 Pod/)
  expect(tenants.pods()).toEqual(before)
}, 120_000)

type Option = { readonly text: string; readonly value: string }

function optionsOf(message: SlackMessage): readonly Option[] {
  const found = [
    ...JSON.stringify(message.versions.at(-1)).matchAll(
      /"text":"([^"]+ \(Deployment, \w+\))"[^}]*\},"value":"([^"]+)"/g,
    ),
  ]
  return found.map(([, text = '', value = '']) => ({ text, value }))
}

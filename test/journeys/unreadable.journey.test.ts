import { expect, test } from '@jest/globals'
import { answerTo } from '../support/acts.ts'
import { aStage } from './stage.ts'

const LISTS: Readonly<Record<string, RegExp>> = {
  mutatingWebhooks: /\/mutatingwebhookconfigurations/,
  validatingWebhooks: /\/validatingwebhookconfigurations/,
  namespaces: /\/api\/v1\/namespaces\?/,
  services: /\/services\?/,
  endpoints: /\/endpointslices/,
  configMaps: /\/namespaces\/istio-system\/configmaps\?/,
  workloads: /\/apis\/apps\/v1\/deployments/,
  pods: /\/api\/v1\/pods\?/,
  nodes: /\/api\/v1\/nodes\?/,
  kubeGateways: /gateway\.networking\.k8s\.io/,
  secrets: /\/namespaces\/istio-system\/secrets\?/,
  disruptionBudgets: /\/namespaces\/istio-system\/poddisruptionbudgets/,
  customResourceDefinitions: /\/customresourcedefinitions/,
}

const forbidden = (part: string) =>
  `${part} is forbidden: User "meshferry" cannot list resource "${part}" in API group "" at the cluster scope`

test('a part of the mesh that may not be read is the one thing that is said of it, with the rule that is missing', async () => {
  const { kube, rig } = await aStage()
  for (const [part, path] of Object.entries(LISTS)) {
    const lift = kube.trouble({ kind: 'status', code: 403, message: forbidden(part), method: 'GET', path })
    const told = await answerTo(rig, 'U0LEE', 'upgrade to 1.31.0')
    lift()
    expect(told).toContain(`${part} cannot be read`)
    expect(told).toMatch(/Add {apiGroups: \[[^]*verbs: \["list"\]} to the worker's role/)
    expect(told).toContain('1 thing speaks against it')
  }
  const lift = kube.trouble({ kind: 'status', code: 503, method: 'GET', path: /\/mutatingwebhookconfigurations/ })
  const told = await answerTo(rig, 'U0LEE', 'upgrade to 1.31.0')
  lift()
  expect(told).toContain('Look at the API server')
  expect(told).not.toContain('role')
}, 240_000)

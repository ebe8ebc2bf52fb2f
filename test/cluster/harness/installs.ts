import { chartFolder, gatewayApiFolder } from './charts.ts'
import type { Mesh } from './mesh.ts'
import type { Ran } from './run-command.ts'

/** Throws with the tool's own words unless it ended well. */
export function mustSucceed(ran: Ran, what: string): Ran {
  if (ran.code === 0) return ran
  throw new Error(`${what} ended with ${ran.code}: ${(ran.stderr || ran.stdout).slice(-2000)}`)
}

/** istioctl's install of a control plane alone. Without a revision: the `default` one, with a live default tag. */
export async function installByIstioctl(
  mesh: Mesh,
  version: string,
  revision?: string,
  extra: readonly string[] = [],
): Promise<Ran> {
  const args = [
    'install',
    '--set',
    'profile=minimal',
    ...(revision === undefined ? [] : ['--revision', revision]),
    ...extra,
    '-y',
  ]
  return mustSucceed(await mesh.istioctl(version, args), `istioctl ${args.join(' ')}`)
}

/** A cluster as Helm leaves it: charts base and istiod of Istio, no tag object. */
export async function installByHelm(mesh: Mesh, version: string): Promise<void> {
  const namespace = ['--namespace', 'istio-system']
  const base = [
    'install',
    'istio-base',
    await chartFolder('base'),
    ...namespace,
    '--create-namespace',
    '--set',
    'defaultRevision=default',
  ]
  mustSucceed(await mesh.helm(base), 'helm install istio-base')
  const istiod = ['install', 'istiod', await chartFolder('istiod'), ...namespace, ...tagValue(version), '--wait']
  mustSucceed(await mesh.helm(istiod), 'helm install istiod')
}

export async function upgradeByHelm(mesh: Mesh, version: string): Promise<Ran> {
  const args = [
    'upgrade',
    'istiod',
    await chartFolder('istiod'),
    '--namespace',
    'istio-system',
    ...tagValue(version),
    '--wait',
  ]
  return mustSucceed(await mesh.helm(args), 'helm upgrade istiod')
}

/** Makes the Gateway API known, so that Gateways and waypoints can be created. */
export async function installGatewayApi(mesh: Mesh): Promise<void> {
  mustSucceed(
    await mesh.kubectl(['apply', '--server-side', '-f', await gatewayApiFolder()]),
    'kubectl apply of the Gateway API',
  )
}

/** `tag set NAME --revision REVISION --overwrite`. */
export async function setTag(mesh: Mesh, version: string, name: string, revision: string): Promise<Ran> {
  const args = ['tag', 'set', name, '--revision', revision, '--overwrite', '-y']
  return mustSucceed(await mesh.istioctl(version, args), `istioctl ${args.join(' ')}`)
}

/** The seed's patch: the first entry of the revision's own object gets another Service, which a later `tag set` copies. */
export async function poison(mesh: Mesh, service: string, name = 'istio-sidecar-injector'): Promise<void> {
  const patch = [{ op: 'replace', path: '/webhooks/0/clientConfig/service/name', value: service }]
  const args = ['patch', 'mutatingwebhookconfiguration', name, '--type=json', '-p', JSON.stringify(patch)]
  mustSucceed(await mesh.kubectl(args), 'kubectl patch')
}

function tagValue(version: string): readonly string[] {
  return ['--set', `global.tag=${version}`, '--set', 'global.hub=docker.io/istio']
}

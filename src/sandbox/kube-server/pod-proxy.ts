import type { Api } from './api.ts'
import type { Target } from './api-path.ts'
import type { Answer, Request } from './handle-request.ts'
import { inject } from './injector.ts'
import { istiodOf, isReady } from './istiod.ts'
import type { KubeObject } from './kube-object.ts'
import { isKubeObject, listAt, objectAt, textAt, valueAt } from './kube-object.ts'
import { kindNamed } from './create.ts'
import { StatusError, notFound } from './status-error.ts'

/**
 * The API server's proxy to a pod, for istiod pods: `/metrics` on 15014 with pilot_xds by proxy version (each proxy
 * counted at one ready istiod of its revision), `/ready` and `/version`, and `/inject`, which answers an AdmissionReview
 * with what this istiod would inject.
 */
export function podProxy(api: Api, target: Target, request: Request): Answer {
  const istiod = reachableIstiod(api, target)
  const path = `/${target.rest}`
  if (path === '/inject' && request.method === 'POST') return { code: 200, body: reviewInjection(istiod, request.body) }
  const text = pageOf(api, istiod, path)
  if (text !== undefined) return { code: 200, body: undefined, text }
  return { code: path.startsWith('/debug') ? 401 : 404, body: undefined, text: 'not available\n' }
}

/** The pod that `NAME:PORT` names; only ready istiod pods listen. */
function reachableIstiod(api: Api, target: Target): KubeObject {
  const [name = '', port = '80'] = target.name.split(':')
  const pod = api.store.read(target.kind, target.namespace, name)
  if (!pod) throw notFound(target.kind, name)
  if (pod.metadata.labels?.['app'] === 'istiod' && isReady(pod)) return pod
  const address = `${textAt(pod, 'status', 'podIP') ?? ''}:${port}`
  const message = `error trying to reach service: dial tcp ${address}: connect: connection refused`
  throw new StatusError(503, 'ServiceUnavailable', message)
}

/** What istiod shows to everyone as plain text; undefined for what it doesn't. */
function pageOf(api: Api, istiod: KubeObject, path: string): string | undefined {
  switch (path) {
    case '/metrics':
      return metrics(api, istiod)
    case '/ready':
      return ''
    case '/version':
      return istiodOf(istiod, '').version
    default:
      return undefined
  }
}

/** Proxies per version connected to this istiod, as Prometheus text. */
function metrics(api: Api, istiod: KubeObject): string {
  const revision = istiodOf(istiod, '').revision
  const pods = api.store.list(kindNamed('Pod'), '')
  const peers = pods.filter(
    (pod) => pod.metadata.labels?.['app'] === 'istiod' && isReady(pod) && istiodOf(pod, '').revision === revision,
  )
  const mine = peers.findIndex((pod) => pod.metadata.uid === istiod.metadata.uid)
  const counts = new Map<string, number>()
  const proxies = pods.filter((pod) => isReady(pod) && revisionIn(pod) === revision)
  for (const [index, pod] of proxies.entries()) {
    if (index % peers.length !== mine) continue
    const version = proxyVersion(pod)
    counts.set(version, (counts.get(version) ?? 0) + 1)
  }
  const lines = [...counts].map(([version, count]) => `pilot_xds{version="${version}"} ${count}`)
  const build = ['# TYPE istio_build gauge', `istio_build{component="pilot",tag="${istiodOf(istiod, '').version}"} 1`]
  // An istiod says nothing of a metric that nothing was recorded for, not even its type.
  const head = ['# HELP pilot_xds Number of endpoints connected to this pilot using XDS.', '# TYPE pilot_xds gauge']
  return `${[...build, ...(lines.length > 0 ? head : []), ...lines].join('\n')}\n`
}

function revisionIn(pod: KubeObject): string | undefined {
  const text = pod.metadata.annotations?.['sidecar.istio.io/status']
  if (text === undefined) return undefined
  const status: unknown = JSON.parse(text)
  return textAt(status, 'revision') ?? pod.metadata.labels?.['istio.io/rev']
}

function proxyVersion(pod: KubeObject): string {
  const all = [...listAt(pod, 'spec', 'containers'), ...listAt(pod, 'spec', 'initContainers')]
  const image =
    textAt(
      all.find((one) => textAt(one, 'name') === 'istio-proxy'),
      'image',
    ) ?? ''
  return image.split(':').at(-1) ?? 'unknown'
}

function reviewInjection(istiod: KubeObject, body: string): unknown {
  const review: unknown = JSON.parse(body)
  const given = valueAt(review, 'request', 'object')
  const response = { uid: textAt(review, 'request', 'uid') ?? '', allowed: true }
  const head = { kind: 'AdmissionReview', apiVersion: 'admission.k8s.io/v1' }
  if (!isKubeObject(given)) return { ...head, response: { ...response, allowed: false } }
  const namespace = textAt(review, 'request', 'namespace') ?? given.metadata.namespace ?? 'default'
  const pod = { ...given, metadata: { ...given.metadata, namespace } }
  const injected = inject(pod, istiodOf(istiod, '/inject'), { nativeSidecars: true })
  if (injected === pod) return { ...head, response }
  const operations = [
    { op: 'add', path: '/metadata/labels', value: injected.metadata.labels ?? {} },
    { op: 'add', path: '/metadata/annotations', value: injected.metadata.annotations ?? {} },
    { op: 'replace', path: '/spec', value: objectAt(injected, 'spec') },
  ]
  const patch = Buffer.from(JSON.stringify(operations)).toString('base64')
  return { ...head, response: { ...response, patchType: 'JSONPatch', patch } }
}

import { expect, test } from '@jest/globals'
import { CodedError } from '../kernel/errors.ts'
import { readApiRoutes } from './api-routes.ts'
import { dryRunPod } from './dry-run-pod.ts'
import type { KubeCall, KubeHttp } from './kube-http.ts'

const SLICE = {
  metadata: { name: 'kubernetes', namespace: 'default' },
  endpoints: [{ addresses: ['10.0.0.1'] }, { addresses: ['10.0.0.2'] }],
  ports: [{ name: 'https', port: 6443 }],
}

/** A cluster with two API servers, of which only these answer when dialled. */
function cluster(answering: readonly string[], proxied = false): KubeHttp {
  const json = async ({ path, via }: KubeCall): Promise<unknown> => {
    if (path.includes('endpointslices')) return { metadata: {}, items: [SLICE] }
    if (via?.kind === 'address' && answering.includes(via.host)) return { gitVersion: 'v1.34.4' }
    throw new CodedError('CLUSTER_UNREACHABLE', { server: '', message: 'refused' })
  }
  const unused = async (): Promise<never> => {
    throw new Error('not asked here')
  }
  return {
    server: 'https://api',
    proxied,
    json,
    text: unused,
    answer: unused,
    stream: unused,
    close: async () => undefined,
  }
}

const first = { kind: 'address', host: '10.0.0.1', port: 6443 } as const
const second = { kind: 'address', host: '10.0.0.2', port: 6443 } as const

test('every API server is a route of its own', async () => {
  expect(await readApiRoutes(cluster(['10.0.0.1', '10.0.0.2']))).toEqual([first, second])
})

test('one that does not answer is not left out: it is silent', async () => {
  expect(await readApiRoutes(cluster(['10.0.0.1']))).toEqual([first, { ...second, silent: true }])
})

test('where none can be dialled, or a proxy stands between, there are no routes', async () => {
  expect(await readApiRoutes(cluster([]))).toEqual([])
  expect(await readApiRoutes(cluster(['10.0.0.1', '10.0.0.2'], true))).toEqual([])
})

test('a silent one is not asked: nothing is known', async () => {
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'probe' } }
  expect(await dryRunPod(cluster([]), 'shop', pod, { ...second, silent: true })).toEqual({
    kind: 'unreachable',
    message: 'the API server 10.0.0.2:6443 does not answer',
  })
})

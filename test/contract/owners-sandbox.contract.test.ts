import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { ownersOf } from '../../src/istio/owners.ts'
import { openCluster, type ContractServer, type Opened } from './contract-server.ts'
import { sandboxServer } from './sandbox-server.ts'

describe('owners that are known by their CRDs, read through the adapter', () => {
  let server: ContractServer
  let admin: Opened
  beforeAll(async () => {
    server = await sandboxServer()
    admin = openCluster(server.kubeconfig)
    const metadata = { name: 'istio-sidecar-injector-asm-1-20', labels: { 'istio.io/rev': 'asm-1-20' } }
    await admin.cluster.create({ ...INJECTOR, metadata })
  })
  afterAll(async () => {
    await admin.http.close()
    await server.close()
  })

  test("Google's managed control plane owns its revisions once its CRD is there", async () => {
    expect(ownersOf(await admin.cluster.readMesh()).map(({ owner }) => owner)).toEqual(['meshferry'])
    await admin.cluster.create(definition('controlplanerevisions', 'mesh.cloud.google.com', 'ControlPlaneRevision'))
    await admin.cluster.create(definition('widgets', 'example.com', 'Widget'))
    const mesh = await admin.cluster.readMesh()
    expect(mesh.customResourceDefinitions).toEqual(['controlplanerevisions.mesh.cloud.google.com'])
    expect(ownersOf(mesh)).toMatchObject([{ owner: 'asm', evidence: ['label istio.io/rev=asm-1-20'] }])
  })
})

const INJECTOR = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'MutatingWebhookConfiguration',
  webhooks: [
    {
      name: 'rev.namespace.sidecar-injector.istio.io',
      namespaceSelector: { matchLabels: { 'istio.io/rev': 'asm-1-20' } },
      clientConfig: { service: { name: 'istiod-asm-1-20', namespace: 'istio-system', path: '/inject' } },
      rules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }],
      sideEffects: 'None',
      admissionReviewVersions: ['v1'],
    },
  ],
}

function definition(plural: string, group: string, kind: string) {
  const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } }
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { kind, listKind: `${kind}List`, plural, singular: kind.toLowerCase() },
      versions: [{ name: 'v1', served: true, storage: true, schema }],
    },
  }
}

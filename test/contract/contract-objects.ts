import { unique } from './contract-server.ts'

export const injector = (name: string) => ({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'MutatingWebhookConfiguration',
  metadata: { name },
  webhooks: [
    {
      name: 'contract.meshferry.io',
      // Never asked: no namespace has this label.
      namespaceSelector: { matchLabels: { 'meshferry.io/contract': 'never' } },
      clientConfig: { service: { name: 'nobody', namespace: 'istio-system', path: '/inject' } },
      rules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }],
      sideEffects: 'None',
      admissionReviewVersions: ['v1'],
      failurePolicy: 'Ignore',
    },
  ],
})

export const configMap = (name: string, namespace: string, data: Record<string, string> = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace },
  data,
})

export const pod = (namespace: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: unique('probe'), namespace },
  spec: { containers: [{ name: 'app', image: 'example.com/app:1' }] },
})

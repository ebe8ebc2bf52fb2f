import { describe, expect, test } from '@jest/globals'
import { autoEntry, revisionInjector, ROOT, tagInjector } from '../../test/support/istio-builders.ts'
import { disarmed, taggedMesh, generatedFor, planned, after } from '../../test/support/switch-scenes.ts'
import { NEVER_MATCH_SELECTOR } from './injectors.ts'
import { kubectlFor } from './kubectl.ts'
import type { Mesh } from './mesh.ts'
import type { WebhookConfiguration } from './objects.ts'
import { planSwitch } from './switch-plan.ts'
import type { GeneratedTag } from './switch-types.ts'

describe('refusals', () => {
  const rogue = (change: (object: WebhookConfiguration) => unknown): readonly GeneratedTag[] =>
    generatedFor(['default', 'prod-stable']).map((one) =>
      one.tag === 'default' && one.revision === '1-31-0'
        ? { ...one, documents: [change(tagInjector('default', '1-31-0'))] }
        : one,
    )
  const withEntries = (patch: (entry: object) => object) => (object: WebhookConfiguration) => ({
    ...object,
    webhooks: (object.webhooks ?? []).map(patch),
  })

  test.each([
    ['GENERATED_WRONG_SERVICE', () => tagInjector('default', '1-31-0', 'istiod')],
    ['GENERATED_WRONG_OBJECT', () => tagInjector('default', 'default', 'istiod-1-31-0')],
    ['GENERATED_WRONG_OBJECT', () => ({ ...tagInjector('default', '1-31-0'), metadata: { name: 'other' } })],
    ['GENERATED_UNREADABLE', () => 'Error: no such tag'],
    ['GENERATED_NEVER_MATCHES', withEntries((entry) => ({ ...entry, namespaceSelector: NEVER_MATCH_SELECTOR }))],
    [
      'GENERATED_CA_DIFFERS',
      withEntries((entry) => ({
        ...entry,
        clientConfig: {
          service: { namespace: 'istio-system', name: 'istiod-1-31-0', path: '/inject' },
          caBundle: 'b3RoZXI=',
        },
      })),
    ],
    [
      'GENERATED_PATH_DIFFERS',
      withEntries((entry) => ({
        ...entry,
        clientConfig: {
          service: { namespace: 'istio-system', name: 'istiod-1-31-0', path: '/inject/cluster/c' },
          caBundle: ROOT,
        },
      })),
    ],
    [
      'GENERATED_LACKS_ENTRIES',
      (object: WebhookConfiguration) => ({ ...object, webhooks: (object.webhooks ?? []).slice(0, 2) }),
    ],
  ])('%s', (code, change) => {
    expect(planSwitch(taggedMesh(), 'default', '1-31-0', rogue(change))).toMatchObject({ ok: false, refusal: { code } })
  })

  test('an entry for unlabelled namespaces would stay on OLD', () => {
    const tag = tagInjector('default', 'default')
    const mesh = {
      ...taggedMesh(),
      mutatingWebhooks: [
        { ...tag, webhooks: [...(tag.webhooks ?? []), autoEntry('istiod')] },
        revisionInjector('1-31-0'),
        disarmed(),
      ],
    }
    expect(planSwitch(mesh, 'default', '1-31-0', generatedFor(['default']))).toMatchObject({
      ok: false,
      refusal: { code: 'GENERATED_LACKS_ENTRIES', facts: { entries: ['auto.sidecar-injector.istio.io'] } },
    })
  })

  test('GENERATED_MISSING, CONTROL_PLANE_MISSING, CA_BUNDLES_DIFFER, CA_BUNDLE_MISSING, NOTHING_TO_SWITCH', () => {
    expect(codeOf(taggedMesh(), 'default', '1-31-0', [])).toBe('GENERATED_MISSING')
    expect(codeOf(taggedMesh(), 'default', 'nonesuch', [])).toBe('CONTROL_PLANE_MISSING')
    const rooted = (caBundle: string): Mesh => ({
      ...taggedMesh(),
      mutatingWebhooks: taggedMesh().mutatingWebhooks.map((object) =>
        object.metadata.name === 'istio-sidecar-injector-1-31-0'
          ? {
              ...object,
              webhooks: (object.webhooks ?? []).map((entry) => ({
                ...entry,
                clientConfig: { ...entry.clientConfig, caBundle },
              })),
            }
          : object,
      ),
    })
    expect(codeOf(rooted('b3RoZXI='), 'default', '1-31-0', [])).toBe('CA_BUNDLES_DIFFER')
    expect(codeOf(rooted(''), 'default', '1-31-0', [])).toBe('CA_BUNDLE_MISSING')
    const generated = generatedFor(['default', 'prod-stable'])
    const there = after(taggedMesh(), planned(taggedMesh(), 'default', '1-31-0', generated).steps)
    expect(codeOf(there, 'default', '1-31-0', generated)).toBe('NOTHING_TO_SWITCH')
  })
})

describe('commands for people', () => {
  test('quote for a shell, and name the kind with its group', () => {
    const ref = { apiVersion: 'admissionregistration.k8s.io/v1', kind: 'MutatingWebhookConfiguration', name: 'x' }
    const operations = [{ op: 'test', path: '/a', value: "it's" }] as const
    expect(kubectlFor({ kind: 'json-patch', ref, operations, restsOn: { kind: 'any' } })).toBe(
      String.raw`kubectl patch mutatingwebhookconfiguration.admissionregistration.k8s.io x --type=json -p '[{"op":"test","path":"/a","value":"it'\''s"}]'`,
    )
    const service = { apiVersion: 'v1', kind: 'Service', name: 's', namespace: 'istio-system' }
    expect(kubectlFor({ kind: 'delete', ref: service, restsOn: { kind: 'any' } })).toBe(
      'kubectl delete service s -n istio-system',
    )
    const body = { apiVersion: 'v1', kind: 'Service', metadata: { name: 's' } }
    expect(kubectlFor({ kind: 'apply', ref: service, body, restsOn: { kind: 'any' } })).toBe(
      "kubectl apply --server-side --force-conflicts --field-manager=meshferry -f - <<'EOF'\napiVersion: v1\nkind: Service\nmetadata:\n  name: s\nEOF",
    )
  })
})

function codeOf(mesh: Mesh, from: string, to: string, generated: readonly GeneratedTag[]): string {
  const result = planSwitch(mesh, from, to, generated)
  return result.ok ? 'ok' : result.refusal.code
}

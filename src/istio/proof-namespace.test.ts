import { describe, expect, test } from '@jest/globals'
import { meshOf, namespace, oneEntryInjector } from '../../test/support/istio-builders.ts'
import { namespaceClassesOf } from './namespace-classes.ts'
import type { Namespace } from './objects.ts'
import { asksByNamespace, isProofNamespace, proofNamespace } from './proof-namespace.ts'

describe('the namespace of a proof', () => {
  test.each([
    ['1.7.8', true],
    ['1.9.9', true],
    ['1.9.9-distroless', true],
    ['1.10.0-rc.0', false],
    ['1.10.6', false],
    ['1.31.0', false],
    ['1.6.14', false],
    ['', false],
  ])('version %s: %s', (version, wanted) => expect(asksByNamespace(version)).toBe(wanted))

  test('is known by its name and its marks together', () => {
    const { metadata } = proofNamespace('meshferry', '1-9-9')
    const marked = (name: string, labels = metadata.labels): Namespace => namespace(name, { ...labels })
    expect(isProofNamespace(marked(metadata.name))).toBe(true)
    expect(isProofNamespace(marked('shop'))).toBe(false)
    expect(isProofNamespace(marked(metadata.name, { 'istio.io/rev': '1-9-9' }))).toBe(false)
    expect(isProofNamespace(marked(metadata.name, { 'app.kubernetes.io/managed-by': 'meshferry' }))).toBe(false)
  })

  test('belongs to no class; one of its name that is somebody else’s does', () => {
    const ours = proofNamespace('meshferry', '1-9-9')
    const planes = [
      { revision: 'default', version: '1.7.8' },
      { revision: '1-9-9', version: '1.9.9' },
    ]
    const mutatingWebhooks = [oneEntryInjector('default'), oneEntryInjector('1-9-9')]
    const shop = namespace('shop', { 'istio-injection': 'enabled' })
    const classes = (other: Namespace): readonly string[] =>
      namespaceClassesOf(meshOf(planes, { mutatingWebhooks, namespaces: [shop, other] })).map(({ key }) => key)
    expect(classes(ours)).toEqual(['enabled'])
    expect(classes(namespace(ours.metadata.name, { 'istio.io/rev': '1-9-9' }))).toEqual(['enabled', 'revision:1-9-9'])
  })
})

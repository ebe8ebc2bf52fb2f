import { expect, test } from '@jest/globals'
import type { ObjectMeta } from '../istio/objects.ts'
import { podEntryOf } from './pod-entry.ts'

const LISTS = { containers: ['istio-proxy'] }
const status = (value: object) => ({ 'sidecar.istio.io/status': JSON.stringify(value) })

test.each<readonly [string, Partial<ObjectMeta>, string | null | undefined]>([
  [
    '1.18 and later: status',
    { annotations: { ...status({ ...LISTS, revision: '1-31-0' }), 'istio.io/rev': 'x' } },
    '1-31-0',
  ],
  ['unrevisioned', { annotations: status({ ...LISTS, revision: '' }) }, 'default'],
  [
    '1.11 to 1.17: a label is only a wish',
    { annotations: status({ ...LISTS, revision: 'a' }), labels: { 'istio.io/rev': 'prod' } },
    'a',
  ],
  [
    '1.7 to 1.10: the label',
    { annotations: status({ version: 'sha' }), labels: { 'istio.io/rev': 'canary' } },
    'canary',
  ],
  ['1.7 to 1.10 without a label: nobody knows', { annotations: status({ version: 'sha' }) }, null],
  [
    'a waypoint: its annotation',
    { labels: { 'gateway.istio.io/managed': 'istio.io-mesh-controller' }, annotations: { 'istio.io/rev': 'b' } },
    'b',
  ],
  ['no sidecar', { labels: { 'istio.io/rev': 'canary' } }, undefined],
  ['ztunnel', { labels: { app: 'ztunnel' }, annotations: status({ ...LISTS, revision: 'a' }) }, undefined],
  [
    'a gateway without an annotation of its own: its label is only a wish',
    { labels: { 'gateway.istio.io/managed': 'istio.io-gateway-controller', 'istio.io/rev': 'b' } },
    null,
  ],
  [
    'a broken annotation with a label: the same',
    { annotations: { 'sidecar.istio.io/status': 'x' }, labels: { 'istio.io/rev': 'b' } },
    null,
  ],
  [
    'a broken annotation: something is there, nobody knows what',
    { annotations: { 'sidecar.istio.io/status': 'x' } },
    null,
  ],
])('%s', (_, meta, revision) => {
  const entry = podEntryOf({ name: 'web', namespace: 'shop', ...meta }, 'team')
  expect(entry ? entry.revision : undefined).toBe(revision)
})

import { readFile } from 'node:fs/promises'
import { expect, test } from '@jest/globals'
import { load, withCluster } from '../../test/support/settings-files.ts'
import { CodedError } from '../kernel/errors.ts'
import type { AccessRight } from '../ports/cluster.ts'
import { clusterChecks } from './doctor-cluster.ts'

const read = (path: string): Promise<string> => readFile(new URL(`../../${path}`, import.meta.url), 'utf8')

test('whoever reads of this right reads that the rights to install hold it too', async () => {
  expect(await read('deploy/kubernetes/install-rights.yaml')).toContain('name: cluster-admin')
  const pages = [
    'deploy/kubernetes/restart-rights.yaml',
    'docs/security.md',
    'docs/decisions/0024-an-owners-click-may-restart.md',
  ]
  for (const page of pages)
    expect(await read(page)).toMatch(
      /restart-rights\.yaml[\s\S]{0,400}install-rights\.yaml|install-rights\.yaml, Meshferry/,
    )
})

const nothing = (): Promise<never> => Promise.reject(new CodedError('INTERNAL'))

function checkOf(setting: string, mayI: (right: AccessRight) => boolean) {
  const settings = load(withCluster(setting)).clusters['prod-a']
  if (!settings) throw new Error('there is no such cluster')
  const checks = clusterChecks({
    settings,
    namespace: 'meshferry',
    version: async () => 'v1.34.4',
    mayI: async (right) => mayI(right),
    istioctl: { check: nothing, versions: () => [] },
    ownPlace: async () => undefined,
    operatorFile: async () => undefined,
  })
  return checks.find(({ about }) => about === 'prod-a restart rights')
}

test('where owners may restart, what the worker lacks for it is named', async () => {
  const found = await checkOf('restarts: owners', ({ verb }) => verb !== 'patch')?.run()
  const lacks = Array.isArray(found) ? (found as readonly CodedError[]) : []
  expect(lacks.map(({ code, facts }) => [code, facts['verb'], facts['resource']].join(' '))).toEqual([
    'CLUSTER_FORBIDDEN patch deployments.apps',
    'CLUSTER_FORBIDDEN patch statefulsets.apps',
    'CLUSTER_FORBIDDEN patch daemonsets.apps',
  ])
  expect(String(lacks[0]?.facts['message'])).toContain('restart-rights.yaml')
  expect(await checkOf('restarts: owners', () => true)?.run()).toBe('7')
})

test('where they may not, nobody asks for those rights', () => {
  expect(checkOf('restarts: off', () => false)).toBeUndefined()
})

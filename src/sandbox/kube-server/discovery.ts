import type { ResourceKind } from './resource-kinds.ts'
import { apiVersionOf } from './resource-kinds.ts'

const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch']

/** `kubectl drain` looks for it before it drains. */
const EVICTION = {
  name: 'pods/eviction',
  singularName: '',
  namespaced: true,
  group: 'policy',
  version: 'v1',
  kind: 'Eviction',
  verbs: ['create'],
}

/** The answer to a discovery path (/version, /api, /apis, /apis/GROUP, /api/v1, /apis/GROUP/VERSION), or undefined. */
export function discover(path: string, kinds: readonly ResourceKind[], version: string, address: string): unknown {
  if (path === '/version') return versionInfo(version)
  if (path === '/api') return apiVersions(address)
  if (path === '/apis') return groupList(kinds)
  const match = /^\/(?:api|apis\/([^/]+))(?:\/([^/]+))?\/?$/.exec(path)
  if (!match) return undefined
  const [, group = '', apiVersion] = match
  const ofGroup = kinds.filter((kind) => kind.group === group)
  if (ofGroup.length === 0) return undefined
  if (apiVersion === undefined) return { kind: 'APIGroup', apiVersion: 'v1', ...groupOf(group, ofGroup) }
  const served = ofGroup.filter((kind) => kind.version === apiVersion)
  return served.length === 0 ? undefined : resourceList(served)
}

function versionInfo(gitVersion: string): unknown {
  const match = /^v(\d+)\.(\d+)/.exec(gitVersion)
  return {
    major: match?.[1] ?? '1',
    minor: match?.[2] ?? '34',
    gitVersion,
    gitCommit: '0000000000000000000000000000000000000000',
    gitTreeState: 'clean',
    buildDate: '2026-01-01T00:00:00Z',
    goVersion: 'go1.24.11',
    compiler: 'gc',
    platform: 'linux/amd64',
  }
}

function apiVersions(address: string): unknown {
  return {
    kind: 'APIVersions',
    versions: ['v1'],
    serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: address }],
  }
}

function groupList(kinds: readonly ResourceKind[]): unknown {
  const names = [...new Set(kinds.map((kind) => kind.group))].filter((group) => group !== '')
  const groups = names.map((group) =>
    groupOf(
      group,
      kinds.filter((kind) => kind.group === group),
    ),
  )
  return { kind: 'APIGroupList', apiVersion: 'v1', groups }
}

function groupOf(name: string, kinds: readonly ResourceKind[]) {
  const versions = [...new Set(kinds.map((kind) => kind.version))].map((version) => ({
    groupVersion: `${name}/${version}`,
    version,
  }))
  return { name, versions, preferredVersion: versions[0] }
}

function resourceList(kinds: readonly ResourceKind[]): unknown {
  const first = kinds[0]
  const resources = kinds.flatMap((kind) => {
    const base = { singularName: kind.singular, namespaced: kind.namespaced, kind: kind.kind }
    const main = { ...base, name: kind.plural, verbs: kind.virtual ? ['create'] : VERBS }
    const status = { ...base, name: `${kind.plural}/status`, singularName: '', verbs: ['get', 'patch', 'update'] }
    return [main, ...(kind.status ? [status] : []), ...(kind.kind === 'Pod' ? [EVICTION] : [])]
  })
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: first ? apiVersionOf(first) : '', resources }
}

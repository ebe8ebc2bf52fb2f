import { stringify } from 'yaml'
import { baseObjects } from '../kube-server/istio/base-objects.ts'
import { renderControlPlane } from '../kube-server/istio/render.ts'
import { listAt, textAt } from '../kube-server/kube-object.ts'
import { install } from './install.ts'
import { readPlane } from './operator-file.ts'
import type { Session } from './session.ts'
import { proxyStatus } from './proxy-status.ts'
import { tag } from './tag.ts'
import { uninstall } from './uninstall.ts'

/** The commands by their first words. Each throws on failure; a result is the exit code, when it isn't 0. */
export const commands: Readonly<Record<string, (session: Session) => Promise<number | void>>> = {
  version: showVersion,
  install,
  uninstall,
  tag,
  'proxy-status': proxyStatus,
  ps: proxyStatus,
  'manifest generate': generateManifest,
  'x uninstall': uninstall,
  'x precheck': (session) => report(session, 1),
  // Warnings don't reach analyze's default failure threshold.
  analyze: (session) => report(session, 0),
}

async function showVersion(session: Session): Promise<void> {
  const { version, line, out } = session
  const info = { version, revision: '0000000', golang_version: 'go1.26.8', status: 'Clean', tag: version }
  const pods = line.remote ? await istiods(session) : []
  if (line.output !== 'json') {
    const meshVersions = pods.map((pod) => `control plane version: ${pod.Info.version}`)
    return out([`client version: ${version}`, ...meshVersions].join('\n'))
  }
  out(JSON.stringify({ clientVersion: info, ...(line.remote ? { meshVersion: pods } : {}) }, null, 2))
}

async function istiods(session: Session) {
  const pods = await session.kube().list('Pod', 'app=istiod', session.line.istioNamespace)
  return pods.map((pod) => {
    const image = textAt(listAt(pod, 'spec', 'containers')[0], 'image') ?? ''
    const version = image.split(':').at(-1) ?? ''
    const Info = { version, revision: '0000000', golang_version: 'go1.26.8', status: 'Clean', tag: version }
    return { Component: 'pilot', Revision: pod.metadata.labels?.['istio.io/rev'] ?? 'default', Info }
  })
}

async function generateManifest(session: Session): Promise<void> {
  const { line, version, out } = session
  const plane = readPlane(line.files, line.sets, line.revision, version)
  const objects = [...baseObjects(plane), ...renderControlPlane(plane)]
  out(objects.map((object) => stringify(object, { lineWidth: 0 })).join('---\n'))
}

async function report(session: Session, code: number): Promise<number> {
  const findings = session.behaviour.findings ?? []
  const json = session.line.output === 'json'
  if (findings.length === 0) {
    if (json) session.out('[]')
    else session.progress('✔ No issues found when checking the cluster. Istio is safe to install or upgrade!')
    return 0
  }
  const messages = findings.map((message) => ({ code: 'IST0102', level: 'Warning', message, origin: '' }))
  session.out(
    json ? JSON.stringify(messages, null, '\t') : findings.map((text) => `Warning [IST0102] ${text}`).join('\n'),
  )
  return code
}

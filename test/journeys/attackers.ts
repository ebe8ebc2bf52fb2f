import { newLog } from '../../src/kernel/log.ts'
import type { Ask, SignedRequest } from '../../src/wire/request.ts'
import { newKeyPair, keyIdOf, signText } from '../../src/kernel/signatures.ts'
import { openRequestQueue } from '../../src/jobs/request-queue.ts'
import { newAuditStorage } from '../../src/cluster/audit-storage.ts'
import { newConfigMaps } from '../../src/cluster/config-maps.ts'
import { openKubeConfig } from '../../src/cluster/kube-config.ts'
import { newKubeHttp } from '../../src/cluster/kube-http.ts'
import type { AuditEntry } from '../../src/wire/audit-entry.ts'
import { run as runSchema, type Run } from '../../src/wire/run.ts'
import type { Stage } from './stage.ts'

/** Puts something straight into the cluster's queue, as anyone who has Redis can. */
export async function pushRequest(stage: Stage, request: SignedRequest): Promise<void> {
  const queue = openRequestQueue(stage.rig.redis.url, [stage.rig.cluster], newLog('silent', 'thief'))
  try {
    await queue.send(stage.rig.cluster, request)
  } finally {
    await queue.close()
  }
}

/** A request by Mei that is right in everything but its key. */
export function forgedRequest(stage: Stage, ask: Ask, key = newKeyPair().privateKey, keyId?: string): SignedRequest {
  const body = JSON.stringify({
    v: 1,
    id: 'rq-01m84yfva1v40d6vf1ypfk3ze5',
    cluster: stage.rig.cluster,
    at: new Date().toISOString(),
    nonce: 'a'.repeat(32),
    who: { user: 'U0MEI', team: 'T0LOCAL', groups: ['S0PLATFORM'], name: 'Mei' },
    ask,
  })
  return { body, key: keyId ?? keyIdOf(stage.rig.parts.settings.botKeys[0] ?? ''), signature: signText(body, key) }
}

/** The run's record as it stands in the cluster. */
export function recordOf(stage: Stage): { readonly name: string; readonly run: Run } {
  const maps = stage.kube.list('v1', 'ConfigMap', stage.rig.parts.settings.namespace)
  const map = maps.findLast(({ metadata }) => /^run-[0-9a-z]{26}$/.test(metadata.name))
  if (!map) throw new Error('there is no run record')
  const data = map['data'] as Readonly<Record<string, string>>
  return { name: map.metadata.name, run: runSchema.parse(JSON.parse(data['content'] ?? '')) }
}

/** The audit chain as `verify-audit` reads it: with the record key, from the cluster. */
export async function auditOf(stage: Stage): Promise<readonly AuditEntry[]> {
  const { settings, recordKeys } = stage.rig.parts
  const http = newKubeHttp(openKubeConfig({}, { ...process.env, KUBECONFIG: stage.kubeconfig }))
  try {
    const seals = { cluster: settings.cluster, keys: recordKeys }
    return await newAuditStorage(newConfigMaps(http, settings.namespace), seals).all()
  } finally {
    await http.close()
  }
}

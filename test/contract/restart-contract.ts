import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { keeperOf } from '../../src/restarts/keeper.ts'
import type { RolledObject } from '../../src/restarts/rollout.ts'
import { shapeOf } from '../../src/restarts/shape.ts'
import { nextOf, restartPatch, stampIn } from '../../src/restarts/write.ts'
import type { Restart } from '../../src/wire/restarts.ts'
import { openCluster, unique, type ContractServer, type Opened } from './contract-server.ts'

const STAMP = '2026-12-01T09:00:00.000Z'
const OWNERS = { manager: 'meshferry-owner' }

/** The one write of a restart that an owner clicked, as every API server must take it. */
export function describeRestart(name: string, setup: () => Promise<ContractServer>): void {
  describe(`restarts on ${name}`, () => {
    let server: ContractServer
    let admin: Opened
    const namespace = unique('restart')

    beforeAll(async () => {
      server = await setup()
      admin = openCluster(server.kubeconfig)
      await admin.cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } })
    })
    afterAll(async () => {
      await admin.http.close()
      await server.close()
    })

    test.each(['Deployment', 'StatefulSet', 'DaemonSet'])(
      'of a %s: one annotation of its template, one generation on, in its own name; what was read before is a conflict',
      async (kind) => {
        const ref = { apiVersion: 'apps/v1', kind, name: unique('api'), namespace }
        const before = (await admin.cluster.create(workload(ref))) as RolledObject
        const { uid = '', generation = 0 } = before.metadata
        const asked = { uid, shape: shapeOf(before), stamp: STAMP } as Restart
        expect(nextOf(asked, before)).toEqual({ kind: 'write' })
        await admin.cluster.patchJson(ref, restartPatch(await read(ref), STAMP), OWNERS)
        const after = await read(ref)
        expect([stampIn(after), after.metadata.generation]).toEqual([STAMP, generation + 1])
        expect(after.spec?.template?.metadata?.labels).toEqual({ app: 'api' })
        expect(after.metadata.managedFields?.map(({ manager }) => manager)).toContain(OWNERS.manager)
        expect(nextOf(asked, after)).toEqual({ kind: 'written' })
        expect(keeperOf(after)).toBeUndefined()
        const stale = admin.cluster.patchJson(ref, restartPatch(before, '2026-12-01T10:00:00.000Z'), OWNERS)
        await expect(stale).rejects.toMatchObject({ code: 'CLUSTER_CONFLICT' })
        expect(stampIn(await read(ref))).toBe(STAMP)
        // Once more, over an annotation that is there.
        await admin.cluster.patchJson(ref, restartPatch(await read(ref), '2026-12-01T11:00:00.000Z'), OWNERS)
        expect(nextOf(asked, await read(ref))).toMatchObject({ kind: 'no', because: { code: 'RESTART_CHANGED' } })
      },
    )

    async function read(ref: Parameters<Opened['cluster']['get']>[0]): Promise<RolledObject> {
      const found = await admin.cluster.get(ref)
      if (!found) throw new Error(`${ref.name} is not there`)
      return found
    }
  })
}

function workload({
  kind,
  name,
  namespace,
}: {
  readonly kind: string
  readonly name: string
  readonly namespace: string
}) {
  const labels = { app: 'api' }
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name, namespace },
    spec: {
      ...(kind === 'DaemonSet' ? {} : { replicas: 0 }),
      ...(kind === 'StatefulSet' ? { serviceName: 'api' } : {}),
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'app', image: 'example.com/app:1' }] } },
    },
  }
}

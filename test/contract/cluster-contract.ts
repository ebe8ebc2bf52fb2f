import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { KubeObject } from '../../src/istio/objects.ts'
import { sleep } from '../../src/kernel/retry.ts'
import { configMap, injector, pod } from './contract-objects.ts'
import { openCluster, soon, unique, type ContractServer, type Opened } from './contract-server.ts'

/** What every API server must do for the port `Cluster`: the sandbox's and the real one. */
export function describeCluster(name: string, setup: () => Promise<ContractServer>): void {
  describe(`cluster on ${name}`, () => {
    let server: ContractServer
    let admin: Opened
    let limited: Opened
    const namespace = unique('contract')
    const stops: AbortController[] = []

    beforeAll(async () => {
      server = await setup()
      admin = openCluster(server.kubeconfig)
      limited = openCluster(server.limited)
      for (const one of [namespace, 'istio-system']) {
        const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: one } }
        await admin.cluster.create(body).catch(() => null)
      }
      const account = { apiVersion: 'v1', kind: 'ServiceAccount', name: 'default', namespace }
      await soon(async () => (await admin.cluster.get(account)) !== null)
    })
    afterAll(async () => {
      for (const stop of stops) stop.abort()
      await Promise.all([admin.http.close(), limited.http.close()])
      await server.close()
    })

    test('an object that is not there is null, and one that is there has its kind', async () => {
      const ref = { apiVersion: 'v1', kind: 'ConfigMap', name: unique('a'), namespace }
      expect(await admin.cluster.get(ref)).toBeNull()
      await admin.cluster.create(configMap(ref.name, namespace, { a: '1' }))
      expect(await admin.cluster.get(ref)).toMatchObject({ apiVersion: 'v1', kind: 'ConfigMap', data: { a: '1' } })
    })

    test('a list comes whole over several pages, typed, by labels, and as metadata alone', async () => {
      const labels = { batch: unique('b') }
      const all = Array.from({ length: 520 }, (_, n) => ({
        ...configMap('', namespace, { secret: 'x' }),
        metadata: { name: `${labels.batch}-${n}`, namespace, labels },
      }))
      for (let at = 0; at < all.length; at += 40) {
        await Promise.all(all.slice(at, at + 40).map((one) => admin.cluster.create(one)))
      }
      const options = { namespace, labelSelector: `batch=${labels.batch}`, metadataOnly: true }
      const listed = await admin.cluster.list('v1', 'ConfigMap', options)
      expect(new Set(listed.map((one) => one.metadata.name)).size).toBe(520)
      expect(JSON.stringify(listed)).not.toContain('"secret"')
      const whole = await admin.cluster.list('v1', 'ConfigMap', {
        namespace,
        fieldSelector: `metadata.name=${labels.batch}-7`,
      })
      expect(whole).toMatchObject([{ apiVersion: 'v1', kind: 'ConfigMap', data: { secret: 'x' } }])
    })

    test('creating twice is a conflict, and a dry-run creates nothing', async () => {
      const body = configMap(unique('c'), namespace)
      await admin.cluster.create(body, { dryRun: true })
      await admin.cluster.create(body)
      await expect(admin.cluster.create(body)).rejects.toMatchObject({ code: 'CLUSTER_CONFLICT' })
    })

    test('apply creates, then takes over another writer’s field, in the name of meshferry', async () => {
      const name = unique('d')
      const made = await admin.cluster.apply(configMap(name, namespace, { a: '1' }))
      expect(made.metadata.managedFields).toMatchObject([{ manager: 'meshferry', operation: 'Apply' }])
      const ref = { apiVersion: 'v1', kind: 'ConfigMap', name, namespace }
      await admin.cluster.patchJson(ref, [{ op: 'replace', path: '/data/a', value: '2' }])
      const again = await admin.cluster.apply(configMap(name, namespace, { a: '3' }))
      expect(again).toMatchObject({ data: { a: '3' } })
      expect(await admin.cluster.apply(configMap(name, namespace, { a: '4' }), { dryRun: true })).toMatchObject({
        data: { a: '4' },
      })
      expect(await admin.cluster.get(ref)).toMatchObject({ data: { a: '3' } })
    })

    test('apply with a resourceVersion that is over is a conflict', async () => {
      const body = configMap(unique('e'), namespace, { a: '1' })
      const { resourceVersion = '' } = (await admin.cluster.create(body)).metadata
      await admin.cluster.apply(configMap(body.metadata.name, namespace, { a: '2' }))
      const stale = { ...body, metadata: { ...body.metadata, resourceVersion }, data: { a: '3' } }
      await expect(admin.cluster.apply(stale)).rejects.toMatchObject({ code: 'CLUSTER_CONFLICT' })
    })

    test('a patch whose test fails is a conflict and changes nothing; a malformed one is invalid', async () => {
      const body = configMap(unique('f'), namespace, { a: '1' })
      await admin.cluster.create(body)
      const ref = { apiVersion: 'v1', kind: 'ConfigMap', name: body.metadata.name, namespace }
      const failing = admin.cluster.patchJson(ref, [
        { op: 'test', path: '/data/a', value: 'other' },
        { op: 'replace', path: '/data/a', value: '2' },
      ])
      await expect(failing).rejects.toMatchObject({ code: 'CLUSTER_CONFLICT', facts: { reason: 'PatchTestFailed' } })
      const missing = admin.cluster.patchJson(ref, [{ op: 'remove', path: '/data/none' }])
      await expect(missing).rejects.toMatchObject({ code: 'CLUSTER_INVALID' })
      expect(await admin.cluster.get(ref)).toMatchObject({ data: { a: '1' } })
    })

    test('remove wants the uid, and does not mind an object that is gone', async () => {
      const body = configMap(unique('g'), namespace)
      const { uid = '' } = (await admin.cluster.create(body)).metadata
      const ref = { apiVersion: 'v1', kind: 'ConfigMap', name: body.metadata.name, namespace }
      const other = '00000000-0000-4000-8000-000000000000'
      await expect(admin.cluster.remove(ref, { uid: other })).rejects.toMatchObject({ code: 'CLUSTER_CONFLICT' })
      await admin.cluster.remove(ref, { uid })
      await admin.cluster.remove(ref, { uid })
      expect(await admin.cluster.get(ref)).toBeNull()
    })

    test('a forbidden request names verb, resource and the rule to add', async () => {
      const listing = limited.cluster.list('apps/v1', 'Deployment', { namespace })
      await expect(listing).rejects.toMatchObject({
        code: 'CLUSTER_FORBIDDEN',
        facts: {
          verb: 'list',
          resource: 'deployments',
          group: 'apps',
          namespace,
          rule: '{apiGroups: ["apps"], resources: ["deployments"], verbs: ["list"]}',
        },
      })
    })

    test('whether a right is held is asked, of a subresource and in a namespace too', async () => {
      const everything = { verb: '*', group: '*', resource: '*' }
      expect([await admin.cluster.mayI(everything), await limited.cluster.mayI(everything)]).toEqual([true, false])
      const proxy = { verb: 'get', group: '', resource: 'pods/proxy', namespace }
      expect([await admin.cluster.mayI(proxy), await limited.cluster.mayI(proxy)]).toEqual([true, false])
      expect(await limited.cluster.mayI({ verb: 'list', group: '', resource: 'namespaces' })).toBe(true)
    })

    test('a kind that is not served is said to be so', async () => {
      const listing = admin.cluster.list('nowhere.example.com/v1', 'Thing')
      await expect(listing).rejects.toMatchObject({ code: 'CLUSTER_KIND_UNSERVED' })
    })

    test('a dry-run pod is admitted over the usual and over a fresh connection, and is not kept', async () => {
      for (const route of [{ kind: 'fresh' } as const, ...(await admin.cluster.apiRoutes())]) {
        const answer = await admin.cluster.dryRunPod(namespace, pod(namespace), route)
        expect(answer).toMatchObject({ kind: 'admitted', pod: { spec: { containers: [{ name: 'app' }] } } })
      }
      expect(await admin.cluster.list('v1', 'Pod', { namespace })).toEqual([])
    })

    test('a dry-run pod that the server refuses is an answer with its status and words', async () => {
      const nowhere = unique('nowhere')
      const answer = await admin.cluster.dryRunPod(nowhere, pod(nowhere), { kind: 'fresh' })
      expect(answer).toMatchObject({ kind: 'refused', status: 404, message: expect.stringContaining(nowhere) })
    })

    test('a dry-run over an address where nobody answers is unreachable', async () => {
      const route = { kind: 'address', host: '127.0.0.1', port: 1 } as const
      const answer = await admin.cluster.dryRunPod(namespace, pod(namespace), route)
      expect(answer).toMatchObject({ kind: 'unreachable' })
    })

    test('the API servers behind default/kubernetes that can be dialled are routes', async () => {
      const routes = await admin.cluster.apiRoutes()
      expect(routes.length).toBeGreaterThan(0)
      expect(new Set(routes.map((route) => JSON.stringify(route))).size).toBe(routes.length)
    })

    test('the mesh is read whole; kinds that are not served are empty, not unreadable', async () => {
      const mesh = await admin.cluster.readMesh()
      expect(mesh.unreadable).toEqual([])
      expect(mesh.kubernetesVersion).toMatch(/^v\d+\.\d+/)
      expect(mesh.namespaces.map((one) => one.metadata.name)).toEqual(expect.arrayContaining([namespace, 'default']))
      expect(mesh.kubeGateways).toEqual([])
    })

    test('what may not be read is named with the rule that would allow it, and the rest is read', async () => {
      const mesh = await limited.cluster.readMesh()
      expect(mesh.namespaces.length).toBeGreaterThan(0)
      const pods = mesh.unreadable.find(({ part }) => part === 'pods')
      expect(pods?.rule).toContain('resources: ["pods"]')
      expect(mesh.unreadable.map(({ part }) => part)).toContain('mutatingWebhooks')
    })

    test('a reading of injection alone sees a new webhook and keeps the rest of the last full one', async () => {
      const full = await admin.cluster.readMesh()
      const object = injector(unique('h'))
      const { uid = '' } = (await admin.cluster.create(object)).metadata
      const mesh = await admin.cluster.readInjection()
      expect(mesh.mutatingWebhooks.map((one) => one.metadata.name)).toContain(object.metadata.name)
      expect(mesh.readAt).toBe(full.readAt)
      expect(mesh.pods).toBe(full.pods)
      const { name: webhook } = object.metadata
      await admin.cluster.remove({ apiVersion: object.apiVersion, kind: object.kind, name: webhook }, { uid })
    })

    test('a reading of injection says who wrote the mesh config and the injection templates', async () => {
      await admin.cluster.apply(configMap(unique('istio-contract'), 'istio-system', { mesh: '' }))
      const { configMaps } = await admin.cluster.readInjection()
      const found = configMaps.find(({ metadata }) => metadata.name.startsWith('istio-contract'))
      expect(found?.metadata.managedFields?.map(({ manager }) => manager)).toEqual(['meshferry'])
    })

    test('pods are listed and watched by their metadata alone; one that ends leaves as if it were deleted', async () => {
      const stop = new AbortController()
      stops.push(stop)
      const [early, late] = [pod(namespace), pod(namespace)]
      await admin.cluster.create(early)
      const listed: string[] = []
      const told: string[] = []
      const handlers = {
        keep: ({ metadata, ...rest }: KubeObject) => `${metadata.name} ${'spec' in rest ? 'whole' : 'metadata'}`,
        onList: (kept: readonly string[]) => void listed.push(...kept),
        onEvent: (type: string, { metadata, ...rest }: KubeObject) =>
          void told.push(`${type} ${metadata.name} ${'spec' in rest ? 'whole' : 'metadata'}`),
      }
      const watched = admin.cluster.watchPods(handlers, stop.signal)
      expect(await soon(() => listed.includes(`${early.metadata.name} metadata`))).toBe(true)
      expect(watched.ageMs()).toBeLessThan(5000)
      await admin.cluster.create(late)
      expect(await soon(() => told.includes(`ADDED ${late.metadata.name} metadata`))).toBe(true)
      const status = `/api/v1/namespaces/${namespace}/pods/${late.metadata.name}/status`
      const ended = { method: 'PATCH', path: status, contentType: 'application/merge-patch+json' } as const
      await admin.http.json({ ...ended, body: { status: { phase: 'Succeeded' } } })
      expect(await soon(() => told.includes(`DELETED ${late.metadata.name} metadata`))).toBe(true)
      stop.abort()
      await watched.done
    })

    test('a pod that cannot be asked over the proxy is an error, never an empty answer', async () => {
      const silent = pod(namespace)
      await admin.cluster.create(silent)
      const asked = admin.cluster.readPodText({ namespace, name: silent.metadata.name, port: 15_014 }, '/metrics')
      await expect(asked).rejects.toMatchObject({ name: 'CodedError' })
    })

    test('a change of a webhook or a namespace is told within a second, and none after the signal', async () => {
      const stop = new AbortController()
      stops.push(stop)
      let told = 0
      const watching = admin.cluster.watchInjection(() => (told += 1), stop.signal)
      expect(await soon(() => told > 0)).toBe(true)
      await sleep(300)
      const settled = told
      await admin.cluster.patchJson({ apiVersion: 'v1', kind: 'Namespace', name: namespace }, [
        { op: 'add', path: '/metadata/labels/contract', value: unique('x') },
      ])
      expect(await soon(() => told > settled, 1000)).toBe(true)
      stop.abort()
      await watching
      const after = told
      await admin.cluster.patchJson({ apiVersion: 'v1', kind: 'Namespace', name: namespace }, [
        { op: 'add', path: '/metadata/labels/contract', value: unique('y') },
      ])
      await sleep(200)
      expect(told).toBe(after)
    })
  })
}

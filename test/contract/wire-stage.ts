import { configMap } from './contract-objects.ts'
import { soon, unique, type ContractServer } from './contract-server.ts'
import { openWire, type Loose, type Wire, type WireAnswer } from './wire-client.ts'

/** A server whose forms on the wire are looked at. */
export type WireServer = ContractServer & {
  /** Makes it forget versions of the past: what rests on one gets 410 from now on. */
  readonly forget: () => Promise<void>
}

export type WireStage = {
  readonly server: WireServer
  readonly admin: Wire
  /** May only read namespaces. */
  readonly limited: Wire
  readonly namespace: string
  /** Of ConfigMaps in the namespace. */
  readonly maps: string
  readonly pods: string
  readonly close: () => Promise<void>
}

export const JSON_PATCH = 'application/json-patch+json'
export const MERGE_PATCH = 'application/merge-patch+json'
export const APPLY_PATCH = 'application/apply-patch+yaml'

const AS = 'g=meta.k8s.io;v=v1'
/** Accept headers for metadata alone. */
export const META = {
  list: `application/json;as=PartialObjectMetadataList;${AS}`,
  one: `application/json;as=PartialObjectMetadata;${AS}`,
  protobufList: `application/vnd.kubernetes.protobuf;as=PartialObjectMetadataList;${AS}`,
  protobufOne: `application/vnd.kubernetes.protobuf;as=PartialObjectMetadata;${AS}`,
} as const

/** A namespace of its own on the server, in which pods can be created. */
export async function newStage(setup: () => Promise<WireServer>): Promise<WireStage> {
  const server = await setup()
  const [admin, limited] = [openWire(server.kubeconfig), openWire(server.limited)]
  const namespace = unique('wire')
  await admin.ask('POST', '/api/v1/namespaces', { body: { metadata: { name: namespace } } })
  const inNamespace = `/api/v1/namespaces/${namespace}`
  const there = async () => (await admin.ask('GET', `${inNamespace}/serviceaccounts/default`)).status === 200
  if (!(await soon(there, 20_000))) throw new Error('the namespace got no service account')
  return {
    server,
    admin,
    limited,
    namespace,
    maps: `${inNamespace}/configmaps`,
    pods: `${inNamespace}/pods`,
    close: async () => {
      await Promise.all([admin.close(), limited.close()])
      await server.close()
    },
  }
}

/** A ConfigMap with data, labels and an annotation, created. */
export async function createMap(stage: WireStage, name: string, labels: Record<string, string> = {}) {
  const { metadata, ...map } = configMap(name, stage.namespace, { a: '1' })
  const body = { ...map, metadata: { ...metadata, labels, annotations: { note: 'ü' } } }
  return (await stage.admin.ask('POST', stage.maps, { body })).body
}

/** Events of a watch in JSON. */
export function eventsOf({ text }: WireAnswer): readonly Loose[] {
  const lines = text.split('\n').filter((line) => line !== '')
  return lines.map((line): unknown => JSON.parse(line))
}

/** Names of the objects of a list. */
export function namesOf({ body }: WireAnswer): readonly string[] {
  return body.items.map((item: { metadata: { name: string } }) => item.metadata.name)
}

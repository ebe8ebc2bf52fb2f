/** A field of a protobuf message: its number, and its value as it came. */
export type Field = { readonly number: number; readonly value: number | Buffer }

/** The fields of a message in their order; throws for a wire type that Kubernetes doesn't use. */
export function fieldsOf(message: Buffer): readonly Field[] {
  const fields: Field[] = []
  let at = 0
  const varint = (): number => {
    let [value, scale] = [0, 1]
    for (;;) {
      const byte = message[at++] ?? 0
      value += (byte & 127) * scale
      scale *= 128
      if (byte < 128) return value
    }
  }
  while (at < message.length) {
    const tag = varint()
    const number = Math.floor(tag / 8)
    if (tag % 8 === 0) fields.push({ number, value: varint() })
    else if (tag % 8 === 2) {
      const length = varint()
      fields.push({ number, value: message.subarray(at, (at += length)) })
    } else throw new Error(`wire type ${tag % 8} of field ${number}`)
  }
  return fields
}

/** The message at a path of field numbers, the first of each; empty where there is none. */
export function within(message: Buffer, ...path: readonly number[]): Buffer {
  return path.reduce((inner, wanted) => {
    const found = fieldsOf(inner).find(({ number }) => number === wanted)?.value
    return Buffer.isBuffer(found) ? found : Buffer.alloc(0)
  }, message)
}

export function textOf(message: Buffer, ...path: readonly number[]): string {
  return within(message, ...path).toString()
}

/** What follows `k8s\0`: type and message of an enveloped answer. */
export function opened(bytes: Buffer): { readonly type: readonly [string, string]; readonly message: Buffer } {
  if (bytes.subarray(0, 4).toString() !== 'k8s\0') throw new Error(`no protobuf of Kubernetes: ${bytes.toString()}`)
  const unknown = bytes.subarray(4)
  return { type: [textOf(unknown, 1, 1), textOf(unknown, 1, 2)], message: within(unknown, 2) }
}

/** The messages of a watch, each with its length before it. */
export function frames(bytes: Buffer): readonly Buffer[] {
  const found: Buffer[] = []
  for (let at = 0; at + 4 <= bytes.length;) {
    const length = bytes.readUInt32BE(at)
    found.push(bytes.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return found
}

/** ObjectMeta as JSON has it, by the field numbers of apimachinery's generated.proto. */
export function metadataOf(meta: Buffer): Record<string, unknown> {
  const fields = fieldsOf(meta)
  const text = (number: number) => String(fields.find((field) => field.number === number)?.value ?? '')
  const all = (number: number) => fields.flatMap((field) => (field.number === number ? (field.value as Buffer) : []))
  const map = (number: number) => Object.fromEntries(all(number).map((entry) => [textOf(entry, 1), textOf(entry, 2)]))
  const read = {
    name: text(1),
    generateName: text(2),
    namespace: text(3),
    uid: text(5),
    resourceVersion: text(6),
    creationTimestamp: timeOf(within(meta, 8)),
    labels: map(11),
    annotations: map(12),
    ownerReferences: all(13).map(ownerOf),
    finalizers: all(14).map(String),
    managedFields: all(17).map(managerOf),
  }
  return Object.fromEntries(Object.entries(read).filter(([, value]) => Object.keys(value).length > 0))
}

function timeOf(time: Buffer): string {
  const seconds = fieldsOf(time).find(({ number }) => number === 1)?.value
  return typeof seconds === 'number' ? new Date(seconds * 1000).toISOString().replace('.000Z', 'Z') : ''
}

function ownerOf(owner: Buffer) {
  const flag = (number: number) => fieldsOf(owner).find((field) => field.number === number)?.value === 1
  return {
    kind: textOf(owner, 1),
    name: textOf(owner, 3),
    uid: textOf(owner, 4),
    apiVersion: textOf(owner, 5),
    controller: flag(6),
    blockOwnerDeletion: flag(7),
  }
}

function managerOf(entry: Buffer) {
  return {
    manager: textOf(entry, 1),
    operation: textOf(entry, 2),
    apiVersion: textOf(entry, 3),
    time: timeOf(within(entry, 4)),
    fieldsType: textOf(entry, 6),
    fieldsV1: JSON.parse(textOf(entry, 7, 1)) as unknown,
  }
}

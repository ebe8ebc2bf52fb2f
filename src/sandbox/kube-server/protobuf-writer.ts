/** Protobuf's wire form, as far as metadata needs it: each function gives one field's bytes. */

/** A number that isn't negative; exact up to 2^53. */
function varint(value: number): Buffer {
  const bytes: number[] = []
  let rest = value
  while (rest > 127) {
    bytes.push((rest % 128) + 128)
    rest = Math.floor(rest / 128)
  }
  return Buffer.from([...bytes, rest])
}

export function numberField(field: number, value: number): Buffer {
  return Buffer.concat([varint(field * 8), varint(value)])
}

export function bytesField(field: number, value: Uint8Array): Buffer {
  return Buffer.concat([varint(field * 8 + 2), varint(value.length), value])
}

export function textField(field: number, value: string): Buffer {
  return bytesField(field, Buffer.from(value))
}

/** A map is a repeated message of key and value. */
export function mapField(field: number, map: Readonly<Record<string, string>> | undefined): Buffer {
  const entries = Object.entries(map ?? {}).map(([key, value]) =>
    bytesField(field, Buffer.concat([textField(1, key), textField(2, value)])),
  )
  return Buffer.concat(entries)
}

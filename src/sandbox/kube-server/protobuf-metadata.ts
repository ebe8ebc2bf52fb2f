import type { KubeObject, ManagedFieldsEntry, ObjectMeta, OwnerReference } from './kube-object.ts'
import { textAt, valueAt } from './kube-object.ts'
import { bytesField, mapField, numberField, textField } from './protobuf-writer.ts'

const MAGIC = Buffer.from('k8s\0')

type ListMeta = { readonly resourceVersion: string; readonly continue?: string; readonly remainingItemCount?: number }

/**
 * A PartialObjectMetadataList as the API server sends it: `k8s\0` and a runtime.Unknown that names the type and holds the
 * message. Field numbers: generated.proto of k8s.io/apimachinery 0.34 (meta/v1 and runtime). Texts that a Go struct holds
 * by value are sent even when they are empty.
 */
export function encodeList(metadata: ListMeta, items: readonly KubeObject[]): Buffer {
  const listMeta = Buffer.concat([
    textField(1, ''),
    textField(2, metadata.resourceVersion),
    textField(3, metadata.continue ?? ''),
    metadata.remainingItemCount === undefined ? Buffer.alloc(0) : numberField(4, metadata.remainingItemCount),
  ])
  const encoded = items.map((item) => bytesField(2, partial(item.metadata)))
  return enveloped('PartialObjectMetadataList', Buffer.concat([bytesField(1, listMeta), ...encoded]))
}

/** One object's metadata, enveloped in the same way. */
export function encodeObject(metadata: ObjectMeta): Buffer {
  return enveloped('PartialObjectMetadata', partial(metadata))
}

/** A frame of a watch: its length in four bytes, then a bare WatchEvent whose object is enveloped. */
export function encodeFrame(type: string, object: unknown): Buffer {
  const { metadata } = object as KubeObject
  const inner = type === 'ERROR' ? encodeStatus(object) : encodeObject(metadata)
  const event = Buffer.concat([textField(1, type), bytesField(2, bytesField(1, inner))])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(event.length)
  return Buffer.concat([length, event])
}

function encodeStatus(status: unknown): Buffer {
  const text = (field: string): string => textAt(status, field) ?? ''
  const message = Buffer.concat([
    bytesField(1, Buffer.concat([textField(1, ''), textField(2, ''), textField(3, '')])),
    textField(2, text('status')),
    textField(3, text('message')),
    textField(4, text('reason')),
    numberField(6, Number(valueAt(status, 'code') ?? 0)),
  ])
  return enveloped('Status', message, 'v1')
}

function enveloped(kind: string, message: Buffer, apiVersion = 'meta.k8s.io/v1'): Buffer {
  const type = Buffer.concat([textField(1, apiVersion), textField(2, kind)])
  const unknown = [bytesField(1, type), bytesField(2, message), textField(3, ''), textField(4, '')]
  return Buffer.concat([MAGIC, ...unknown])
}

function partial(metadata: ObjectMeta): Buffer {
  return bytesField(1, objectMeta(metadata))
}

function objectMeta(meta: ObjectMeta): Buffer {
  return Buffer.concat([
    textField(1, meta.name ?? ''),
    textField(2, meta.generateName ?? ''),
    textField(3, meta.namespace ?? ''),
    textField(4, ''),
    textField(5, meta.uid ?? ''),
    textField(6, meta.resourceVersion ?? ''),
    numberField(7, meta.generation ?? 0),
    bytesField(8, time(meta.creationTimestamp)),
    mapField(11, meta.labels),
    mapField(12, meta.annotations),
    ...(meta.ownerReferences ?? []).map((owner) => bytesField(13, ownerReference(owner))),
    ...(meta.finalizers ?? []).map((finalizer) => textField(14, finalizer)),
    ...(meta.managedFields ?? []).map((entry) => bytesField(17, managedFields(entry))),
  ])
}

function ownerReference(owner: OwnerReference): Buffer {
  const flag = (field: number, value: boolean | undefined): Buffer =>
    value === undefined ? Buffer.alloc(0) : numberField(field, value ? 1 : 0)
  return Buffer.concat([
    textField(1, owner.kind),
    textField(3, owner.name),
    textField(4, owner.uid),
    textField(5, owner.apiVersion),
    flag(6, owner.controller),
    flag(7, owner.blockOwnerDeletion),
  ])
}

function managedFields(entry: ManagedFieldsEntry): Buffer {
  return Buffer.concat([
    textField(1, entry.manager),
    textField(2, entry.operation),
    textField(3, entry.apiVersion),
    bytesField(4, time(entry.time)),
    textField(6, entry.fieldsType),
    bytesField(7, textField(1, JSON.stringify(entry.fieldsV1))),
    textField(8, entry.subresource ?? ''),
  ])
}

/** A moment as seconds; none is an empty message. */
function time(text: string | null | undefined): Buffer {
  if (!text) return Buffer.alloc(0)
  return Buffer.concat([numberField(1, Math.floor(Date.parse(text) / 1000)), numberField(2, 0)])
}

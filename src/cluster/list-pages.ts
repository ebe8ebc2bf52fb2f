import { CodedError } from '../kernel/errors.ts'
import type { KubeObject } from '../istio/objects.ts'
import type { ListOptions } from '../ports/cluster.ts'
import type { KubeHttp } from './kube-http.ts'

const PAGE = 500
const LIST_DEADLINE_MS = 60_000

/** A list as the API server pages it. Items come without apiVersion and kind. */
type ListPage = {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: { readonly resourceVersion?: string; readonly continue?: string }
  readonly items: readonly KubeObject[]
}

/** Metadata only: name, labels, annotations, owners; no spec, no data. */
const METADATA_ONLY = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1'

/** What a list kept, and the version of the whole list, from which a watch goes on. */
export type Listed<T> = { readonly kept: readonly T[]; readonly version: string }

/**
 * All objects of a list path, 500 at a time, each turned by `keep` into what is needed before the next page comes, so
 * that memory holds one page of full objects at most. A page token that expired (410) begins the list anew, once.
 */
export async function listAll<T>(
  http: KubeHttp,
  path: string,
  keep: (object: KubeObject) => T,
  options: ListOptions = {},
): Promise<readonly T[]> {
  try {
    return (await listOnce(http, path, keep, options)).kept
  } catch (error) {
    if (!(error instanceof CodedError) || error.facts['status'] !== 410) throw error
    return (await listOnce(http, path, keep, options)).kept
  }
}

/** The same, once: throws 410 where a page token expired on the way. */
export async function listOnce<T>(
  http: KubeHttp,
  path: string,
  keep: (object: KubeObject) => T,
  options: ListOptions & { readonly signal?: AbortSignal },
): Promise<Listed<T>> {
  const kept: T[] = []
  let token: string | undefined
  let version = '0'
  do {
    const page = await listPage(http, path, options, token)
    const typed = typeOfItems(page)
    for (const item of page.items ?? []) kept.push(keep({ ...typed, ...item }))
    token = page.metadata?.continue
    version = page.metadata?.resourceVersion ?? version
  } while (token)
  return { kept, version }
}

async function listPage(
  http: KubeHttp,
  path: string,
  options: ListOptions & { readonly signal?: AbortSignal },
  token?: string,
): Promise<ListPage> {
  const query = new URLSearchParams({ limit: String(PAGE) })
  if (options.labelSelector) query.set('labelSelector', options.labelSelector)
  if (options.fieldSelector) query.set('fieldSelector', options.fieldSelector)
  if (token) query.set('continue', token)
  const answer = await http.json({
    method: 'GET',
    path: `${path}?${query.toString()}`,
    deadlineMs: LIST_DEADLINE_MS,
    ...(options.metadataOnly ? { accept: METADATA_ONLY } : {}),
    ...(options.signal ? { signal: options.signal } : {}),
  })
  return answer as ListPage
}

/** `PodList` → `Pod`: the API server writes the kind on the list, not on its items. */
function typeOfItems(list: { readonly apiVersion: string; readonly kind: string }): {
  apiVersion: string
  kind: string
} {
  return { apiVersion: list.apiVersion, kind: (list.kind ?? '').replace(/List$/, '') }
}

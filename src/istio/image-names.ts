/** An image's parts: `docker.io/istio/proxyv2:1.30.0-distroless@sha256:…`. */
export type ImageName = {
  /** `docker.io/istio`; empty when there is no slash. */
  readonly hub: string
  /** `proxyv2` */
  readonly name: string
  readonly tag: string | null
  readonly digest: string | null
}

export function parseImage(image: string): ImageName {
  const [withoutDigest = '', digest] = image.split('@', 2)
  const slash = withoutDigest.lastIndexOf('/')
  const last = withoutDigest.slice(slash + 1)
  const colon = last.indexOf(':')
  return {
    hub: slash < 0 ? '' : withoutDigest.slice(0, slash),
    name: colon < 0 ? last : last.slice(0, colon),
    tag: colon < 0 ? null : last.slice(colon + 1),
    digest: digest ?? null,
  }
}

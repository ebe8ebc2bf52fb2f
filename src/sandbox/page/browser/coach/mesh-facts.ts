import type { PageState } from '../../page-state.ts'

/** Every class of new pods that gets a sidecar gets this version. */
export function newPodsGet({ mesh }: PageState, version: string): boolean {
  const injected = mesh.newPods.filter(({ gets }) => gets !== 'none')
  return injected.length > 0 && injected.every(({ gets }) => gets === version)
}

export function hasControlPlane({ mesh }: PageState, version: string): boolean {
  return mesh.controlPlanes.some((one) => one.version === version)
}

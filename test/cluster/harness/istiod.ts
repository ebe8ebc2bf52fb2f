import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { request } from 'undici'
import type { KubeApi } from './kube-api.ts'
import { writeKubeconfig } from './pki.ts'
import type { Container, EnvVar, Pod } from './pod-types.ts'
import { tokenOf, writeVolumes } from './pod-volumes.ts'
import { startProc } from './proc.ts'
import type { Proc } from './proc.ts'
import { istiodOf, pathOf } from './programs.ts'

/** A real pilot-discovery that runs for one pod. */
export type Istiod = {
  readonly proc: Proc
  readonly folder: string
  readonly ready: () => Promise<boolean>
  readonly rewriteVolumes: () => Promise<void>
}

export type IstiodHost = {
  readonly api: KubeApi
  readonly server: string
  readonly caPem: string
  readonly folder: string
}

/** Ports that the container listens on: here each istiod has an address of its own instead of a network namespace. */
const LISTENERS = {
  httpAddr: 8080,
  httpsAddr: 15017,
  grpcAddr: 15010,
  secureGRPCAddr: 15012,
  monitoringAddr: 15014,
}

/** The image's tag, `1.30.0` of `docker.io/istio/pilot:1.30.0`; variants (`-distroless`) are the same program. */
function versionOfImage(image: string): string {
  return image.slice(image.lastIndexOf(':') + 1).replace(/-(distroless|debug)$/, '')
}

/** False: nobody built that version, as a registry may not have an image. */
export function hasProgramFor(image: string): boolean {
  return existsSync(pathOf(istiodOf(versionOfImage(image))))
}

export async function startIstiod(host: IstiodHost, pod: Pod, address: string): Promise<Istiod> {
  const container = pod.spec.containers.find(({ name }) => name === 'discovery')
  if (container === undefined) throw new Error(`pod ${pod.metadata.name} has no container discovery`)
  const folder = join(host.folder, 'pods', `${pod.metadata.name}-${pod.metadata.uid ?? ''}`)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  await writeVolumes(host.api, pod, container, folder)
  const token = await tokenOf(host.api, pod)
  const kubeconfig = writeKubeconfig(join(folder, 'kubeconfig'), host.server, host.caPem, { token })
  // The program's file name becomes the field manager of all that it writes.
  const program = join(folder, 'pilot-discovery')
  symlinkSync(pathOf(istiodOf(versionOfImage(container.image))), program)
  const proc = startProc({
    name: pod.metadata.name,
    argv: [program, ...argsOf(container, kubeconfig, address)],
    env: { PATH: process.env['PATH'] ?? '', HOME: folder, ...envOf(pod, container, host.server, address) },
    // istiod reads ./etc/istio/config and ./var/lib/istio/inject.
    cwd: folder,
    log: join(folder, 'log'),
  })
  return {
    proc,
    folder,
    ready: () => answersReady(address),
    rewriteVolumes: () => writeVolumes(host.api, pod, container, folder),
  }
}

function argsOf(container: Container, kubeconfig: string, address: string): readonly string[] {
  const names = Object.keys(LISTENERS)
  const own = (arg: string) => names.some((name) => arg.startsWith(`--${name}`))
  const listeners = Object.entries(LISTENERS).map(([name, port]) => `--${name}=${address}:${port}`)
  return [...withoutListeners(container.args ?? [], own), '--kubeconfig', kubeconfig, ...listeners, '--ctrlz_port=0']
}

/** Drops `--name=value` and the pair `--name value`. */
function withoutListeners(args: readonly string[], own: (arg: string) => boolean): readonly string[] {
  return args.filter((arg, index) => {
    const before = args[index - 1] ?? ''
    const isValue = own(before) && !before.includes('=')
    return !own(arg) && !isValue
  })
}

function envOf(pod: Pod, container: Container, server: string, address: string): NodeJS.ProcessEnv {
  const { hostname, port } = new URL(server)
  const set = (container.env ?? []).map((entry) => [entry.name, valueOf(entry, pod, address)] as const)
  return { ...Object.fromEntries(set), KUBERNETES_SERVICE_HOST: hostname, KUBERNETES_SERVICE_PORT: port }
}

function valueOf(entry: EnvVar, pod: Pod, address: string): string | undefined {
  if (entry.value !== undefined) return entry.value
  const fields: Readonly<Record<string, string | undefined>> = {
    'metadata.name': pod.metadata.name,
    'metadata.namespace': pod.metadata.namespace,
    'spec.serviceAccountName': pod.spec.serviceAccountName,
    'spec.nodeName': pod.spec.nodeName,
    'status.podIP': address,
  }
  return fields[entry.valueFrom?.fieldRef?.fieldPath ?? '']
}

async function answersReady(address: string): Promise<boolean> {
  try {
    const { statusCode, body } = await request(`http://${address}:8080/ready`, {
      headersTimeout: 1000,
      bodyTimeout: 1000,
    })
    await body.dump()
    return statusCode === 200
  } catch {
    return false
  }
}

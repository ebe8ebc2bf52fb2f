import { createHash } from 'node:crypto'
import { createReadStream, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { kubeconfigFor } from './access.ts'
import type { AccessOptions, Rule, Subject } from './access.ts'
import { takeRange } from './address-range.ts'
import { build } from './build.ts'
import { binariesOf } from './cache.ts'
import { forgetHistory } from './forget-history.ts'
import { startControlPlane } from './control-plane.ts'
import type { ControlPlane } from './control-plane.ts'
import { startKubelet } from './kubelet.ts'
import type { Kubelet } from './kubelet.ts'
import { NAMESPACE_VARIABLE } from './netns.ts'
import { USUAL_NODES, writeNode, writeNodes } from './nodes.ts'
import type { NodeOptions } from './nodes.ts'
import { meshObjects } from './mesh-objects.ts'
import type { MeshObjects } from './mesh-objects.ts'
import {
  ETCD,
  HELM,
  istioctlOf,
  istiodOf,
  KUBECTL,
  KUBE_APISERVER,
  KUBE_CONTROLLER_MANAGER,
  pathOf,
} from './programs.ts'
import { USUAL_VERSIONS } from './programs.ts'
import { runCommand } from './run-command.ts'
import type { Ran, RunOptions } from './run-command.ts'

export type MeshOptions = {
  readonly apiServers?: 1 | 2
  readonly nodes?: readonly NodeOptions[]
  /** Versions whose istiod and istioctl must be there; default 1.30.0 and 1.31.0. */
  readonly versions?: readonly string[]
}

/** A real control plane with nothing installed in it. Everything it starts ends with `stop`, or with this process. */
export type Mesh = MeshObjects &
  Omit<Kubelet, 'stop' | 'setNodes'> & {
    readonly folder: string
    /** kubeconfig of system:masters, at the first API server. */
    readonly kubeconfig: string
    readonly kubeconfigs: readonly string[]
    readonly plane: ControlPlane
    readonly kubeconfigFor: (subject: Subject, rules: readonly Rule[], options?: AccessOptions) => Promise<string>
    readonly stopApiServer: ControlPlane['stopApiServer']
    readonly startApiServer: ControlPlane['startApiServer']
    /** Lets etcd and the first API server forget the past, as they do by themselves every five minutes. */
    readonly forgetHistory: () => Promise<void>
    readonly kubectl: (args: readonly string[], options?: RunOptions) => Promise<Ran>
    readonly helm: (args: readonly string[], options?: RunOptions) => Promise<Ran>
    readonly istioctl: (version: string, args: readonly string[], options?: RunOptions) => Promise<Ran>
    /** As `clusters.NAME.istioctl` of meshferry.yaml: the folder, and the sha256 of each version's binary. */
    readonly istioctlConfig: (versions?: readonly string[]) => Promise<IstioctlConfig>
    /** Adds a node, or changes its kubelet's version (below 1.33: ordinary sidecars). */
    readonly setNode: (node: NodeOptions) => Promise<void>
    readonly stop: () => Promise<void>
  }

type IstioctlConfig = { readonly dir: string; readonly sha256: Readonly<Record<string, string>> }

/** Starts etcd, API servers, controllers and the stand-in kubelet in the network namespace that this process runs in. */
export async function startMesh(options: MeshOptions = {}): Promise<Mesh> {
  if (!process.env[NAMESPACE_VARIABLE]) {
    throw new Error('A mesh starts only inside a network namespace of the tests: run it by `node test/cluster/run.ts`.')
  }
  const versions = options.versions ?? USUAL_VERSIONS
  const programs = [ETCD, KUBE_APISERVER, KUBE_CONTROLLER_MANAGER, KUBECTL, HELM]
  await build([...programs, ...versions.flatMap((version) => [istioctlOf(version), istiodOf(version)])])
  const folder = mkdtempSync(join(tmpdir(), 'meshferry-mesh-'))
  const range = await takeRange()
  const plane = await startControlPlane(folder, range, options.apiServers ?? 1)
  const nodes = options.nodes ?? USUAL_NODES
  await writeNodes(plane.api, nodes, range.apiServers[0])
  const host = { api: plane.api, server: plane.servers[0] ?? '', caPem: plane.pki.caPem, folder }
  const kubelet = startKubelet({ host, range, nodes })
  const kubeconfig = plane.kubeconfigs[0] ?? ''
  return {
    ...meshObjects(plane),
    ...kubelet,
    ...toolsOf(folder, kubeconfig),
    folder,
    kubeconfig,
    kubeconfigs: plane.kubeconfigs,
    plane,
    kubeconfigFor: (subject, rules, access) => kubeconfigFor(plane, folder, subject, rules, access),
    stopApiServer: plane.stopApiServer,
    startApiServer: plane.startApiServer,
    forgetHistory: () => forgetHistory(plane),
    setNode: async (node) => {
      await writeNode(plane.api, node, range.apiServers[0])
      kubelet.setNodes([...nodes.filter(({ name }) => name !== node.name), node])
    },
    stop: async () => {
      await kubelet.stop()
      await plane.stop()
      await range.giveBack()
      if (!process.env['MESHFERRY_TEST_KEEP']) rmSync(folder, { recursive: true, force: true })
    },
  }
}

function toolsOf(folder: string, kubeconfig: string) {
  // Tools keep caches and settings in HOME: theirs is the mesh's folder, never the person's.
  const env = { KUBECONFIG: kubeconfig, HOME: folder }
  const tool = (file: string) => (args: readonly string[], options?: RunOptions) =>
    runCommand(file, args, { cwd: folder, ...options, env: { ...env, ...options?.env } })
  return {
    kubectl: tool(pathOf(KUBECTL)),
    helm: tool(pathOf(HELM)),
    istioctl: (version: string, args: readonly string[], options?: RunOptions) =>
      tool(pathOf(istioctlOf(version)))(args, options),
    istioctlConfig,
  }
}

async function istioctlConfig(versions: readonly string[] = USUAL_VERSIONS): Promise<IstioctlConfig> {
  const sums = await Promise.all(versions.map(async (version) => [version, await sha256(version)] as const))
  return { dir: binariesOf('istio'), sha256: Object.fromEntries(sums) }
}

async function sha256(version: string): Promise<string> {
  const file = pathOf(istioctlOf(version))
  if (!existsSync(file)) throw new Error(`istioctl ${version} was never built`)
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

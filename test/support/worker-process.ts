import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parse, stringify } from 'yaml'
import type { RunningWorker, WorkerParts } from '../../src/compose/worker.ts'
import { LEASE_TIMES } from '../../src/cluster/lease.ts'

export type WorkerTimesForTests = {
  readonly leaseTimes: NonNullable<WorkerParts['leaseTimes']>
  readonly times: WorkerParts['settings']['times']
}

/** A worker in a process of its own, for a test that ends it as no test could end a part of itself. */
export type WorkerProcess = RunningWorker & {
  readonly pid: number
  readonly lines: readonly string[]
  /** SIGKILL; resolves when it is gone. */
  readonly kill: () => Promise<void>
  /** SIGSTOP and SIGCONT: it believes that no time has passed. */
  readonly freeze: () => void
  readonly thaw: () => void
}

export type WorkerProcessOptions = {
  /** `node src/main.ts worker`, with the product's own times. */
  readonly plain?: boolean
  /** Its children outlive it, as on a system without setpriv. */
  readonly childrenLiveOn?: boolean
}

/** Starts a worker from environment and meshferry.yaml as people write them; resolves when it waits for the Lease or leads. */
export async function startWorkerProcess(
  parts: WorkerParts,
  options: WorkerProcessOptions = {},
): Promise<WorkerProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'meshferry-worker-'))
  const config = join(folder, 'meshferry.yaml')
  writeFileSync(config, stringify(settingsFile(parts)))
  const child = spawn(process.execPath, argumentsOf(parts, options), {
    env: environmentOf(parts, config, folder, options),
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    createInterface(stream).on('line', (line) => {
      lines.push(line)
      if (process.env['RIG_LOG']) process.stderr.write(`${line}\n`)
    })
  }
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    await ended(child, signal)
    rmSync(folder, { recursive: true, force: true })
  }
  return {
    pid: child.pid ?? 0,
    lines,
    leads: () => isOn(child) && saysItLeads(lines),
    kill: () => end('SIGKILL'),
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    stop: async () => {
      child.kill('SIGCONT')
      await end('SIGTERM')
    },
  }
}

function saysItLeads(lines: readonly string[]): boolean {
  return (
    lines.findLast((line) => /this worker (leads|no longer leads)/.test(line))?.includes('this worker leads') ?? false
  )
}

function isOn(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (!isOn(child)) return
  const gone = once(child, 'exit')
  child.kill(signal)
  const late = setTimeout(() => child.kill('SIGKILL'), 15_000)
  await gone
  clearTimeout(late)
}

function argumentsOf({ settings, leaseTimes = LEASE_TIMES }: WorkerParts, options: WorkerProcessOptions): string[] {
  const root = join(import.meta.dirname, '..', '..')
  if (options.plain) return [join(root, 'src', 'main.ts'), 'worker', '--cluster', settings.cluster]
  const times: WorkerTimesForTests = { leaseTimes, times: settings.times }
  return [join(import.meta.dirname, 'worker-entry.ts'), settings.cluster, JSON.stringify(times)]
}

function environmentOf(
  { redisUrl, recordKeys, env }: WorkerParts,
  config: string,
  folder: string,
  { childrenLiveOn = false }: WorkerProcessOptions,
): NodeJS.ProcessEnv {
  return {
    HOME: folder,
    // setpriv is in /usr/bin: a PATH without that folder is a system that has none. /bin/sh is called by its path.
    PATH: childrenLiveOn ? folder : env['PATH'],
    TMPDIR: folder,
    KUBECONFIG: env['KUBECONFIG'],
    REDIS_URL: redisUrl,
    MESHFERRY_CONFIG: config,
    MESHFERRY_RECORD_KEY: recordKeys.join(','),
    LOG_LEVEL: 'info',
    // Starts in half the time: a test ends dozens of them.
    NODE_COMPILE_CACHE: join(tmpdir(), 'meshferry-compile-cache'),
  }
}

/** The rig's parts as meshferry.yaml says them. */
export function settingsFile({ settings, policy, istioctl, env }: WorkerParts): unknown {
  const kubeconfig = parse(readFileSync(env['KUBECONFIG'] ?? '', 'utf8')) as { readonly 'current-context': string }
  return {
    bot: { publicKeys: settings.botKeys },
    namespace: settings.namespace,
    requests: { from: policy.request },
    approvals: {
      install: policy.approve.install,
      switch: policy.approve.switch,
      gateways: policy.approve.rehearse,
      retire: policy.approve.retire,
      rollback: { from: policy.rollback.from, own: policy.rollback.own },
      expires: '24h',
      requesterMayApprove: policy.requesterMayApprove,
    },
    clusters: {
      [settings.cluster]: {
        kube: { context: kubeconfig['current-context'] },
        istioNamespace: settings.istioNamespace,
        channel: settings.channel,
        alarm: { mention: settings.mention },
        istioctl,
        operatorFile: settings.operatorFile,
        start: { switch: policy.start.switch },
        retire: { quietFor: seconds(policy.quietMs), rehearse: seconds(settings.times.rehearsal) },
      },
    },
  }
}

function seconds(ms: number): string {
  return `${Math.ceil(ms / 1000)}s`
}

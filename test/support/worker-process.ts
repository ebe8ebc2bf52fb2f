import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'
import { startWorkerProcess as startProcess, type WorkerProcess } from '../../src/compose/demo/worker-process.ts'
import type { WorkerParts } from '../../src/compose/worker.ts'
import { LEASE_TIMES } from '../../src/cluster/lease.ts'
import { newCalendar } from '../../src/sandbox/clock/calendar.ts'

/** A worker in a process of its own, for a test that ends it as no test could end a part of itself. */
export type TestWorker = WorkerProcess & { readonly lines: readonly string[] }

export type WorkerProcessOptions = {
  /** `node src/main.ts worker`, with the product's own times. */
  readonly plain?: boolean
  /** Its children outlive it, as on a system without setpriv. */
  readonly childrenLiveOn?: boolean
}

const MAIN = join(import.meta.dirname, '..', '..', 'src', 'main.ts')
/** A busy machine ends it late, and in order. */
const STOP_MS = 15_000

/** Starts a worker from environment and meshferry.yaml as people write them. */
export function startWorkerProcess(parts: WorkerParts, options: WorkerProcessOptions = {}): TestWorker {
  const { settings, leaseTimes = LEASE_TIMES } = parts
  const folder = mkdtempSync(join(tmpdir(), 'meshferry-worker-'))
  const config = join(folder, 'meshferry.yaml')
  writeFileSync(config, stringify(settingsFile(parts)))
  const lines: string[] = []
  const worker = startProcess({
    env: environmentOf(parts, config, folder, options),
    start: { cluster: settings.cluster, leaseTimes, times: settings.times },
    calendar: newCalendar(Date.now(), Date.now),
    onLine: (line) => {
      lines.push(line)
      if (process.env['RIG_LOG']) process.stderr.write(`${line}\n`)
    },
    ...(options.plain ? { program: [MAIN, 'worker', '--cluster', settings.cluster] } : {}),
  })
  let isOver = false
  const tidied = async (ended: Promise<void>): Promise<void> => {
    await ended
    isOver = true
    rmSync(folder, { recursive: true, force: true })
  }
  return {
    ...worker,
    lines,
    leads: () => (options.plain ? !isOver && saysItLeads(lines) : worker.leads()),
    kill: () => tidied(worker.kill()),
    stop: () => tidied(worker.stop(STOP_MS)),
  }
}

function saysItLeads(lines: readonly string[]): boolean {
  const said = lines.findLast((line) => /this worker (leads|no longer leads)/.test(line))
  return said?.includes('this worker leads') ?? false
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
    teams: { known: settings.teams },
    nudge: nudgeFile(settings.nudge),
    clusters: {
      [settings.cluster]: {
        restarts: settings.restarts ?? 'off',
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

/** Days of Monday to Sunday, and hours of one day. */
function nudgeFile({ everyMs, max, window }: WorkerParts['settings']['nudge']) {
  const clock = (minute: number): string =>
    `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
  return { every: seconds(everyMs), max, between: `${clock(window.from)}-${clock(window.to)}`, days: 'Mon-Sun' }
}

function seconds(ms: number): string {
  return `${Math.ceil(ms / 1000)}s`
}

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newKeyPair } from '../../src/kernel/signatures.ts'
import { sleep } from '../../src/kernel/retry.ts'
import type { KubeServer } from '../../src/sandbox/kube-server/server.ts'
import { seedIstio } from '../../src/sandbox/kube-server/seed/seed-istio.ts'
import { startKubeServer } from '../../src/sandbox/kube-server/server.ts'
import { startRedis } from '../support/redis.ts'
import type { Row } from './row.ts'

const MAIN = join(import.meta.dirname, '..', '..', 'src', 'main.ts')
const REST_MS = 10_000
/** As deploy/Dockerfile starts it: a small young generation suits a process that mostly waits. */
const AS_DEPLOYED = ['--max-semi-space-size=1']

/** Resident memory of `meshferry worker`, a process of its own that leads and has nothing to do. */
export async function benchMemory(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'meshferry-bench-'))
  const [kube, redis] = await Promise.all([startKubeServer(), startRedis()])
  seedIstio(kube, { version: '1.30.0', era: 'tag' })
  try {
    const env = environment(folder, kube, redis.url)
    return [
      row('worker at rest, as deploy/Dockerfile starts it', await restOf(AS_DEPLOYED, env)),
      row('worker at rest, node src/main.ts worker', await restOf([], env)),
    ]
  } finally {
    await redis.stop()
    await kube.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

function row(measure: string, measured: number | null): Row {
  const note = measured === null ? 'the process ended or its memory cannot be read here' : `after ${REST_MS / 1000} s`
  return { measure, unit: 'MB', target: 170, measured, note }
}

async function restOf(options: readonly string[], env: NodeJS.ProcessEnv): Promise<number | null> {
  const child = spawn(process.execPath, [...options, MAIN, 'worker'], { env, stdio: ['ignore', 'ignore', 'inherit'] })
  const ended = once(child, 'exit')
  await sleep(REST_MS)
  const resident = child.exitCode === null ? residentMb(child.pid) : null
  child.kill('SIGTERM')
  await ended
  return resident
}

/** VmRSS of proc(5), in MB of 1024 × 1024 bytes; null where there is no /proc. */
function residentMb(pid: number | undefined): number | null {
  try {
    const kb = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kb === undefined ? null : Number(kb) / 1024
  } catch {
    return null
  }
}

function environment(folder: string, kube: KubeServer, redisUrl: string): NodeJS.ProcessEnv {
  const [kubeconfig, config] = [join(folder, 'kubeconfig'), join(folder, 'meshferry.yaml')]
  kube.writeKubeconfig(kubeconfig)
  writeFileSync(config, configText(newKeyPair().publicKey))
  return {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    KUBECONFIG: kubeconfig,
    MESHFERRY_CONFIG: config,
    MESHFERRY_RECORD_KEY: 'a-record-key-of-the-bench',
    REDIS_URL: redisUrl,
    LOG_LEVEL: 'error',
  }
}

function configText(publicKey: string): string {
  return `bot: { publicKeys: ["${publicKey}"] }
clusters:
  bench:
    kube: { context: sandbox }
    channel: C0BENCH
approvals:
  install: { need: 1, from: [U0LEE, U0MEI] }
  switch: { need: 1, from: [U0LEE, U0MEI] }
`
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { stringify } from 'yaml'
import type { KubeServer } from '../../src/sandbox/kube-server/server.ts'
import type { Rig } from './rig.ts'
import { settingsFile } from './worker-process.ts'

export type Printed = { readonly exitCode: number; readonly stdout: string; readonly stderr: string }

/** `meshferry …` at a terminal with the cluster's settings and a kubeconfig; it knows neither Slack, Redis nor any key. */
export function atTerminal(rig: Rig, ...args: readonly string[]): Promise<Printed> {
  return atTerminalWith((text) => text, rig, ...args)
}

/** The Secret of deploy/kubernetes: a terminal has no key of its own. */
export function putRecordKey(kube: KubeServer, { parts }: Rig): void {
  const [key = ''] = parts.recordKeys
  kube.put({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'meshferry-worker', namespace: 'meshferry' },
    data: { 'record-key': Buffer.from(key).toString('base64') },
  })
}

/** The same with another meshferry.yaml. */
export async function atTerminalWith(
  edit: (yaml: string) => string,
  { parts }: Rig,
  ...args: readonly string[]
): Promise<Printed> {
  const folder = mkdtempSync(join(tmpdir(), 'meshferry-terminal-'))
  const config = join(folder, 'meshferry.yaml')
  writeFileSync(config, edit(stringify(settingsFile(parts))))
  const env = {
    HOME: folder,
    PATH: process.env['PATH'],
    TMPDIR: folder,
    KUBECONFIG: parts.env['KUBECONFIG'],
    MESHFERRY_CONFIG: config,
  }
  const ended = await execa(process.execPath, ['src/main.ts', ...args], {
    env,
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
  })
  rmSync(folder, { recursive: true, force: true })
  return { exitCode: ended.exitCode ?? -1, stdout: ended.stdout, stderr: ended.stderr }
}

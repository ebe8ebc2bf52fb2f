import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

type Env = Readonly<Record<string, string | undefined>>

/** Ours, and nothing that istioctl or a credential plugin needs. */
const KEPT_BACK = /^(SLACK_|MESHFERRY_|REDIS_|NODE_|JEST_|npm_)/

/**
 * The environment of an istioctl: without our secrets, without colours and, by a HOME of its own, without a person's
 * ~/.istioctl/config.yaml, which could change what it does. Where a credential plugin makes the kubeconfig's token it
 * keeps the real HOME (aws and gcloud read theirs there); ISTIOCONFIG, an empty file, keeps the settings away all the same.
 */
export function childEnv(env: Env, home: string, keepHome: boolean): Readonly<Record<string, string>> {
  const kept = Object.entries(env).filter(([name, value]) => value !== undefined && !KEPT_BACK.test(name))
  return {
    ...(Object.fromEntries(kept) as Record<string, string>),
    ...(keepHome ? {} : { HOME: home }),
    ISTIOCONFIG: settingsFile(home),
    NO_COLOR: '1',
    TERM: 'dumb',
  }
}

/** `setpriv --pdeathsig KILL`, where util-linux has it: then the child dies with us, even by kill -9. */
export function diesWithParent(env: Env): readonly string[] {
  if (process.platform !== 'linux') return []
  const dirs = (env['PATH'] ?? '/usr/bin:/bin').split(delimiter)
  const path = dirs.map((dir) => join(dir, 'setpriv')).find((file) => existsSync(file))
  return path ? [path, '--pdeathsig', 'KILL', '--'] : []
}

/** istioctl refuses to start when ISTIOCONFIG names a file that isn't there, so an empty one must be written. */
export function settingsFile(home: string): string {
  return join(home, 'istioctl-settings.yaml')
}

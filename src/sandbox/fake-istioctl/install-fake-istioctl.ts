import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sha256 } from '../../kernel/hash.ts'
import type { Behaviour } from './behaviour.ts'

export type FakeIstioctl = {
  readonly path: string
  /** Of the launcher, for `istioctl.sha256` in the configuration. */
  readonly sha256: string
  /** Decides how the next starts behave; an empty one makes it well again. */
  readonly behave: (behaviour: Behaviour) => void
}

/** Writes `DIR/istioctl-VERSION` for each version: launchers that replace themselves by Node running the script. */
export function installFakeIstioctl(dir: string, versions: readonly string[]): Readonly<Record<string, FakeIstioctl>> {
  mkdirSync(dir, { recursive: true })
  return Object.fromEntries(versions.map((version) => [version, installOne(dir, version)]))
}

function installOne(dir: string, version: string): FakeIstioctl {
  const path = join(dir, `istioctl-${version}`)
  const settings = `${path}.json`
  const script = fileURLToPath(new URL('istioctl.ts', import.meta.url))
  const environment = `FAKE_ISTIOCTL_VERSION=${quoted(version)} FAKE_ISTIOCTL_SETTINGS=${quoted(settings)} NODE_OPTIONS=`
  const launcher = `#!/bin/sh\n${environment} exec ${quoted(process.execPath)} ${quoted(script)} "$@"\n`
  writeFileSync(path, launcher)
  chmodSync(path, 0o755)
  rmSync(settings, { force: true })
  return {
    path,
    sha256: sha256(launcher),
    behave: (behaviour) => writeFileSync(settings, JSON.stringify(behaviour)),
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

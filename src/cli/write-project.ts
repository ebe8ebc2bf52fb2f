import { existsSync, writeFileSync } from 'node:fs'
import type { NewProject } from './init.ts'
import type { Outcome, Say } from './outcome.ts'

/**
 * Writes both files, or, where one of them is there already, none: keys and settings only fit together. The keys are
 * readable by their owner alone.
 */
export function writeProject(
  project: NewProject,
  paths: { readonly yaml: string; readonly env: string },
  say: Say,
): Outcome {
  const there = [paths.yaml, paths.env].filter((path) => existsSync(path))
  if (there.length > 0) {
    return { lines: there.map((path) => `FAIL  ${say('FILE_EXISTS', { file: path })}`), exitCode: 1 }
  }
  // `wx`: whoever was quicker since the look above is not written over either.
  writeFileSync(paths.env, project.env, { flag: 'wx', mode: 0o600 })
  writeFileSync(paths.yaml, project.yaml, { flag: 'wx', mode: 0o644 })
  return { lines: [`ok    ${paths.yaml}`, `ok    ${paths.env}`], exitCode: 0 }
}

import { homedir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
export const bin = join(root, 'node_modules', '.bin')
export const node24 = join(bin, 'node')

/** Where downloads live that should outlast a clone. */
export function cacheFolder() {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'meshferry')
}

/** The environment in which `node` and the project's tools are those from node_modules. */
export function environment() {
  return { ...process.env, PATH: [bin, ...pathFolders()].join(delimiter) }
}

/**
 * The environment of npm itself: without node_modules/.bin, because `npm ci` deletes that folder while it runs and would
 * otherwise lose the node it runs on.
 */
export function outerEnvironment() {
  return { ...process.env, PATH: pathFolders().join(delimiter) }
}

/** The folders of PATH, without this clone's own node_modules/.bin. */
export function pathFolders() {
  return (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '' && folder !== bin)
}

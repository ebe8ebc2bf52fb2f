import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { collect, runWithProgress } from './child.mjs'
import { outerEnvironment, pathFolders } from './paths.mjs'
import { findRedis, redisCache } from './redis.mjs'

const advice =
  'Install redis-server or valkey-server (Redis ≥ 7) so that it is on PATH, or start Docker, and run this again.'

/** Package managers that can only install for the whole system, and how. */
const systemWide = [
  { tool: 'brew', args: ['install', 'redis'], needsRoot: false },
  { tool: 'apk', args: ['add', 'redis'], needsRoot: true },
  { tool: 'dnf', args: ['install', '-y', 'redis'], needsRoot: true },
  { tool: 'yum', args: ['install', '-y', 'redis'], needsRoot: true },
  { tool: 'pacman', args: ['-S', '--noconfirm', 'redis'], needsRoot: true },
  { tool: 'zypper', args: ['--non-interactive', 'install', 'redis'], needsRoot: true },
]

/**
 * Makes sure that there is a Redis for the tests. Where apt is, its packages are unpacked into the user's cache, which
 * needs no root and starts no service; elsewhere the package manager installs it. At a terminal it asks first.
 */
export async function ensureRedis() {
  if (await findRedis()) return
  const manager = hasTool('apt-get') && hasTool('dpkg') ? null : systemWide.find(({ tool }) => hasTool(tool))
  if (manager === undefined) throw new Error(`There is no Redis for the tests. ${advice}`)
  const what = manager ? `install Redis with ${manager.tool}` : `fetch a private copy of Redis into ${redisCache()}`
  if (!(await mayI(what))) throw new Error(`There is no Redis for the tests, and you said no to one. ${advice}`)
  await (manager ? installForSystem(manager) : fetchPrivateCopy())
  if (await findRedis()) return
  throw new Error(`Redis was installed, but can't be found. ${advice}`)
}

/** @param {string} what */
async function mayI(what) {
  if (process.env.CI || !process.stdin.isTTY || !process.stdout.isTTY) return true
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await terminal.question(`The tests need a Redis of their own. May I ${what}? [Y/n] `)
  terminal.close()
  return !/^n/i.test(answer.trim())
}

/** @param {{ tool: string, args: string[], needsRoot: boolean }} manager */
async function installForSystem({ tool, args, needsRoot }) {
  const sudo = needsRoot && process.getuid?.() !== 0
  const [command, ...rest] = sudo ? ['sudo', '-n', tool, ...args] : [tool, ...args]
  await must(`Installing Redis (${tool})`, command ?? tool, rest)
}

/** Downloads the packages that this system lacks for redis-server, and unpacks them without installing them. */
async function fetchPrivateCopy() {
  mkdirSync(join(redisCache(), '..'), { recursive: true })
  const folder = mkdtempSync(`${redisCache()}-`)
  try {
    const options = aptOptions(folder)
    const names = await missingPackages(folder, options)
    await must('Fetching Redis (apt-get download)', 'apt-get', [...options, 'download', ...names], folder)
    for (const name of readdirSync(folder).filter((file) => file.endsWith('.deb'))) {
      await quietly('dpkg', ['-x', join(folder, name), join(folder, 'root')])
      rmSync(join(folder, name))
    }
    await keep(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * Which packages to download. The system's own package lists may never have been fetched, or be stale, so fresh ones are
 * fetched into our folder; only where that fails the system's are used.
 * @param {string} folder
 * @param {string[]} options are shortened when the fresh lists can't be had
 */
async function missingPackages(folder, options) {
  mkdirSync(join(folder, 'lists', 'partial'), { recursive: true })
  mkdirSync(join(folder, 'archives', 'partial'), { recursive: true })
  const update = await runWithProgress('Fetching package lists (apt-get update)', 'apt-get', [...options, 'update'])
  if (update.code !== 0) options.splice(0, 2)
  const install = ['--print-uris', '-y', '--no-install-recommends', 'install', 'redis-server']
  const uris = await quietly('apt-get', [...options, ...install])
  return [...uris.matchAll(/^'\S+' (\S+?)_\S+\.deb /gm)].map(([, name]) => name ?? '')
}

/** @param {string} folder */
function aptOptions(folder) {
  const lists = ['-o', `Dir::State::Lists=${join(folder, 'lists')}`]
  const caches = ['pkgcache', 'srcpkgcache'].flatMap((name) => ['-o', `Dir::Cache::${name}=${join(folder, name)}`])
  const archives = ['-o', `Dir::Cache::Archives=${join(folder, 'archives')}`]
  // Root's apt would hand the download to the user _apt, who can't write in our folder.
  return [...lists, ...caches, ...archives, '-o', 'Debug::NoLocking=1', '-o', 'APT::Sandbox::User=root']
}

/**
 * Moves the unpacked copy to its place in one step, so that a half-made one is never found, and notes how to start it.
 * @param {string} folder
 */
async function keep(folder) {
  const place = redisCache()
  const unpacked = join(folder, 'root')
  const found = (await quietly('find', [unpacked, '-name', '*.so*', '-printf', '%h\n'])).trim().split('\n')
  const libraries = [...new Set(found)].filter(Boolean).map((path) => path.replace(unpacked, join(place, 'root')))
  const command = join(place, 'root', 'usr', 'bin', 'redis-server')
  for (const name of ['lists', 'archives', 'pkgcache', 'srcpkgcache', 'pkgcache.bin', 'srcpkgcache.bin']) {
    rmSync(join(folder, name), { recursive: true, force: true })
  }
  writeFileSync(join(folder, 'server.json'), `${JSON.stringify({ command, libraries }, null, 2)}\n`)
  rmSync(place, { recursive: true, force: true })
  renameSync(folder, place)
}

/**
 * @param {string} label
 * @param {string} command
 * @param {string[]} args
 * @param {string} [cwd]
 */
async function must(label, command, args, cwd) {
  const { code, output } = await runWithProgress(label, command, args, {
    env: outerEnvironment(),
    ...(cwd ? { cwd } : {}),
  })
  if (code !== 0) throw new Error(`${label} failed. What it said:\n${output.trim()}\n${advice}`)
}

/**
 * @param {string} command
 * @param {string[]} args
 */
async function quietly(command, args) {
  const { code, output } = await collect(command, args, { env: outerEnvironment() })
  if (code !== 0) throw new Error(`${command} failed. What it said:\n${output.trim()}\n${advice}`)
  return output
}

/** @param {string} tool */
function hasTool(tool) {
  return pathFolders().some((folder) => {
    try {
      return readdirSync(folder).includes(tool)
    } catch {
      return false
    }
  })
}

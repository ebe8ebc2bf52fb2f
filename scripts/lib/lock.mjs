/** @typedef {Record<string, { version?: string, dev?: boolean, optionalDependencies?: Record<string, string> }>} Packages */

const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32']
const processors = ['arm64', 'arm', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'x64']

/**
 * The optional dependencies that a lock names but doesn't list. Only those of one exact version: which version a range
 * means can't be known without the registry.
 * @param {Packages} packages as in package-lock.json
 */
export function missingOptionals(packages) {
  return Object.entries(packages).flatMap(([path, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name]) => !isListed(packages, path, name))
      .map(([name, version]) => ({ name, version, dev: entry.dev === true })),
  )
}

/**
 * For which systems and processors a package is, by its name (binding-linux-arm-gnueabihf); npm skips it on others.
 * @param {string} name
 */
export function platformOf(name) {
  const words = name.split(/[/-]/)
  const os = systems.filter((system) => words.includes(system))
  const cpu = processors.filter((processor) => words.includes(processor))
  if (os.length === 0 || cpu.length === 0) throw new Error(`${name} does not say for which platform it is.`)
  const libc = words.includes('musl') ? ['musl'] : words.includes('gnu') ? ['glibc'] : null
  return { cpu, ...(libc ? { libc } : {}), os }
}

/**
 * Looks where Node would: beside the dependent's own modules, then in each folder above.
 * @param {Packages} packages
 * @param {string} from
 * @param {string} name
 * @returns {boolean}
 */
function isListed(packages, from, name) {
  if (packages[`${from === '' ? '' : `${from}/`}node_modules/${name}`]) return true
  if (from === '') return false
  const above = from.lastIndexOf('/node_modules/')
  return isListed(packages, above < 0 ? '' : from.slice(0, above), name)
}

/** Who may import whom: the table of rooms in docs, as data. Both the wall test and oxlint.config.ts are made from it. */

export type Wall = {
  /** Rooms it may import. */
  readonly rooms: readonly Room[]
  /** Rooms of which it may import types only. */
  readonly types: readonly Room[]
  /** npm packages it may import; tests beside the code may use `testPackages` too. */
  readonly packages: readonly string[]
  /** Whether it may import node:… modules. */
  readonly builtins: boolean
}

export const rooms = [
  'kernel',
  'wire',
  'words',
  'config',
  'istio',
  'upgrade',
  'census',
  'notify',
  'restarts',
  'ports',
  'flows',
  'cluster',
  'chat',
  'jobs',
  'store',
  'audit',
  'web',
  'cli',
  'sandbox',
] as const

export type Room = (typeof rooms)[number]

/** Rooms without time, randomness, processes and timers: whatever they need of these is an argument. */
export const pureRooms: readonly Room[] = ['istio', 'upgrade', 'census', 'notify', 'restarts']

/** The only places outside the rooms: they build the real parts and may import everything. */
export const builders: readonly string[] = ['compose', 'main.ts']

/** What a pure room may not name. */
export const impureGlobals: readonly string[] = [
  'Date',
  'performance',
  'process',
  'crypto',
  'fetch',
  'console',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
]

/** How files are named that only tests run: the tests themselves, and what they share beside the code. */
export const testEndings: readonly string[] = ['.test.ts', '-for-tests.ts']

const testPackages: readonly string[] = ['@jest/globals', 'fast-check', 'fast-json-patch']

/** The sandbox is judged by the libraries that will speak to the real thing. */
const sandboxTestPackages: readonly string[] = [
  '@slack/bolt',
  '@slack/types',
  '@slack/web-api',
  '@kubernetes/client-node',
  'undici',
  'execa',
  'yaml',
]

export const walls: Readonly<Record<Room, Wall>> = {
  kernel: wall([], { packages: ['pino', 'ulid', 'temporal-polyfill'], builtins: true }),
  wire: wall(['kernel'], { packages: ['zod'] }),
  words: wall(['kernel', 'wire']),
  config: wall(['kernel', 'wire', 'istio'], { packages: ['zod', 'yaml'], builtins: true }),
  istio: wall(['kernel'], { packages: ['semver', 'yaml', 'zod'] }),
  upgrade: wall(['kernel', 'wire', 'istio'], { packages: ['zod'] }),
  census: wall(['kernel', 'wire', 'istio']),
  notify: wall(['kernel', 'wire', 'upgrade', 'census']),
  restarts: wall(['kernel', 'wire', 'istio']),
  ports: wall(['kernel', 'wire'], { types: pureRooms }),
  flows: wall(['kernel', 'wire', 'words', 'config', 'istio', 'upgrade', 'census', 'notify', 'restarts', 'ports'], {
    builtins: true,
  }),
  cluster: wall(['kernel', 'wire', 'ports', 'istio'], {
    types: pureRooms,
    packages: ['@kubernetes/client-node', 'undici', 'execa', 'protobufjs', 'yaml', 'zod'],
    builtins: true,
  }),
  chat: wall(['kernel', 'wire', 'words', 'ports', 'flows'], {
    packages: ['@slack/bolt', '@slack/types', '@slack/web-api', 'zod'],
    builtins: true,
  }),
  jobs: wall(['kernel', 'wire', 'ports', 'flows'], { packages: ['bullmq', 'ioredis', 'zod'], builtins: true }),
  store: wall(['kernel', 'wire', 'ports'], { packages: ['ioredis', 'zod'], builtins: true }),
  audit: wall(['kernel', 'wire', 'words', 'ports'], { packages: ['zod'], builtins: true }),
  web: wall(['kernel', 'wire', 'ports'], { packages: ['prom-client', 'zod'], builtins: true }),
  cli: wall(['kernel', 'wire', 'words', 'config', 'ports', 'flows'], { packages: ['yaml', 'zod'], builtins: true }),
  sandbox: wall(['kernel'], { packages: ['fast-json-patch', 'htm', 'preact', 'ws', 'yaml', 'zod'], builtins: true }),
}

function wall(allowed: readonly Room[], more: Partial<Omit<Wall, 'rooms'>> = {}): Wall {
  return { rooms: allowed, types: [], packages: [], builtins: false, ...more }
}

/** The packages that a file of this room may import. */
export function packagesOf(room: Room, isTest: boolean): readonly string[] {
  if (!isTest) return walls[room].packages
  return [...walls[room].packages, ...testPackages, ...(room === 'sandbox' ? sandboxTestPackages : [])]
}

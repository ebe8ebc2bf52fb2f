import { readFileSync } from 'node:fs'
import { defineConfig, type OxlintOverride } from 'oxlint'
import {
  builders,
  impureGlobals,
  packagesOf,
  pureRooms,
  type Room,
  rooms,
  testEndings,
  walls,
} from './test/walls/table.ts'

const manifest = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'))
/** What is installed, and what the table names for later: a room may not import either unless its line says so. */
const packages: readonly string[] = [
  ...new Set([
    ...Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }),
    ...Object.values(walls).flatMap((wall) => wall.packages),
  ]),
]

/** One entry of no-restricted-imports: what matches may not be imported, or only as types. */
function refuse(regex: string, message: string, allowTypeImports = false) {
  return { regex, message, allowTypeImports }
}

function anyOf(names: readonly string[]): string {
  return `(${names.map((name) => name.replaceAll('.', String.raw`\.`)).join('|')})`
}

/**
 * The walls of one room as patterns, for its files so many folders deep; the same table as in the wall test, read by
 * another reader. Only the depth tells the room istio from a folder istio inside another room.
 */
function patternsOf(room: Room, isTest: boolean, depth: number) {
  const { rooms: open, types, builtins } = walls[room]
  const src = `^(\\.\\./){${depth}}`
  const others = rooms.filter((other) => other !== room && !open.includes(other))
  const shut = others.filter((other) => !types.includes(other))
  const forTypes = others.filter((other) => types.includes(other))
  const foreign = packages.filter((name) => !packagesOf(room, isTest).includes(name))
  const ours = `(^(\\.\\./){${depth + 1}}|${anyOf(testEndings)}$)`
  return [
    refuse(`${src}${anyOf(shut)}/`, `${room} may not import this room (test/walls/table.ts).`),
    refuse(`${src}${anyOf(builders)}(/|$)`, 'Only the command line starts here; no room may import it.'),
    refuse(`^${anyOf(foreign)}(/|$)`, `${room} may not import this package (test/walls/table.ts).`),
    ...(forTypes.length > 0 ? [refuse(`${src}${anyOf(forTypes)}/`, `${room} may import only its types.`, true)] : []),
    ...(builtins || isTest ? [] : [refuse('^node:', `${room} needs nothing of Node; take it as an argument.`)]),
    ...(isTest ? [] : [refuse(ours, 'The product may not import its tests, nor anything outside src.')]),
  ]
}

const depths = [1, 2, 3, 4, 5]

const roomOverrides = rooms.flatMap((room) =>
  depths.flatMap((depth) =>
    [false, true].map((isTest): OxlintOverride => {
      const folder = `**/src/${room}/${'*/'.repeat(depth - 1)}`
      return {
        files: (isTest ? testEndings : ['.ts']).map((ending) => `${folder}*${ending}`),
        rules: { 'no-restricted-imports': ['error', { patterns: patternsOf(room, isTest, depth) }] },
      }
    }),
  ),
)

const unused = {
  argsIgnorePattern: '^_',
  varsIgnorePattern: '^_',
  caughtErrorsIgnorePattern: '^_',
  destructuredArrayIgnorePattern: '^_',
  ignoreRestSiblings: true,
}

const pure = 'The pure rooms take time, randomness and the outside as arguments.'

export default defineConfig({
  plugins: ['typescript', 'unicorn', 'oxc', 'import', 'jest', 'promise', 'node'],
  options: { typeAware: true, reportUnusedDisableDirectives: 'error' },
  categories: { correctness: 'error' },
  ignorePatterns: ['node_modules', 'coverage', '.cache', 'test/walls/canary', '**/fixtures'],
  rules: {
    complexity: ['error', { max: 10 }],
    eqeqeq: 'error',
    'max-lines': ['error', { max: 300 }],
    'max-lines-per-function': ['error', { max: 50 }],
    'no-unused-vars': ['error', unused],
    'no-var': 'error',
    'prefer-const': 'error',
    'import/no-cycle': ['error', { ignoreTypes: true }],
    'import/no-default-export': 'error',
    // toThrow() alone says enough where any refusal will do.
    'jest/require-to-throw-message': 'off',
    'jest/expect-expect': ['error', { assertFunctionNames: ['expect*', 'fc.assert'] }],
    'jest/no-disabled-tests': 'error',
    'jest/no-focused-tests': 'error',
    'oxc/no-const-enum': 'error',
    'typescript/ban-ts-comment': 'error',
    'typescript/consistent-type-imports': 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    // Slack counts code points, which is what spreading a string gives.
    'typescript/no-misused-spread': 'off',
    'typescript/no-namespace': 'error',
    'typescript/only-throw-error': 'error',
    'typescript/parameter-properties': 'error',
    'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
  },
  overrides: [
    ...roomOverrides,
    {
      files: pureRooms.map((room) => `**/src/${room}/**/*.ts`),
      rules: {
        'no-restricted-globals': ['error', ...impureGlobals.map((name) => ({ name, message: pure }))],
        'no-restricted-properties': ['error', { object: 'Math', property: 'random', message: pure }],
      },
    },
    {
      files: [...testEndings.map((ending) => `**/*${ending}`), 'test/**'],
      rules: { 'max-lines-per-function': 'off', 'no-restricted-globals': 'off', 'no-restricted-properties': 'off' },
    },
    // A property speaks of what was drawn, and that it was drawn is shown beside it.
    { files: ['**/*.property.test.ts'], rules: { 'jest/no-conditional-expect': 'off' } },
    // Jest's reporter and sequencer and the tools' own settings are found by their default export.
    {
      files: ['*.config.ts', 'test/**/*.config.ts', 'test/support/heartbeat.mjs', 'test/support/slow-first.mjs'],
      rules: { 'import/no-default-export': 'off' },
    },
  ],
})

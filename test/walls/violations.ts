import { builtinModules } from 'node:module'
import { posix } from 'node:path'
import { type Import, importsOf, withoutComments } from './imports.ts'
import { builders, impureGlobals, packagesOf, pureRooms, type Room, rooms, testEndings, walls } from './table.ts'

export type Violation = { readonly path: string; readonly line: number; readonly why: string }

/** What a file breaks of the table. `path` is from the folder that holds src/, with slashes: src/istio/hops.ts. */
export function violationsOf(path: string, source: string): readonly Violation[] {
  const [, first = '', second] = path.split('/')
  if (builders.includes(first)) return []
  if (second === undefined) return [{ path, line: 1, why: 'lies in no room' }]
  if (!isRoom(first)) return [{ path, line: 1, why: `"${first}" is no room of the table` }]
  const wrong = importsOf(source).flatMap((found) => {
    const why = wrongImport(first, path, found)
    return why ? [{ path, line: found.line, why: `${first} may not import ${why}` }] : []
  })
  return [...wrong, ...impurities(first, path, source)]
}

function wrongImport(room: Room, path: string, found: Import): string | null {
  const { specifier } = found
  if (specifier.startsWith('.')) return wrongFile(room, path, found)
  const name = packageName(specifier)
  if (isTestFile(path) && isBuiltin(specifier)) return null
  if (isBuiltin(specifier)) return walls[room].builtins ? null : specifier
  return packagesOf(room, isTestFile(path)).includes(name) ? null : name
}

function wrongFile(room: Room, path: string, { specifier, typeOnly }: Import): string | null {
  const target = posix.join(posix.dirname(path), specifier)
  const isTest = isTestFile(path)
  if (isTestFile(target) && !isTest) return target
  if (!target.startsWith('src/')) return isTest ? null : target
  const [, there = '', below] = target.split('/')
  if (below === undefined || !isRoom(there)) return target
  return wrongRoom(room, there, typeOnly) ? target : null
}

function wrongRoom(from: Room, to: Room, typeOnly: boolean): boolean {
  if (from === to || walls[from].rooms.includes(to)) return false
  return !typeOnly || !walls[from].types.includes(to)
}

function impurities(room: Room, path: string, source: string): readonly Violation[] {
  if (!pureRooms.includes(room) || isTestFile(path)) return []
  const globals = new RegExp(String.raw`(?<![\w.'"-])(?:${impureGlobals.join('|')})(?=[.(])|\bMath\.random\b`)
  return withoutComments(source)
    .split('\n')
    .flatMap((text, index) => {
      const found = globals.exec(text)
      return found ? [{ path, line: index + 1, why: `${room} is pure and may not use ${found[0]}` }] : []
    })
}

function isTestFile(path: string): boolean {
  return testEndings.some((ending) => path.endsWith(ending))
}

function isRoom(name: string): name is Room {
  return (rooms as readonly string[]).includes(name)
}

function isBuiltin(specifier: string): boolean {
  return specifier.startsWith('node:') || builtinModules.includes(specifier)
}

function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

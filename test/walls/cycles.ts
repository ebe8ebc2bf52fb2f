import { posix } from 'node:path'
import { importsOf } from './imports.ts'

/** Every ring of files that import each other when they run, each as its path of files; types make no ring. */
export function cyclesIn(files: ReadonlyMap<string, string>): readonly (readonly string[])[] {
  const edges = new Map([...files].map(([path, source]) => [path, targetsOf(path, source)]))
  const finished = new Set<string>()
  const rings: string[][] = []
  const visit = (path: string, trail: readonly string[]) => {
    const at = trail.indexOf(path)
    if (at >= 0) rings.push([...trail.slice(at), path])
    if (at >= 0 || finished.has(path)) return
    for (const next of edges.get(path) ?? []) visit(next, [...trail, path])
    finished.add(path)
  }
  for (const path of files.keys()) visit(path, [])
  return rings
}

function targetsOf(path: string, source: string): readonly string[] {
  return importsOf(source)
    .filter(({ specifier, typeOnly }) => specifier.startsWith('.') && !typeOnly)
    .map(({ specifier }) => posix.join(posix.dirname(path), specifier))
}

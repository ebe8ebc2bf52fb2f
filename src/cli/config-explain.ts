import type { Explained } from '../config/explain.ts'
import type { Outcome } from './outcome.ts'

/** `meshferry config explain [PART]`: each setting whose name holds PART, with value, origin and meaning. */
export function showExplained(settings: readonly Explained[], part = ''): Outcome {
  const wanted = settings.filter(({ name }) => name.toLowerCase().includes(part.toLowerCase()))
  const lines = wanted.flatMap(({ name, meaning, value, from }) => [
    `${name} = ${value === '' ? '-' : value}   (${from})`,
    `    ${meaning}`,
  ])
  return { lines, exitCode: wanted.length > 0 ? 0 : 1 }
}

import type { Explained } from '../config/explain.ts'
import type { Outcome } from './outcome.ts'

/** `meshferry config explain [PART]`: each setting whose name holds PART, with value, origin and meaning. */
export function showExplained(settings: readonly Explained[], part = ''): Outcome {
  const wanted = settings.filter(({ name }) => name.toLowerCase().includes(part.toLowerCase()))
  if (wanted.length === 0)
    return { lines: [`No setting has “${part}” in its name. All of them: meshferry config explain`], exitCode: 1 }
  const lines = wanted.flatMap(({ name, meaning, value, from }) => [
    `${name} = ${value === '' ? '-' : value}   (${from})`,
    `    ${meaning}`,
  ])
  return { lines, exitCode: 0 }
}

import type { ReadSettings } from '../config/load.ts'
import type { Outcome, Say } from './outcome.ts'

/** `meshferry config check`: everything that is wrong at once, each with its line and its next action. */
export function checkConfig({ settings, problems }: ReadSettings, say: Say): Outcome {
  if (!settings) return { lines: problems.map(({ code, facts }) => say(code, facts)), exitCode: 1 }
  return { lines: [`ok  ${settings.file}  ${Object.keys(settings.clusters).join(', ')}`], exitCode: 0 }
}

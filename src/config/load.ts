import { CodedError, type Refusal } from '../kernel/errors.ts'
import { type Env, readEnvironment, type ReadFile } from './environment.ts'
import { fileSchema } from './file-schema.ts'
import { problemsOf } from './problems.ts'
import { resolveFile } from './resolve.ts'
import { needProblems } from './resolve-approvals.ts'
import type { FileSettings, Settings } from './settings.ts'
import { readYaml, type YamlFile } from './yaml-file.ts'

export type ReadSettings = {
  /** Null when there is any problem. */
  readonly settings: Settings | null
  readonly problems: readonly Refusal[]
  /** The file as it stands, for `config explain`; null where it can't be read. */
  readonly yaml: YamlFile | null
}

/**
 * Environment and meshferry.yaml together, with everything that is wrong at once: CONFIG_MISSING {file}, CONFIG_YAML,
 * CONFIG_NEED_UNREACHABLE, and the codes of `readEnvironment` and `problemsOf`. Never throws.
 */
export function readSettings(env: Env, readFile: ReadFile): ReadSettings {
  const environment = readEnvironment(env, readFile)
  const file = environment.env?.configFile ?? env['MESHFERRY_CONFIG'] ?? 'meshferry.yaml'
  const text = textOf(file, readFile)
  if (text === null) {
    return {
      settings: null,
      yaml: null,
      problems: [...environment.problems, { code: 'CONFIG_MISSING', facts: { file } }],
    }
  }
  const yaml = readYaml(file, text)
  const read = readContent(file, yaml)
  const problems = [...environment.problems, ...read.problems]
  const complete = environment.env && read.settings && problems.length === 0
  return { settings: complete ? { ...read.settings, env: environment.env } : null, problems, yaml }
}

/** The settings, or the first thing that is wrong with them as a CodedError; `also` counts the others. */
export function loadSettings(env: Env, readFile: ReadFile): Settings {
  const { settings, problems } = readSettings(env, readFile)
  if (settings) return settings
  const [first, ...others] = problems
  throw new CodedError(first?.code ?? 'INTERNAL', {
    ...first?.facts,
    ...(others.length > 0 ? { also: others.length } : {}),
  })
}

type Content = { readonly settings: FileSettings | null; readonly problems: readonly Refusal[] }

function readContent(file: string, yaml: YamlFile): Content {
  if (yaml.problems.length > 0) return { settings: null, problems: yaml.problems }
  const problems = problemsOf(file, yaml)
  const raw = fileSchema.safeParse(yaml.value)
  if (problems.length > 0 || !raw.success) return { settings: null, problems }
  const settings = resolveFile(file, raw.data)
  const unreachable = Object.values(settings.clusters).flatMap(({ name, approvals, requestsFrom }) =>
    needProblems(name, approvals, requestsFrom),
  )
  const located = unreachable.map(({ code, facts }) => ({ code, facts: { file, ...facts } }))
  return { settings, problems: located }
}

function textOf(file: string, readFile: ReadFile): string | null {
  try {
    return readFile(file)
  } catch {
    return null
  }
}

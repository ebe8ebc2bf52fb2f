import { readFileSync } from 'node:fs'
import { checkConfig } from '../cli/config-check.ts'
import { showExplained } from '../cli/config-explain.ts'
import { runDoctor } from '../cli/doctor.ts'
import { doctorArguments } from '../cli/doctor-arguments.ts'
import { doctorChecks } from '../cli/doctor-checks.ts'
import { newProject } from '../cli/init.ts'
import type { Outcome } from '../cli/outcome.ts'
import { writeProject } from '../cli/write-project.ts'
import { explainSettings } from '../config/explain.ts'
import { readSettings } from '../config/load.ts'
import type { Facts } from '../kernel/errors.ts'
import { sayLine } from '../words/say.ts'
import { doctorParts } from './doctor-parts.ts'

const USAGE_ERROR = 64
const inEnglish = (code: string, facts: Facts): string => `${code}: ${sayLine(code, facts, 'en')}`

export async function doctor(args: readonly string[]): Promise<number> {
  const asked = doctorArguments(args)
  return print(await runDoctor(await doctorChecks(doctorParts(), asked), inEnglish))
}

export async function config([what, part]: readonly string[]): Promise<number> {
  const read = readSettings(process.env, (path) => readFileSync(path, 'utf8'))
  if (what === 'check') return print(checkConfig(read, inEnglish))
  if (what !== 'explain') {
    console.error('meshferry config check | config explain [PART]')
    return USAGE_ERROR
  }
  const file = process.env['MESHFERRY_CONFIG'] ?? 'meshferry.yaml'
  return print(showExplained(explainSettings(process.env, file, read.yaml), part))
}

export async function init([cluster = 'prod-a', context = cluster]: readonly string[]): Promise<number> {
  const yaml = process.env['MESHFERRY_CONFIG'] ?? 'meshferry.yaml'
  return print(writeProject(newProject(cluster, context), { yaml, env: '.env' }, inEnglish))
}

function print({ lines, exitCode }: Outcome): number {
  for (const line of lines) console.log(line)
  return exitCode
}

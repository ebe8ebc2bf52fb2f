import { CODES, type Code } from '../../src/wire/codes.ts'
import { sentenceOf } from '../../src/words/say.ts'
import { censusEn } from '../../src/words/en/census.ts'
import { chatEn } from '../../src/words/en/chat.ts'
import { clusterEn } from '../../src/words/en/cluster.ts'
import { commandsEn } from '../../src/words/en/commands.ts'
import { configEn } from '../../src/words/en/config.ts'
import { dialogsEn } from '../../src/words/en/dialogs.ts'
import { environmentEn } from '../../src/words/en/environment.ts'
import { evidenceEn } from '../../src/words/en/evidence.ts'
import { injectionEn } from '../../src/words/en/injection.ts'
import { istioctlEn } from '../../src/words/en/istioctl.ts'
import { machineryEn } from '../../src/words/en/machinery.ts'
import { overEn } from '../../src/words/en/over.ts'
import { preflightEn } from '../../src/words/en/preflight.ts'
import { proofsEn } from '../../src/words/en/proofs.ts'
import { requestsEn } from '../../src/words/en/requests.ts'
import { restartsEn } from '../../src/words/en/restarts.ts'
import { retireEn } from '../../src/words/en/retire.ts'
import { runEn } from '../../src/words/en/run.ts'
import { teamsEn } from '../../src/words/en/teams.ts'
import { sidecarEn } from '../../src/words/en/sidecar.ts'
import { toolsEn } from '../../src/words/en/tools.ts'

const GROUPS: readonly (readonly [title: string, sentences: object])[] = [
  ['Slack and the bot', chatEn],
  ['Typed commands', commandsEn],
  ['Dialogs', dialogsEn],
  ['Requests, decisions and rights', requestsEn],
  ['What preflight finds', preflightEn],
  ['Injectors and tags', injectionEn],
  ['Proofs', proofsEn],
  ['Steps, halts and alarms', runEn],
  ['Pods on an old sidecar', censusEn],
  ['Messages to teams', teamsEn],
  ['Is it the sidecar?', sidecarEn],
  ['Restarts that owners click', restartsEn],
  ['Cards of upgrades that are over', overEn],
  ['Retiring the old control plane', retireEn],
  ['Evidence', evidenceEn],
  ['istioctl', istioctlEn],
  ['istioctl at work', toolsEn],
  ['The cluster and its records', clusterEn],
  ["The worker's own parts", machineryEn],
  ['meshferry.yaml', configEn],
  ['The environment', environmentEn],
]

/** Every code with its sentence and next action, in groups. Throws where a code belongs to none. */
export function codesPart(): string {
  const homeless = CODES.filter((code) => !GROUPS.some(([, sentences]) => code in sentences))
  if (homeless.length > 0) throw new Error(`codes without a group in the runbook: ${homeless.join(', ')}`)
  return GROUPS.map(([title, sentences]) => groupText(title, sentences)).join('\n\n')
}

function groupText(title: string, sentences: object): string {
  const codes = CODES.filter((code) => code in sentences).toSorted()
  return [`### ${title}`, ...codes.map(codeText)].join('\n\n')
}

function codeText(code: Code): string {
  const [what, next] = sentenceOf(code, 'en')
  return [`#### ${code}`, shown(what), ...(next ? [`**Do next:** ${shown(next)}`] : [])].join('\n\n')
}

/** A template as one reads it: facts in angle quotes; what is only said where a fact is known is said. */
function shown(template: string): string {
  return template
    .replaceAll(/\[\[|\]\]/g, '')
    .replaceAll(/\{\w+\|[^{}|]*\|([^{}|]*)\}/g, '$1')
    .replaceAll(/\{(\w+)\}/g, '‹$1›')
}

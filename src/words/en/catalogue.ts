import { censusEn } from './census.ts'
import { chatEn } from './chat.ts'
import { clusterEn } from './cluster.ts'
import { commandsEn } from './commands.ts'
import { configEn } from './config.ts'
import { dialogsEn } from './dialogs.ts'
import { environmentEn } from './environment.ts'
import { evidenceEn } from './evidence.ts'
import { injectionEn } from './injection.ts'
import { istioctlEn } from './istioctl.ts'
import { machineryEn } from './machinery.ts'
import { overEn } from './over.ts'
import { preflightEn } from './preflight.ts'
import { proofsEn } from './proofs.ts'
import { requestsEn } from './requests.ts'
import { restartsEn } from './restarts.ts'
import { retireEn } from './retire.ts'
import { runEn } from './run.ts'
import { teamsEn } from './teams.ts'
import { sidecarEn } from './sidecar.ts'
import { toolsEn } from './tools.ts'
import type { Catalogue } from '../sentence.ts'

export const en: Catalogue = {
  ...censusEn,
  ...teamsEn,
  ...overEn,
  ...chatEn,
  ...commandsEn,
  ...dialogsEn,
  ...requestsEn,
  ...clusterEn,
  ...istioctlEn,
  ...injectionEn,
  ...proofsEn,
  ...runEn,
  ...restartsEn,
  ...retireEn,
  ...preflightEn,
  ...sidecarEn,
  ...toolsEn,
  ...evidenceEn,
  ...machineryEn,
  ...configEn,
  ...environmentEn,
}

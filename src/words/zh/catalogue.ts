import { censusZh } from './census.ts'
import { chatZh } from './chat.ts'
import { clusterZh } from './cluster.ts'
import { commandsZh } from './commands.ts'
import { configZh } from './config.ts'
import { dialogsZh } from './dialogs.ts'
import { environmentZh } from './environment.ts'
import { evidenceZh } from './evidence.ts'
import { injectionZh } from './injection.ts'
import { istioctlZh } from './istioctl.ts'
import { machineryZh } from './machinery.ts'
import { overZh } from './over.ts'
import { preflightZh } from './preflight.ts'
import { proofsZh } from './proofs.ts'
import { requestsZh } from './requests.ts'
import { restartsZh } from './restarts.ts'
import { retireZh } from './retire.ts'
import { runZh } from './run.ts'
import { teamsZh } from './teams.ts'
import { sidecarZh } from './sidecar.ts'
import { toolsZh } from './tools.ts'
import type { Catalogue } from '../sentence.ts'

export const zh: Catalogue = {
  ...censusZh,
  ...teamsZh,
  ...overZh,
  ...chatZh,
  ...commandsZh,
  ...dialogsZh,
  ...requestsZh,
  ...clusterZh,
  ...istioctlZh,
  ...injectionZh,
  ...proofsZh,
  ...runZh,
  ...restartsZh,
  ...retireZh,
  ...preflightZh,
  ...sidecarZh,
  ...toolsZh,
  ...evidenceZh,
  ...machineryZh,
  ...configZh,
  ...environmentZh,
}

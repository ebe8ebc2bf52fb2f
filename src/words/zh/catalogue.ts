import { censusZh } from './census.ts'
import { chatZh } from './chat.ts'
import { clusterZh } from './cluster.ts'
import { configZh } from './config.ts'
import { dialogsZh } from './dialogs.ts'
import { environmentZh } from './environment.ts'
import { evidenceZh } from './evidence.ts'
import { injectionZh } from './injection.ts'
import { istioctlZh } from './istioctl.ts'
import { machineryZh } from './machinery.ts'
import { preflightZh } from './preflight.ts'
import { proofsZh } from './proofs.ts'
import { requestsZh } from './requests.ts'
import { retireZh } from './retire.ts'
import { runZh } from './run.ts'
import { toolsZh } from './tools.ts'
import type { Catalogue } from '../sentence.ts'

export const zh: Catalogue = {
  ...censusZh,
  ...chatZh,
  ...dialogsZh,
  ...requestsZh,
  ...clusterZh,
  ...istioctlZh,
  ...injectionZh,
  ...proofsZh,
  ...runZh,
  ...retireZh,
  ...preflightZh,
  ...toolsZh,
  ...evidenceZh,
  ...machineryZh,
  ...configZh,
  ...environmentZh,
}

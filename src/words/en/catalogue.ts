import { chatEn } from './chat.ts'
import { clusterEn } from './cluster.ts'
import { injectionEn } from './injection.ts'
import { istioctlEn } from './istioctl.ts'
import { proofsEn } from './proofs.ts'
import { requestsEn } from './requests.ts'
import { runEn } from './run.ts'
import type { Catalogue } from '../sentence.ts'

export const en: Catalogue = {
  ...chatEn,
  ...requestsEn,
  ...clusterEn,
  ...istioctlEn,
  ...injectionEn,
  ...proofsEn,
  ...runEn,
}

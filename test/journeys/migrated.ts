import { seedNamespace } from '../../src/sandbox/kube-server/seed/seed-cluster.ts'
import { switchOver } from '../support/acts.ts'
import { DAY_MS } from '../support/retire-acts.ts'
import { answers } from '../support/answers.ts'
import { runIstiods } from './istiods.ts'
import { NEW, redeploy } from './redeploy.ts'
import { aStage, type Stage, type StageOptions } from './stage.ts'

/** Switched, every tenant has redeployed, and both sources have been at zero for a day. */
export async function aMigratedStage(options: StageOptions = {}): Promise<Stage> {
  const stage = await aStage({
    ...options,
    prepare: (kube) => {
      seedNamespace(kube, { name: 'new' })
      options.prepare?.(kube)
    },
  })
  const { kube, rig, passTime } = stage
  await switchOver(rig)
  runIstiods(kube)
  for (const namespace of ['shop', 'pay']) redeploy(kube, namespace, 'web', NEW)
  await answers(rig, 'status', /\*4 of 4\*/)
  await answers(rig, 'status', /Nobody has used default since|Waits for a decision/)
  passTime(DAY_MS)
  return stage
}

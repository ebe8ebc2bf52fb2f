import { installArguments, uninstallArguments } from '../istio/istioctl-arguments.ts'
import type { Mesh } from '../istio/mesh.ts'
import { asksByNamespace, makeProofNamespaceByHand, removeProofNamespaceByHand } from '../istio/proof-namespace.ts'
import type { PhaseName } from '../wire/names.ts'
import type { StepPlan } from '../wire/plan.ts'
import type { Run } from '../wire/run.ts'
import type { Commands } from './switch-commands.ts'
import { switchCommands } from './switch-commands.ts'
import type { WorkerContext } from './worker-context.ts'

/**
 * What a phase does, and its way back, as command lines that a person can run: the card shows them before the approval. They
 * follow from the mesh as it is now; what is sent is made from the mesh as it is at the start, by the same rules.
 */
export function phaseCommands(
  ctx: WorkerContext,
  run: Run,
  phase: PhaseName,
  mesh: Mesh,
): { readonly commands: readonly string[]; readonly undoCommands: readonly string[] } {
  const steps = run.plan.steps.filter((step) => step.phase === phase)
  const all = steps.map((step) => commandsOf(ctx, run, step, mesh))
  const back = all.flatMap((each) => each.back)
  return {
    commands: [...new Set(all.flatMap(({ forward }) => forward))],
    undoCommands: [...new Set(back), savedUndo(ctx, phase)],
  }
}

/** The same commands with everything spelled out lie in the cluster before the phase acts. */
function savedUndo(ctx: WorkerContext, phase: PhaseName): string {
  const path = `{.data.undo-${phase}\\.sh}`
  return `kubectl get configmap undo -n ${ctx.settings.namespace} -o jsonpath='${path}' > undo-${phase}.sh && sh undo-${phase}.sh`
}

function commandsOf(ctx: WorkerContext, run: Run, step: StepPlan, mesh: Mesh): Commands {
  const { version, revision } = run.plan.to
  const from = run.plan.from[0]?.revision ?? ''
  switch (step.kind) {
    case 'install': {
      const args = installArguments({ file: ctx.settings.operatorFile, revision })
      return { forward: [ctx.istioctl.shown(version, args)], back: uninstall(ctx, version, revision) }
    }
    case 'prove-install':
      return proofNamespaceCommands(version, revision, ctx.settings.namespace)
    case 'rehearse': {
      const scale = `kubectl scale deployment -n ${ctx.settings.istioNamespace} -l app=istiod,istio.io/rev=${from} --replicas=0`
      return { forward: [scale], back: [] }
    }
    case 'uninstall':
      return { forward: uninstall(ctx, version, from), back: [] }
    default:
      return switchCommands(ctx, mesh, run, step)
  }
}

/** Nothing, but where NEW can only be asked for by a namespace: then one is made and removed. */
function proofNamespaceCommands(version: string, revision: string, ours: string): Commands {
  if (!asksByNamespace(version)) return { forward: [], back: [] }
  const remove = removeProofNamespaceByHand(ours)
  return { forward: [makeProofNamespaceByHand(ours, revision), remove], back: [remove] }
}

function uninstall(ctx: WorkerContext, version: string, revision: string): readonly string[] {
  const args = uninstallArguments(version, revision)
  return args ? [ctx.istioctl.shown(version, args)] : []
}

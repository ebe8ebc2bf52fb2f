import { installArguments, tagGenerateArguments, uninstallArguments } from '../istio/istioctl-arguments.ts'
import type { PhaseName } from '../wire/names.ts'
import type { StepPlan } from '../wire/plan.ts'
import type { Run } from '../wire/run.ts'
import type { WorkerContext } from './worker-context.ts'

const APPLY = 'kubectl apply --server-side --force-conflicts -f -'

/** What a phase does, and its way back, as command lines that a person can run: the card shows them before the approval. */
export function phaseCommands(
  ctx: WorkerContext,
  run: Run,
  phase: PhaseName,
): { readonly commands: readonly string[]; readonly undoCommands: readonly string[] } {
  const steps = run.plan.steps.filter((step) => step.phase === phase)
  const forward = steps.flatMap((step) => commandOf(ctx, run, step, run.plan.to.revision))
  const back = steps.flatMap((step) => undoOf(ctx, run, step))
  return { commands: [...new Set(forward)], undoCommands: [...new Set(back), savedUndo(ctx, phase)] }
}

/** The same commands with everything spelled out lie in the cluster before the phase acts. */
function savedUndo(ctx: WorkerContext, phase: PhaseName): string {
  const path = `{.data.undo-${phase}\\.sh}`
  return `kubectl get configmap undo -n ${ctx.settings.namespace} -o jsonpath='${path}' > undo-${phase}.sh && sh undo-${phase}.sh`
}

function commandOf(ctx: WorkerContext, run: Run, step: StepPlan, to: string): readonly string[] {
  const { version } = run.plan.to
  const from = run.plan.from[0]?.revision ?? ''
  const target = step.target ?? ''
  switch (step.kind) {
    case 'install':
      return [ctx.istioctl.shown(version, installArguments({ file: ctx.settings.operatorFile, revision: to }))]
    case 'adopt-tag':
      return [tagCommand(ctx, version, target, from)]
    case 'disarm':
      return [`kubectl edit mutatingwebhookconfiguration ${target}  # ${NEVER_MATCH_NOTE}`]
    case 'move-tag':
      return [tagCommand(ctx, version, target, to)]
    case 'patch-injector':
      return [serviceCommand(target, from, to)]
    default:
      return retirement(ctx, run, step.kind)
  }
}

function retirement(ctx: WorkerContext, run: Run, kind: StepPlan['kind']): readonly string[] {
  const { version } = run.plan.to
  const from = run.plan.from[0]?.revision ?? ''
  if (kind === 'rehearse') {
    return [
      `kubectl scale deployment -n ${ctx.settings.istioNamespace} -l app=istiod,istio.io/rev=${from} --replicas=0`,
    ]
  }
  const args = kind === 'uninstall' ? uninstallArguments(version, from) : null
  return args ? [ctx.istioctl.shown(version, args)] : []
}

const NEVER_MATCH_NOTE = 'both selectors of every entry become istio.io/deactivated: never-match'

function undoOf(ctx: WorkerContext, run: Run, step: StepPlan): readonly string[] {
  const { version, revision } = run.plan.to
  const from = run.plan.from[0]?.revision ?? ''
  switch (step.kind) {
    case 'install': {
      const args = uninstallArguments(version, revision)
      return args ? [ctx.istioctl.shown(version, args)] : []
    }
    case 'move-tag':
      return [tagCommand(ctx, version, step.target ?? 'default', from)]
    case 'patch-injector':
      return [serviceCommand(step.target ?? '', revision, from)]
    default:
      return []
  }
}

function tagCommand(ctx: WorkerContext, version: string, tag: string, revision: string): string {
  const args = tagGenerateArguments(version, { tag, revision }) ?? []
  return `${ctx.istioctl.shown(version, args)} | ${APPLY}`
}

function serviceCommand(object: string, from: string, to: string): string {
  const service = (revision: string): string => (revision === 'default' ? 'istiod' : `istiod-${revision}`)
  return `kubectl get mutatingwebhookconfiguration ${object} -o json | sed 's/"name": "${service(from)}"/"name": "${service(to)}"/' | kubectl replace -f -`
}

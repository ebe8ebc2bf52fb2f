import type { Change } from '../istio/changes.ts'
import { controlPlaneFor } from '../istio/control-planes.ts'
import { injectorsOf } from '../istio/injectors.ts'
import { tagGenerateArguments } from '../istio/istioctl-arguments.ts'
import { kubectlLines } from '../istio/kubectl.ts'
import type { Mesh } from '../istio/mesh.ts'
import { istiodNameOf } from '../istio/revision-names.ts'
import { disarmStep, patchInjectorStep, patchValidatorStep } from '../istio/switch-steps.ts'
import type { SwitchStep } from '../istio/switch-types.ts'
import { validatorMoves } from '../istio/validators.ts'
import type { StepPlan } from '../wire/plan.ts'
import type { Run } from '../wire/run.ts'
import { hasAutoEntry } from './generate-tags.ts'
import type { WorkerContext } from './worker-context.ts'

export type Commands = { readonly forward: readonly string[]; readonly back: readonly string[] }

const NONE: Commands = { forward: [], back: [] }
/** As long as a line of a card's commands may be (wire/card-facts.ts). */
const LINE_CHARS = 3000

/** Of what `tag generate` prints, one object is written by each step: the labels that the charts give them tell them apart. */
const OBJECTS = { injector: 'app=sidecar-injector', validator: 'istio=istiod', service: 'istio=pilot' } as const

/** What one step of the switch writes, and what its undo writes, as command lines; the same operations that the worker sends. */
export function switchCommands(ctx: WorkerContext, mesh: Mesh, run: Run, step: StepPlan): Commands {
  const { target = '' } = step
  const tag = (name: string, object: keyof typeof OBJECTS) => tagCommands(ctx, mesh, run, name, object)
  switch (step.kind) {
    // Neither is taken back by its phase's undo: an adopted tag stays.
    case 'adopt-tag':
      return { forward: tag(target, 'injector').back, back: [] }
    case 'disarm':
      return { forward: disarmCommands(mesh, target), back: [] }
    case 'move-tag':
      return tag(target, 'injector')
    case 'move-tag-service':
      return tag(target, 'service')
    case 'patch-injector':
      return patchCommands(mesh, run, target)
    case 'move-validator':
      return validatorCommands(mesh, run, target) ?? tag('default', 'validator')
    default:
      return NONE
  }
}

function tagCommands(ctx: WorkerContext, mesh: Mesh, run: Run, tag: string, object: keyof typeof OBJECTS): Commands {
  const { revision, version } = run.plan.to
  const auto = hasAutoEntry(mesh, tag) ? { autoInjectNamespaces: true } : {}
  const lineFor = (to: string): string[] => {
    const args = tagGenerateArguments(version, { tag, revision: to, ...auto })
    const apply = `kubectl apply --server-side --force-conflicts -l ${OBJECTS[object]} -f -`
    return args ? [`${ctx.istioctl.shown(version, args)} | ${apply}`] : []
  }
  return { forward: lineFor(revision), back: lineFor(oldOf(run)) }
}

function disarmCommands(mesh: Mesh, target: string): readonly string[] {
  const injector = injectorsOf(mesh).find(({ name }) => name === target)
  return injector?.live ? linesOf(disarmStep(injector).changes) : []
}

function patchCommands(mesh: Mesh, run: Run, target: string): Commands {
  const injector = injectorsOf(mesh).find(({ name }) => name === target)
  return injector ? commandsOf(patchInjectorStep(injector, newService(mesh, run))) : NONE
}

/** Null where the tag's own documents hold the validator, as planSwitch decides it. */
function validatorCommands(mesh: Mesh, run: Run, target: string): Commands | null {
  const move = validatorMoves(mesh, oldOf(run)).find(({ validator }) => validator.name === target)
  if (!move) return NONE
  const byTag = run.plan.steps.some(({ kind, target: tag }) => kind === 'move-tag' && tag === 'default')
  if (byTag && move.validator.kind === 'default') return null
  return commandsOf(patchValidatorStep(move.validator, move.entries, newService(mesh, run)))
}

function commandsOf({ changes, undo }: SwitchStep): Commands {
  return { forward: linesOf(changes), back: linesOf(undo) }
}

function linesOf(changes: readonly Change[]): readonly string[] {
  return changes.flatMap((change) => kubectlLines(change, LINE_CHARS))
}

/** Before the install is done NEW is not there yet: then by the name that it will have. */
function newService(mesh: Mesh, { plan }: Run): string {
  return controlPlaneFor(mesh, plan.to.revision)?.service ?? istiodNameOf(plan.to.revision)
}

function oldOf({ plan }: Run): string {
  return plan.from[0]?.revision ?? ''
}

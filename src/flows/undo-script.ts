import type { Change } from '../istio/changes.ts'
import { asksByNamespace, removeProofNamespaceByHand } from '../istio/proof-namespace.ts'
import type { SwitchStep } from '../istio/switch-types.ts'
import type { PhaseName } from '../wire/names.ts'
import type { Run } from '../wire/run.ts'

/**
 * The way back without us, as files of the ConfigMap `undo`: written before each act (promise 4). Tags first, each one write;
 * then the rest. An adopted default tag stays, it points at the old control plane. `ours` is Meshferry's own namespace.
 */
export function undoScript(
  run: Run,
  phase: PhaseName,
  steps: readonly SwitchStep[],
  { show, ours }: { readonly show: (change: Change) => string; readonly ours: string },
): Readonly<Record<string, string>> {
  const { revision } = run.plan.to
  const old = run.plan.from.map((plane) => plane.revision).join(', ')
  const head = [
    '#!/bin/sh',
    `# Meshferry, cluster ${run.cluster}, ${run.id}: how to undo the phase "${phase}" by hand.`,
    `# New pods get ${old} again. No running pod is touched.`,
    '# Where that was removed already (phase "retire"), run undo-retire.sh first.',
    'set -e',
  ]
  if (phase === 'install') {
    const lines = [
      ...head,
      ...(asksByNamespace(run.plan.to.version) ? [removeProofNamespaceByHand(ours)] : []),
      `# Only while no pod runs ${revision} and nothing asks for it:`,
      `istioctl uninstall --revision ${revision} -y`,
    ]
    return { 'undo-install.sh': `${lines.join('\n')}\n` }
  }
  const flips = steps.filter((step) => step.flips)
  const rest = steps.filter((step) => !step.flips)
  const back = [...flips, ...rest].filter((step) => step.undoWhen === 'always')
  const commands = back.flatMap((step) => [`# ${step.id}`, ...step.undo.map(show)])
  return { 'undo-switch.sh': `${[...head, ...commands].join('\n')}\n` }
}

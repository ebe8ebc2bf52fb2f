import { describe, expect, test } from '@jest/globals'
import { aPlan, aRun } from '../../test/support/run-builders.ts'
import { recordedMesh } from '../../test/support/recorded-mesh.ts'
import type { Mesh } from '../istio/mesh.ts'
import { planSteps } from '../upgrade/plan-steps.ts'
import type { PhaseName } from '../wire/names.ts'
import { phaseCommands } from './phase-commands.ts'
import type { WorkerContext } from './worker-context.ts'

const CTX = {
  istioctl: { shown: (version: string, args: readonly string[]) => `istioctl-${version} ${args.join(' ')}` },
  settings: { operatorFile: 'istio.yaml', namespace: 'meshferry', istioNamespace: 'istio-system' },
} as unknown as WorkerContext

function shown(mesh: Mesh, phase: PhaseName, version = '1.31.0') {
  const steps = [...planSteps(mesh, 'default', version)]
  const to = { revision: version.replaceAll('.', '-'), version }
  return phaseCommands(CTX, aRun(aPlan({ steps, to })), phase, mesh)
}

const generate = (revision: string, label: string): string =>
  `istioctl-1.31.0 tag generate default --revision ${revision} --overwrite | kubectl apply --server-side --force-conflicts -l ${label} -f -`

describe('commands on the card', () => {
  test('of a switch by tag: one for each step, forward and back', () => {
    const { commands, undoCommands } = shown(recordedMesh('two-revisions'), 'switch')
    const labels = ['app=sidecar-injector', 'istio=istiod', 'istio=pilot']
    expect(commands).toEqual(expect.arrayContaining(labels.map((label) => generate('1-31-0', label))))
    expect(undoCommands).toEqual(expect.arrayContaining(labels.map((label) => generate('default', label))))
    expect(undoCommands.at(-1)).toContain('undo-switch.sh')
  })

  test('of an adoption: the tag made for OLD, then the very patch that takes the old object out of use', () => {
    const { commands } = shown(recordedMesh('helm-1.30.0'), 'install')
    expect(commands[0]).toBe(generate('default', 'app=sidecar-injector'))
    const patches = commands.filter((line) => line.startsWith('kubectl patch'))
    const operations = patches.flatMap((line) => operationsOf(line))
    expect(operations.filter(({ op }) => op === 'replace')).toHaveLength(8)
    expect(operations).toContainEqual({
      op: 'replace',
      path: '/webhooks/2/namespaceSelector',
      value: { matchLabels: { 'istio.io/deactivated': 'never-match' } },
    })
    expect(commands.every((line) => line.length <= 3000)).toBe(true)
    expect(commands.join('\n')).not.toContain('kubectl edit')
  })

  test('of a switch by patch: the operations that are sent, and those that take them back', () => {
    const { commands, undoCommands } = shown(recordedMesh('helm-1.30.0'), 'switch', '1.11.8')
    const [patch = ''] = commands.filter((line) => line.includes(' istio-sidecar-injector '))
    const [back = ''] = undoCommands.filter((line) => line.includes(' istio-sidecar-injector '))
    const at = '/webhooks/3/clientConfig/service/name'
    expect(operationsOf(patch)).toContainEqual({ op: 'test', path: at, value: 'istiod' })
    expect(operationsOf(patch)).toContainEqual({ op: 'replace', path: at, value: 'istiod-1-11-8' })
    expect(operationsOf(back)).toContainEqual({ op: 'replace', path: at, value: 'istiod' })
    const validator = /^kubectl patch validatingwebhookconfiguration\S* istiod-default-validator /
    expect(commands.filter((line) => validator.test(line))).toHaveLength(1)
    expect(undoCommands.filter((line) => validator.test(line))).toHaveLength(1)
    expect([...commands, ...undoCommands].join('\n')).not.toContain('sed')
  })

  test('of an install of 1.9 and older: the namespace of its proof too, made and removed', () => {
    const { commands, undoCommands } = shown(recordedMesh('helm-1.30.0'), 'install', '1.9.9')
    const made = commands.findIndex((line) => line.includes('name: meshferry-install-proof'))
    expect(commands[made]).toContain('istio.io/rev: 1-9-9')
    const remove =
      'kubectl delete namespace -l app.kubernetes.io/managed-by=meshferry,meshferry.io/probe=install --field-selector metadata.name=meshferry-install-proof'
    expect(commands[made]).toMatch(/^kubectl create -f - /)
    expect(commands[made + 1]).toBe(remove)
    expect(undoCommands).toContain(remove)
    expect(JSON.stringify(shown(recordedMesh('helm-1.30.0'), 'install', '1.11.8'))).not.toContain('install-proof')
  })

  test('what is too long even entry by entry is named, not cut', () => {
    const mesh = recordedMesh('helm-1.30.0')
    const values = Array.from({ length: 400 }, (_, i) => `namespace-${i}`)
    const narrowed = { key: 'kubernetes.io/metadata.name', operator: 'NotIn', values } as const
    const mutatingWebhooks = mesh.mutatingWebhooks.map((object) => ({
      ...object,
      webhooks: (object.webhooks ?? []).map((entry) =>
        entry.name.startsWith('namespace.')
          ? {
              ...entry,
              namespaceSelector: {
                matchExpressions: [...(entry.namespaceSelector?.matchExpressions ?? []), narrowed],
              },
            }
          : entry,
      ),
    }))
    const { commands } = shown({ ...mesh, mutatingWebhooks }, 'install')
    expect(commands.filter((line) => line.startsWith('# json-patch of'))).toHaveLength(1)
    expect(commands.every((line) => line.length <= 3000)).toBe(true)
  })
})

function operationsOf(
  line: string,
): readonly { readonly op: string; readonly path: string; readonly value?: unknown }[] {
  const json = /-p '(.*)'$/.exec(line)?.[1] ?? '[]'
  return JSON.parse(json) as ReturnType<typeof operationsOf>
}

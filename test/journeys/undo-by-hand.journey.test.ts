import { chmodSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@jest/globals'
import { execa } from 'execa'
import { switchOver } from '../support/acts.ts'
import { aStage } from './stage.ts'

test('the commands that lie in the cluster undo the switch without Meshferry', async () => {
  const { kube, rig, kubeconfig, tenants } = await aStage()
  await switchOver(rig)
  const map = kube.get('v1', 'ConfigMap', 'undo', 'meshferry')
  const data = (map?.['data'] ?? {}) as Readonly<Record<string, string>>
  const script = data['undo-switch.sh'] ?? ''
  await rig.worker().stop()
  const PATH = `${standIn(dirname(kubeconfig))}${delimiter}${process.env['PATH'] ?? ''}`
  await execa('sh', ['-s'], { input: script, env: { KUBECONFIG: kubeconfig, PATH } })
  expect(await tenants.now('shop')).toBe('default')
  expect(await tenants.now('pay')).toBe('default')
  expect(tenants.seen('shop')).toEqual(['default', '1-31-0', 'default'])
  expect(tenants.seen('pay')).toEqual(['default', '1-31-0', 'default'])
  const validator = kube.get(
    'admissionregistration.k8s.io/v1',
    'ValidatingWebhookConfiguration',
    'istiod-default-validator',
  )
  expect(JSON.stringify(validator?.['webhooks'])).toContain('"name":"istiod"')
}, 120_000)

/** A folder with a `kubectl` for PATH. */
function standIn(folder: string): string {
  const script = fileURLToPath(new URL('kubectl-stand-in.ts', import.meta.url))
  const file = join(folder, 'kubectl')
  writeFileSync(file, `#!/bin/sh\nNODE_OPTIONS= exec '${process.execPath}' '${script}' "$@"\n`)
  chmodSync(file, 0o755)
  return folder
}

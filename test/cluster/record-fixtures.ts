import { installByHelm, installByIstioctl, poison, setTag, upgradeByHelm } from './harness/installs.ts'
import { startMesh } from './harness/mesh.ts'
import type { Mesh } from './harness/mesh.ts'
import { makeClassNamespaces, record, recordManifest, recordOutput } from './harness/recordings.ts'
import { SCENES } from '../support/istioctl-scenes.ts'
import { recordScene } from './record-istioctl.ts'

/**
 * Writes test/fixtures/recorded anew: `node test/cluster/run.ts --exec node test/cluster/record-fixtures.ts [NAME …]`, all of
 * it or the recordings named.
 */
const NEW = '1-31-0'

/** istioctl's way: default with tag, a second revision beside it, a named tag, the switch, the removal. */
async function recordTagMade(mesh: Mesh): Promise<void> {
  await makeClassNamespaces(mesh)
  recordOutput('outputs', 'install-default-1.30.0', await installByIstioctl(mesh, '1.30.0'))
  await record(mesh, 'default-1.30.0')
  await recordTools(mesh)
  recordOutput('outputs', 'install-revision-1-31-0', await installByIstioctl(mesh, '1.31.0', NEW))
  await setTag(mesh, '1.31.0', 'prod-stable', 'default')
  await record(mesh, 'two-revisions')
  await recordTags(mesh)
  recordOutput('outputs', 'tag-set-default-1-31-0', await setTag(mesh, '1.31.0', 'default', NEW))
  await record(mesh, 'switched')
  const remove = ['uninstall', '--revision', NEW, '-y']
  recordOutput('outputs', 'uninstall-1-31-0-dry-run', await mesh.istioctl('1.31.0', [...remove, '--dry-run']))
  recordOutput('outputs', 'uninstall-1-31-0', await mesh.istioctl('1.31.0', remove))
  await record(mesh, 'new-removed-under-default-tag')
}

async function recordTools(mesh: Mesh): Promise<void> {
  const generate = ['manifest', 'generate', '--set', 'profile=minimal']
  for (const version of ['1.30.0', '1.31.0']) {
    recordOutput(
      'outputs',
      `version-${version}-local`,
      await mesh.istioctl(version, ['version', '--remote=false', '-o', 'json']),
    )
    recordOutput('outputs', `version-${version}`, await mesh.istioctl(version, ['version', '-o', 'json']))
    recordOutput('outputs', `precheck-${version}`, await mesh.istioctl(version, ['x', 'precheck']))
    recordOutput('outputs', `analyze-${version}`, await mesh.istioctl(version, ['analyze', '-A', '-o', 'json']))
  }
  const old = await mesh.istioctl('1.30.0', generate)
  recordManifest('manifests', 'minimal-default-1.30.0.yaml', old.stdout)
  const next = await mesh.istioctl('1.31.0', [...generate, '--revision', NEW])
  recordManifest('manifests', 'minimal-1-31-0.yaml', next.stdout)
  const refused = await mesh.istioctl('1.31.0', ['install', '--set', 'profile=nonesuch', '-y'])
  recordOutput('outputs', 'install-unknown-profile', refused)
}

async function recordTags(mesh: Mesh): Promise<void> {
  for (const revision of ['default', NEW]) {
    for (const name of ['default', 'prod-stable']) {
      const { stdout } = await mesh.istioctl('1.31.0', [
        'tag',
        'generate',
        name,
        '--revision',
        revision,
        '--overwrite',
        '-y',
      ])
      recordManifest('manifests', `tag-generate-${name}-${revision}.yaml`, stdout)
    }
  }
  recordOutput('outputs', 'tag-list', await mesh.istioctl('1.31.0', ['tag', 'list', '-o', 'json']))
  recordOutput(
    'outputs',
    'tag-set-unknown-revision',
    await mesh.istioctl('1.31.0', ['tag', 'set', 'x', '--revision', 'nonesuch', '-y']),
  )
}

/** The seed's patch, and the tag that copied it: label `default`, service of the new revision. */
async function recordPoisoned(mesh: Mesh): Promise<void> {
  await makeClassNamespaces(mesh)
  await installByIstioctl(mesh, '1.30.0')
  await installByIstioctl(mesh, '1.31.0', NEW)
  await poison(mesh, `istiod-${NEW}`)
  await record(mesh, 'poisoned-object')
  await setTag(mesh, '1.31.0', 'default', 'default')
  await record(mesh, 'poisoned-tag')
}

async function recordHelmMade(mesh: Mesh): Promise<void> {
  await makeClassNamespaces(mesh)
  await installByHelm(mesh, '1.30.0')
  await record(mesh, 'helm-1.30.0')
  // Ends well and removes nothing: the control plane is Helm's.
  const uninstall = ['uninstall', '--revision', 'default', '-y']
  recordOutput('outputs', 'uninstall-default-of-helm', await mesh.istioctl('1.30.0', uninstall))
  await installByIstioctl(mesh, '1.31.0', NEW)
  await record(mesh, 'helm-then-istioctl-1-31-0')
  await mesh.istioctl('1.31.0', ['tag', 'remove', 'default', '-y'])
  await upgradeByHelm(mesh, '1.30.0')
  await record(mesh, 'helm-tag-removed-then-upgraded')
}

const recordings: Readonly<Record<string, (mesh: Mesh) => Promise<void>>> = {
  'tag-made': recordTagMade,
  poisoned: recordPoisoned,
  'helm-made': recordHelmMade,
  ...Object.fromEntries(Object.keys(SCENES).map((scene) => [scene, (mesh: Mesh) => recordScene(mesh, scene)])),
}

const chosen = process.argv.slice(2)
for (const [name, scene] of Object.entries(recordings)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue
  const mesh = await startMesh()
  try {
    await scene(mesh)
  } finally {
    await mesh.stop()
  }
}

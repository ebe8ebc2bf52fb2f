import { describe, expect, test } from '@jest/globals'
import { recordedText } from '../../test/support/recorded-mesh.ts'
import {
  analyzeArguments,
  installArguments,
  manifestGenerateArguments,
  precheckArguments,
  tagGenerateArguments,
  uninstallArguments,
  versionArguments,
} from './istioctl-arguments.ts'
import {
  parseFindings,
  parseVersionOutput,
  plainLine,
  plainLines,
  readUninstall,
  saysInstalled,
} from './istioctl-output.ts'

const said = (name: string): string =>
  recordedText('outputs', `${name}.out.txt`) + recordedText('outputs', `${name}.err.txt`)

describe('arguments', () => {
  test('install names file and revision, and never asks', () => {
    expect(installArguments({ file: 'cp.yaml', revision: '1-31-0' }).join(' ')).toBe(
      'install -f cp.yaml --revision 1-31-0 -y --readiness-timeout 300s',
    )
    expect(manifestGenerateArguments('cp.yaml', '1-31-0').join(' ')).toBe(
      'manifest generate -f cp.yaml --revision 1-31-0',
    )
    expect(analyzeArguments('default').join(' ')).toBe('analyze --all-namespaces -o json --revision default')
    expect(versionArguments().join(' ')).toBe('version -o json --remote=false')
  })

  test.each([
    ['1.7.8', 'x uninstall --revision r -y', null],
    ['1.14.6', 'x uninstall --revision r -y', 'x uninstall --revision r -y --dry-run'],
    ['1.15.0', 'uninstall --revision r -y', 'uninstall --revision r -y --dry-run'],
    ['1.31.0', 'uninstall --revision r -y', 'uninstall --revision r -y --dry-run'],
  ])('uninstall of %s: by revision only', (version, plain, dry) => {
    expect(uninstallArguments(version, 'r')?.join(' ')).toBe(plain)
    expect(uninstallArguments(version, 'r', { dryRun: true })?.join(' ') ?? null).toBe(dry)
  })

  test.each([
    ['1.9.9', null],
    ['1.10.3', 'x revision tag generate prod --revision r --overwrite'],
    ['1.11.8', 'tag generate prod --revision r --overwrite'],
    ['1.31.0', 'tag generate prod --revision r --overwrite'],
  ])('tag generate of %s', (version, line) => {
    expect(tagGenerateArguments(version, { tag: 'prod', revision: 'r' })?.join(' ') ?? null).toBe(line)
  })

  test.each([
    ['1.9.0', null],
    ['1.19.0', 'x precheck'],
    ['1.20.0', 'x precheck -o json'],
    ['1.31.0', 'x precheck -o json --from-version 1.30'],
  ])('precheck of %s', (version, line) => {
    expect(precheckArguments(version, '1.30.3')?.join(' ') ?? null).toBe(line)
  })
})

describe('outputs, as the real istioctl printed them', () => {
  test('version, of the client alone and with a cluster that it could not reach', () => {
    const local = recordedText('outputs', 'version-1.31.0-local.out.txt')
    expect(parseVersionOutput(local)).toEqual({ ok: true, value: { client: '1.31.0', controlPlanes: [] } })
    const remote = recordedText('outputs', 'version-1.30.0.out.txt')
    expect(parseVersionOutput(remote)).toMatchObject({ ok: true, value: { client: '1.30.0', controlPlanes: [] } })
    const mesh =
      '{"clientVersion":{"version":"1.30.0"},"meshVersion":[{"Component":"pilot","Revision":"default","Info":{"version":"1.30.0"}}]}'
    expect(parseVersionOutput(mesh)).toMatchObject({
      value: { controlPlanes: [{ revision: 'default', version: '1.30.0' }] },
    })
    expect(parseVersionOutput('Error: no')).toMatchObject({
      ok: false,
      refusal: { code: 'ISTIOCTL_OUTPUT_UNREADABLE' },
    })
  })

  test('install', () => {
    expect(saysInstalled(said('install-revision-1-31-0'))).toBe(true)
    expect(saysInstalled(said('install-unknown-profile'))).toBe(false)
    expect(plainLines(said('install-revision-1-31-0')).at(-1)).toContain('Installation complete')
  })

  test('uninstall that removed something, and one that found nothing and says complete all the same', () => {
    expect(readUninstall(said('uninstall-1-31-0'))).toBe('removed')
    expect(readUninstall(said('uninstall-default-of-helm'))).toBe('nothing-to-remove')
    expect(readUninstall('Cancelled.\n')).toBe('cancelled')
    expect(readUninstall('')).toBe('unclear')
  })

  test('analyze', () => {
    const result = parseFindings('analyze', { stdout: recordedText('outputs', 'analyze-1.31.0.out.txt'), exitCode: 0 })
    expect(result.ok && result.value[0]).toMatchObject({ code: 'IST0102', level: 'Info', origin: 'Namespace default' })
  })

  test('a check that failed is not a check that found nothing', () => {
    const failed = { stdout: recordedText('outputs', 'precheck-1.31.0.out.txt'), exitCode: 1 }
    expect(parseFindings('precheck', failed)).toMatchObject({
      ok: false,
      refusal: { code: 'ISTIOCTL_OUTPUT_UNREADABLE' },
    })
    expect(parseFindings('precheck', { stdout: '', exitCode: null })).toMatchObject({ ok: false })
    expect(parseFindings('precheck', { stdout: '[]\n', exitCode: 1 })).toEqual({ ok: true, value: [] })
    expect(parseFindings('analyze', { stdout: '[{"level":"Error"}]', exitCode: 79 })).toMatchObject({ ok: false })
    expect(parseFindings('precheck', { stdout: '', exitCode: 0 })).toEqual({ ok: true, value: [] })
  })

  test('a line that a spinner wrote over', () => {
    expect(plainLine('\u001b[32m✔\u001b[0m Istiod installed')).toBe('✔ Istiod installed')
    expect(plainLine('- Processing\r\u001b[K- Waiting for istiod\r')).toBe('Waiting for istiod')
  })
})

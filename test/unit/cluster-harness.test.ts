import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { cacheRoot, pinHash } from '../cluster/harness/cache.ts'
import { withLock } from '../cluster/harness/lock.ts'
import type { Probe, ProbeClass } from '../cluster/harness/probe-loop.ts'
import { judge } from '../cluster/harness/probe-verdict.ts'
import { istioctlOf, KUBECTL, linkerFlags } from '../cluster/harness/programs.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'meshferry-unit-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('the cache of binaries', () => {
  test('lies where the person wants it, outside the clone', () => {
    expect(cacheRoot({ MESHFERRY_CACHE: '/a', XDG_CACHE_HOME: '/b' })).toBe('/a')
    expect(cacheRoot({ XDG_CACHE_HOME: '/b' })).toBe('/b/meshferry')
  })

  test('another pin is another folder', () => {
    writeFileSync(join(folder, 'go.sum'), 'one')
    const before = pinHash(folder)
    expect(pinHash(folder)).toBe(before)
    writeFileSync(join(folder, 'go.sum'), 'two')
    expect(pinHash(folder)).not.toBe(before)
  })

  test('versions are linked in', () => {
    expect(linkerFlags(istioctlOf('1.29.0'))).toContain('-X istio.io/istio/pkg/version.buildVersion=1.29.0')
    expect(linkerFlags(KUBECTL)).toMatch(/gitVersion=v1\.\d+\.\d+ /)
  })
})

describe('the build lock', () => {
  test('lets one in at a time', async () => {
    const file = join(folder, 'lock')
    const steps: string[] = []
    const first = withLock(
      file,
      () => undefined,
      async () => {
        await new Promise((resolve) => setTimeout(resolve, 50))
        steps.push('first')
      },
    )
    const second = withLock(
      file,
      () => steps.push('waits'),
      async () => steps.push('second'),
    )
    await Promise.all([first, second])
    expect(steps).toEqual(['waits', 'first', 'second'])
  })

  test('is taken over from a holder that is gone', async () => {
    const file = join(folder, 'lock')
    writeFileSync(file, '4194304999')
    expect(
      await withLock(
        file,
        () => undefined,
        async () => 'done',
      ),
    ).toBe('done')
  })
})

describe('the verdict on probes', () => {
  const kind: ProbeClass = { name: 'shop', namespace: 'shop', injected: true }
  const at = (sentAt: number, outcome: Probe['outcome'], revision?: string): Probe => ({
    sentAt,
    class: 'shop',
    server: 0,
    outcome,
    ...(revision === undefined ? {} : { revision }),
  })
  const verdict = (probes: readonly Probe[], more: object = {}) => judge(probes, [kind], { from: 0, to: 9, ...more })

  test('one flip is what an act may do', () => {
    const { faults, revisions } = verdict([at(1, 'sidecar', 'old'), at(2, 'sidecar', 'new'), at(3, 'sidecar', 'new')])
    expect(faults).toEqual([])
    expect(revisions).toEqual({ shop: ['old', 'new'] })
  })

  test.each([
    ['a gap', [at(1, 'sidecar', 'old'), at(2, 'none')], /1 × a new pod got no sidecar/],
    ['a double', [at(1, 'double', 'old')], /two injectors/],
    ['a failing injector', [at(1, 'injector-failed')], /injector failed/],
    [
      'there and back',
      [at(1, 'sidecar', 'a'), at(2, 'sidecar', 'b'), at(3, 'sidecar', 'a')],
      /changed 2 times: a → b → a/,
    ],
    ['silence', [], /no probe/],
  ])('%s is a fault', (_name, probes, sentence) => {
    expect(verdict(probes).faults.join()).toMatch(sentence)
  })

  test('two servers that flip one after the other made one flip each', () => {
    const second = (probe: Probe): Probe => ({ ...probe, server: 1 })
    const probes = [
      at(1, 'sidecar', 'a'),
      second(at(1, 'sidecar', 'a')),
      at(2, 'sidecar', 'b'),
      second(at(3, 'sidecar', 'a')),
      at(4, 'sidecar', 'b'),
      second(at(5, 'sidecar', 'b')),
    ]
    expect(verdict(probes).faults).toEqual([])
  })

  test('a quota is a fault only where nobody allows for it', () => {
    const probes = [at(1, 'refused')]
    expect(verdict(probes).faults).toHaveLength(1)
    expect(verdict(probes, { allowUnprovable: true }).faults).toEqual([])
  })
})

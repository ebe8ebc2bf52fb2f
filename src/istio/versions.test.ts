import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { hops } from './hops.ts'
import { isUnknownMinor, kubernetesSupport } from './kubernetes-support.ts'
import { kubernetesRefusals } from './version-refusals.ts'
import { revisionNameOf, revisionNameRefusal, tagNameRefusal } from './revision-names.ts'
import type { IstioVersion } from './versions.ts'
import { compareVersions, eraOf, formatVersion, parseVersion, sameBuild } from './versions.ts'

describe('versions', () => {
  test.each([
    ['1.30.0', '1.30.0'],
    ['v1.20.3-distroless', '1.20.3-distroless'],
    ['1.31.0-rc.0', '1.31.0-rc.0'],
    ['1.32-alpha.86c9f01', '1.32.0-alpha.86c9f01'],
    ['1.20.3-asm.5', '1.20.3-asm.5'],
    ['1.20.3_corp1', '1.20.3-corp1'],
    ['1.20.3.4', '1.20.3-4'],
    ['1.32_build7', '1.32.0-build7'],
  ])('%s is read as %s', (text, shown) => {
    const version = parseVersion(text)
    expect(version && formatVersion(version)).toBe(shown)
  })

  test.each(['', 'latest', '1', 'sha256:abc', '1.x.0', '1.30.0 beta', '1.20.3corp1', '1.20.x'])(
    '%j is no version',
    (text) => {
      expect(parseVersion(text)).toBeNull()
    },
  )

  test('pre-releases come before their release, in order', () => {
    const sorted = [
      '1.30.3',
      '1.31.0-alpha.1',
      '1.31.0-beta.0',
      '1.31.0-rc.0',
      '1.31.0-rc.2',
      '1.31.0-rc.10',
      '1.31.0',
      '1.31.1',
    ]
    const read = sorted.map((text) => required(text))
    expect(read.toReversed().sort(compareVersions).map(formatVersion)).toEqual(sorted)
  })

  test('an image variant is the same build, a vendor or a pre-release is not', () => {
    expect(sameBuild('1.30.0-distroless', 'v1.30.0')).toBe(true)
    expect(sameBuild('1.31.0-rc.0-debug', '1.31.0-rc.0')).toBe(true)
    expect(sameBuild('1.30.0-asm.1', '1.30.0')).toBe(false)
    expect(sameBuild('1.31.0-rc.0', '1.31.0')).toBe(false)
    expect(sameBuild('', '')).toBe(false)
  })

  test.each([
    ['1.6.14', 'unsupported'],
    ['1.7.8', 'one-entry'],
    ['1.9.9', 'one-entry'],
    ['1.10.0', 'four-entries'],
    ['1.11.8', 'four-entries'],
    ['1.12.0', 'tags'],
    ['1.31.0', 'tags'],
    ['2.0.0', 'unsupported'],
  ])('%s is of the era %s', (text, era) => {
    expect(eraOf(required(text))).toBe(era)
  })
})

describe('hops', () => {
  test.each([
    ['1.7.8', '1.11.8', false, ['1.9', '1.11.8']],
    ['1.7.8', '1.10.1', false, ['1.9', '1.10.1']],
    ['1.30.0', '1.31.0', false, ['1.31.0']],
    ['1.30.0', '1.30.3', true, ['1.30.3']],
    ['1.28.1', '1.31.0', true, ['1.29', '1.30', '1.31.0']],
  ])('%s to %s (cni %s)', (from, to, cni, stops) => {
    const result = hops(from, to, { cni })
    expect(result.ok && result.value.map((hop) => hop.to)).toEqual(stops)
    expect(result.ok && result.value[0]?.from).toBe(from)
  })

  test('refusals name why', () => {
    expect(hops('1.31.0', '1.30.0')).toMatchObject({ ok: false, refusal: { code: 'VERSION_NOT_NEWER' } })
    expect(hops('1.31.0', '1.31.0')).toMatchObject({ ok: false, refusal: { code: 'VERSION_NOT_NEWER' } })
    expect(hops('1.6.0', '1.7.0')).toMatchObject({ ok: false, refusal: { code: 'VERSION_TOO_OLD' } })
    expect(hops('1.30.0', '2.0.0')).toMatchObject({ ok: false, refusal: { code: 'VERSION_MAJOR_DIFFERS' } })
    expect(hops('latest', '1.31.0')).toMatchObject({ ok: false, refusal: { code: 'VERSION_UNREADABLE' } })
  })

  test('no hop is longer than allowed, and they join end to end', () => {
    const minor = fc.integer({ min: 7, max: 40 })
    fc.assert(
      fc.property(minor, minor, fc.boolean(), (a, b, cni) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b) + 1]
        const result = hops(`1.${low}.0`, `1.${high}.0`, { cni })
        const chain = result.ok ? result.value : []
        expect(chain.at(-1)?.to).toBe(`1.${high}.0`)
        expect(chain.slice(1).map((hop) => hop.from)).toEqual(chain.slice(0, -1).map((hop) => hop.to))
        for (const hop of chain) {
          expect(required(hop.to).minor - required(hop.from).minor).toBeLessThanOrEqual(cni ? 1 : 2)
        }
      }),
    )
  })
})

describe('names', () => {
  test('a revision is named after its version', () => {
    expect(revisionNameOf('1.31.0')).toBe('1-31-0')
    expect(revisionNameOf('v1.31.0-rc.0')).toBe('1-31-0-rc-0')
  })

  test.each([
    ['1-31-0', [], null],
    ['default', [], 'REVISION_NAME_RESERVED'],
    ['1.31.0', [], 'REVISION_NAME_INVALID'],
    ['Canary', [], 'REVISION_NAME_INVALID'],
    ['-x', [], 'REVISION_NAME_INVALID'],
    ['a'.repeat(56), [], null],
    ['a'.repeat(57), [], 'REVISION_NAME_INVALID'],
    ['prod', ['prod'], 'REVISION_NAME_TAKEN'],
  ])('revision %s with %j taken: %s', (name, taken, code) => {
    expect(revisionNameRefusal(name, taken)?.code ?? null).toBe(code)
  })

  test.each([
    ['default', ['default'], null],
    ['prod-stable', ['1-31-0'], null],
    ['1-31-0', ['1-31-0'], 'TAG_NAME_IS_REVISION'],
    ['a'.repeat(43), [], null],
    ['a'.repeat(44), [], 'TAG_NAME_INVALID'],
  ])('tag %s with revisions %j: %s', (tag, revisions, code) => {
    expect(tagNameRefusal(tag, revisions)?.code ?? null).toBe(code)
  })
})

describe('Kubernetes', () => {
  test.each([
    ['1.31.0', 'v1.34.4', 'supported'],
    ['1.30.3', 'v1.31.9', 'too-old'],
    ['1.29.1', 'v1.36.0', 'untested'],
    ['1.7.8', 'v1.18.20-eks', 'supported'],
    ['1.40.0', 'v1.34.0', 'unknown'],
    ['1.33.0', 'v1.20.0', 'too-old'],
    ['2.0.0', 'v1.31.0', 'too-old'],
    ['x', 'v1.20.0', 'unknown'],
    ['1.31.0', '', 'unknown'],
  ])('Istio %s on %s: %s', (istio, kubernetes, answer) => {
    expect(kubernetesSupport(istio, kubernetes).answer).toBe(answer)
  })

  test.each([
    ['1.33.0', 'v1.20.0', true],
    ['1.33.0', 'v1.32.0', false],
    // 1.22 serves no v1beta1 webhooks any more; until then what is newer than the table is only untested.
    ['1.9.9', 'v1.21.0', false],
    ['1.8.6', 'v1.20.0', false],
    ['1.9.9', 'v1.22.0', true],
    ['1.10.6', 'v1.22.0', false],
  ])('Istio %s on %s is refused: %s', (istio, kubernetes, refused) => {
    expect(kubernetesRefusals(istio, kubernetes).map(({ code }) => code)).toEqual(
      refused ? ['KUBERNETES_NOT_SUPPORTED'] : [],
    )
  })

  test('a minor newer than this code is unknown', () => {
    expect([isUnknownMinor('1.31.9'), isUnknownMinor('1.32.0'), isUnknownMinor('x')]).toEqual([false, true, true])
  })
})

function required(text: string): IstioVersion {
  const version = parseVersion(text)
  if (version === null) throw new Error(text)
  return version
}

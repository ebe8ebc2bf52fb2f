import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { ObjectMeta, KubeObject } from '../istio/objects.ts'
import { podEntryOf, type PodEntry } from './pod-entry.ts'
import { newPodFold } from './pod-fold.ts'

/** What happens at the API server: a pod of a few names comes, changes its sidecar, loses it, or goes. */
type Act = { readonly name: number; readonly revision: 'default' | '1-31-0' | 'none'; readonly gone: boolean }
/** What the watcher does next: hears the next event, the last one again, or lists anew at the server's present. */
type Move = Act | 'hear' | 'hear-again' | 'list'

const act: fc.Arbitrary<Act> = fc.record({
  name: fc.nat(4),
  revision: fc.constantFrom('default', '1-31-0', 'none'),
  gone: fc.boolean(),
})
const moves = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: act },
    { weight: 4, arbitrary: fc.constantFrom<Move>('hear', 'hear', 'hear', 'hear-again', 'list') },
  ),
  { maxLength: 120 },
)

function podOf({ name, revision }: Act, uid: string): KubeObject {
  const annotations =
    revision === 'none' ? {} : { 'sidecar.istio.io/status': JSON.stringify({ revision, containers: ['istio-proxy'] }) }
  const metadata: ObjectMeta = { name: `web-${name}`, namespace: 'shop', uid, annotations }
  return { apiVersion: 'v1', kind: 'Pod', metadata }
}

type Told = { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly pod: KubeObject }

/** An API server of one namespace: what is there, and everything that it told since the beginning. */
function newServer() {
  const pods = new Map<string, KubeObject>()
  const log: Told[] = []
  let made = 0
  return {
    log,
    list: () => [...pods.values()],
    act: (one: Act): void => {
      const key = `web-${one.name}`
      const before = pods.get(key)
      if (one.gone) {
        if (before) log.push({ type: 'DELETED', pod: before })
        pods.delete(key)
        return
      }
      // A name that comes back after it was gone is another pod.
      const uid = before?.metadata.uid ?? `uid-${(made += 1)}`
      const pod = podOf(one, uid)
      pods.set(key, pod)
      log.push({ type: before ? 'MODIFIED' : 'ADDED', pod })
    },
  }
}

function entriesOf(pods: readonly KubeObject[]): ReadonlyMap<string, PodEntry> {
  const entries = pods.map(({ metadata }) => [metadata.uid ?? '', podEntryOf(metadata, 'team')] as const)
  return new Map(entries.filter((one): one is readonly [string, PodEntry] => one[1] !== null))
}

describe('the fold of pods', () => {
  test('ends at what a fresh list says, whatever the order of lists, events, repetitions and new beginnings', () => {
    fc.assert(
      fc.property(moves, (all) => {
        const server = newServer()
        const fold = newPodFold('team')
        let heard = -1
        const list = (): void => {
          fold.listed(entriesOf(server.list()))
          heard = server.log.length
        }
        const hear = (index: number): void => {
          const told = server.log[index]
          if (told) fold.changed(told.type, told.pod)
        }
        for (const move of all) {
          if (typeof move === 'object') server.act(move)
          else if (move === 'list' || heard < 0) list()
          else if (move === 'hear-again') hear(heard - 1)
          else if (heard < server.log.length) hear((heard += 1) - 1)
        }
        if (heard < 0) list()
        while (heard < server.log.length) hear((heard += 1) - 1)
        expect(fold.pods()).toEqual(entriesOf(server.list()))
      }),
      { numRuns: 500 },
    )
  })

  test('knows nothing before the first list has come to its end', () => {
    const fold = newPodFold('team')
    fold.changed('ADDED', podOf({ name: 1, revision: 'default', gone: false }, 'u'))
    expect(fold.pods()).toBeNull()
  })
})

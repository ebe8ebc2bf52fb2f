import { expect, test } from '@jest/globals'
import { install, rollBack, startSwitch } from '../support/acts.ts'
import { said } from '../support/people.ts'
import { newWorkerCrew } from '../support/worker-crew.ts'
import type { TestWorker } from '../support/worker-process.ts'
import { recordIn, runOf } from './record-boundaries.ts'
import { aStage, type Stage } from './stage.ts'
import { until } from '../support/until.ts'
import { ownWrites, repeated } from './writes.ts'

const MOVE = 'switch.move-tag.default'
const TAGGED = /mutatingwebhookconfigurations\/istio-revision-tag-default\?/
const TAG = /mutatingwebhookconfigurations\/istio-revision-tag-default$/

/**
 * A worker is stopped in its tracks in the middle of moving the default tag: it has journalled the act and asked for the
 * object that it is about to write. The answer waits in its socket; by its own reckoning no time passes.
 */
async function frozenBeforeItsWrite() {
  const crew = newWorkerCrew()
  const stage = await aStage({ rig: { recordKeys: ['one-record-key-for-tests'], startWorker: crew.start } })
  const { kube, rig } = stage
  await install(rig)
  let frozen: TestWorker | undefined
  kube.listen(({ object }) => {
    const step = recordIn(object)?.steps.find(({ id }) => id === MOVE)
    if (frozen || !step?.acted) return
    frozen = crew.leader()
    kube.trouble({ method: 'GET', path: TAG, kind: 'slow', delayMs: 300, times: 1 })
    setTimeout(() => frozen?.freeze(), 150)
  })
  await startSwitch(rig)
  await until(() => frozen)
  await until(() => crew.all().some((worker) => worker !== frozen && worker.leads()))
  return { ...stage, frozen: frozen ?? crew.all()[0], written: ownWrites(kube).length }
}

/** Where in the API server's log the default tag was moved, and where the journal first named a second attempt. */
function movedAt(kube: Stage['kube']): number {
  return kube.log.findIndex(
    ({ method, url, body }) => method === 'PATCH' && TAGGED.test(url) && body.includes('istiod-1-31-0'),
  )
}

function takenUpAt(kube: Stage['kube']): number {
  return kube.log.findIndex(({ method, url, body }) => {
    if (method !== 'PUT' || !url.includes('/configmaps/run-')) return false
    const { data } = JSON.parse(body) as { readonly data: { readonly content: string } }
    const { steps } = JSON.parse(data.content) as { readonly steps: readonly { id: string; attempt: number }[] }
    return steps.some(({ id, attempt }) => id === MOVE && attempt === 2)
  })
}

function attempts(kube: Stage['kube']): number {
  return runOf(kube).steps.find(({ id }) => id === MOVE)?.attempt ?? 0
}

test('a worker that was stopped while another took the lead sends nothing late: the other does it, once', async () => {
  const { kube, rig, tenants, frozen, written } = await frozenBeforeItsWrite()
  await new Promise((resolve) => setTimeout(resolve, 3000))
  expect(ownWrites(kube)).toHaveLength(written)
  expect(attempts(kube)).toBe(1)
  frozen?.thaw()
  await said(rig, 'Done: switch')
  expect(attempts(kube)).toBe(2)
  expect(takenUpAt(kube)).toBeGreaterThan(0)
  expect(movedAt(kube)).toBeGreaterThan(takenUpAt(kube))
  expect(tenants.seen('shop')).toEqual(['default', '1-31-0'])
  expect(repeated(ownWrites(kube))).toEqual([])
}, 240_000)

test('one that sleeps beyond its deadline wakes up to a run that was switched and brought back, and leaves it so', async () => {
  const { kube, rig, tenants, frozen } = await frozenBeforeItsWrite()
  await until(() => attempts(kube) === 2, 120_000)
  await said(rig, 'Done: switch')
  await rollBack(rig)
  const before = ownWrites(kube)
  frozen?.thaw()
  await until(() => frozen?.lines.some((line) => line.includes('no longer leads')))
  await new Promise((resolve) => setTimeout(resolve, 3000))
  expect(ownWrites(kube)).toEqual(before)
  expect(await tenants.now('shop')).toBe('default')
  expect(tenants.seen('shop')).toEqual(['default', '1-31-0', 'default'])
}, 400_000)

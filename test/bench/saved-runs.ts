import { sleep } from '../../src/kernel/retry.ts'
import { run as runSchema, type Run, type StepEntry } from '../../src/wire/run.ts'
import type { Sandbox } from './sandbox.ts'

/** A run record as the API server got it, and when (epoch ms). */
type Saved = { readonly at: number; readonly run: Run }

type Sent = { readonly data?: { readonly content?: string } }

/** Waits for the first save of a run record since then that says so. The moment comes from the API server's log. */
export async function savedWhen(sandbox: Sandbox, sinceMs: number, so: (saved: Saved) => boolean): Promise<Saved> {
  const end = Date.now() + 60_000
  for (;;) {
    const found = savesSince(sandbox, sinceMs).find(so)
    if (found) return found
    if (Date.now() > end) throw new Error(`no run record says so: ${so.toString()}`)
    await sleep(100)
  }
}

/** Waits for the first save since then in which a step is so, and names the step. */
export async function stepSaved(
  sandbox: Sandbox,
  sinceMs: number,
  so: (step: StepEntry) => boolean,
): Promise<{ readonly at: number; readonly step: string }> {
  const { at, run } = await savedWhen(sandbox, sinceMs, (saved) => saved.run.steps.some(so))
  return { at, step: run.steps.find(so)?.id ?? '' }
}

/** Every save of a run record that the API server accepted since then, oldest first. */
function savesSince({ kube }: Sandbox, sinceMs: number): readonly Saved[] {
  return kube.log
    .slice(kube.log.findLastIndex(({ at }) => at < sinceMs) + 1)
    .filter(({ method, url, code }) => method === 'PUT' && /\/configmaps\/run-[0-9a-z]{26}\?/.test(url) && code < 300)
    .map(({ at, body }) => ({ at, run: runOf(body) }))
}

function runOf(body: string): Run {
  const { data } = JSON.parse(body) as Sent
  return runSchema.parse(JSON.parse(data?.content ?? ''))
}

import type { SlackMessage } from '../../src/sandbox/slack-server/model.ts'
import { askUpgrade, command } from '../support/acts.ts'
import { clickCard, openCard } from '../support/people.ts'
import type { Row } from './row.ts'
import { percentile } from './row.ts'
import { SECOND_ADDRESS, startSandbox, type Sandbox } from './sandbox.ts'
import { savedWhen, stepSaved } from './saved-runs.ts'

/** Several runs with a few tries each: a record grows with every try, and a real one sees only a few. */
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 12)
const TRIES = 8

/** With the cards that were clicked: an ended card shows its button until its edit is sent, and is no new one. */
type Samples = {
  readonly running: number[]
  readonly proven: number[]
  readonly undone: number[]
  readonly clicked: Set<string>
}

/**
 * From a click to a running step, from Start to a proven switch, and from the write of a switch that comes out wrong to its
 * undo: on the local Slack and Kubernetes API, with the times of production. Moments are the API server's.
 */
export async function benchClicks(): Promise<readonly Row[]> {
  const sandbox = await startSandbox()
  const samples: Samples = { running: [], proven: [], undone: [], clicked: new Set() }
  try {
    for (let round = 1; round <= ROUNDS; round += 1) {
      console.error(`clicks: run ${round} of ${ROUNDS}`)
      await oneRun(sandbox, samples)
    }
  } finally {
    await sandbox.stop()
  }
  return rowsOf(samples)
}

async function oneRun(sandbox: Sandbox, samples: Samples): Promise<void> {
  const { rig, istioctl, kube } = sandbox
  await askUpgrade(rig)
  istioctl['1.31.0']?.behave({ failAt: 'apply' })
  for (let i = 0; i < TRIES; i += 1) {
    const clicked = await approveInstall(sandbox, samples)
    await savedWhen(sandbox, clicked, ({ run }) => run.state === 'waiting')
    await askAgain(sandbox)
  }
  istioctl['1.31.0']?.behave({})
  await approveInstall(sandbox, samples)
  await openCard(rig, 'switch')
  const thaw = kube.freezeWebhooks(SECOND_ADDRESS)
  samples.undone.push(await untilUndone(sandbox, await startSwitch(sandbox, samples)))
  thaw()
  await askAgain(sandbox)
  const started = await startSwitch(sandbox, samples)
  samples.proven.push((await savedWhen(sandbox, started, ({ run }) => run.state === 'switched')).at - started)
  await goBack(sandbox)
}

async function approveInstall(sandbox: Sandbox, samples: Samples): Promise<number> {
  const card = await freshCard(sandbox, samples, 'install')
  return timed(sandbox, samples, () => clickCard(sandbox.rig, card, 'U0MEI', 'approval.approve'))
}

async function startSwitch(sandbox: Sandbox, samples: Samples): Promise<number> {
  const card = await freshCard(sandbox, samples, 'switch')
  await clickCard(sandbox.rig, card, 'U0MEI', 'approval.approve')
  await clickCard(sandbox.rig, card, 'U0SRE', 'approval.approve')
  await openCard(sandbox.rig, 'switch', 'Start')
  return timed(sandbox, samples, () => clickCard(sandbox.rig, card, 'U0LEE', 'approval.start'))
}

async function freshCard({ rig }: Sandbox, { clicked }: Samples, phase: string): Promise<SlackMessage> {
  const isFresh = (message: SlackMessage): boolean => {
    const text = rig.slack.text(message)
    return !clicked.has(message.ts) && (text.split('\n')[0] ?? '').includes(phase) && text.includes('[Approve')
  }
  const card = await rig.slack.waitFor(() => rig.slack.messages(rig.channel).findLast(isFresh), 30_000)
  clicked.add(card.ts)
  return card
}

/** Notes how long the click took to a running step; the moment of the click is returned. */
async function timed(sandbox: Sandbox, samples: Samples, click: () => Promise<unknown>): Promise<number> {
  const clicked = Date.now()
  const answer = await click()
  try {
    samples.running.push((await stepSaved(sandbox, clicked, (step) => step.state === 'running')).at - clicked)
  } catch (error) {
    throw new Error(`no step ran after the click, which was answered: ${String(answer)}`, { cause: error })
  }
  return clicked
}

async function untilUndone(sandbox: Sandbox, started: number): Promise<number> {
  const wrong = await stepSaved(sandbox, started, (step) => step.error?.code === 'PROOF_WRONG')
  const written = await stepSaved(sandbox, started, (step) => step.id === wrong.step && step.acted)
  const undone = await stepSaved(sandbox, started, (step) => step.id === wrong.step && step.state === 'undone')
  return undone.at - written.at
}

async function askAgain({ rig }: Sandbox): Promise<void> {
  const offers = (message: SlackMessage): boolean => JSON.stringify(message.versions.at(-1)).includes('approval.reask')
  const card = await rig.slack.waitFor(() => rig.slack.messages(rig.channel).findLast(offers), 30_000)
  await clickCard(rig, card, 'U0LEE', 'approval.reask')
}

async function goBack(sandbox: Sandbox): Promise<void> {
  const asked = Date.now()
  await command(sandbox.rig, 'U0MEI', 'rollback')
  await savedWhen(sandbox, asked, ({ run }) => run.state === 'returned' && run.pending.length === 0)
}

function rowsOf({ running, proven, undone }: Samples): readonly Row[] {
  const note = `${running.length} clicks`
  const slowest = (samples: readonly number[]) => percentile(samples, 1)
  const click = 'last approval or Start → step running'
  return [
    { measure: `${click}, p50`, unit: 'ms', target: 100, measured: percentile(running, 0.5), note },
    { measure: `${click}, p99`, unit: 'ms', target: 300, measured: percentile(running, 0.99), note },
    { measure: 'Start → switch proven', unit: 'ms', target: 5000, measured: slowest(proven), note: slowestOf(proven) },
    {
      measure: 'Wrong: write → undone',
      unit: 'ms',
      target: 10_000,
      measured: slowest(undone),
      note: slowestOf(undone),
    },
  ]
}

function slowestOf(samples: readonly number[]): string {
  return `the slowest of ${samples.length}`
}

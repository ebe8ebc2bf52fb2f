import { objectOf, textOf } from '../../../slack-server/json.ts'
import type { MessagePart, PageState } from '../../page-state.ts'
import { askAgain } from './ask-again.ts'
import { sendReminders } from './send-reminders.ts'
import { begin } from './begin.ts'
import { headerOf } from './cards.ts'
import { watch, type Coaching, type CoachState } from './coaching.ts'
import { inTrouble } from './in-trouble.ts'
import { hasControlPlane, newPodsGet } from './mesh-facts.ts'
import { openButtons, type OpenButton } from './open-buttons.ts'
import { continueAs, nameOf, roleOf, saysApproves } from './people.ts'
import { keyOf } from './pressed.ts'
import { watchStory } from './watch-story.ts'

type Rule = (state: CoachState) => Coaching | null

/** After this long without anything new there is nothing to watch any more. */
const patience = 12_000

/** So long after a press nobody else is asked for: its answer is on the way, and may be the last that was needed. */
const answerTime = 3000

/** Always names the next act, from nothing but what stands in the local Slack and in the mesh. */
export function coach(state: CoachState): Coaching {
  for (const rule of rules) {
    const said = rule(state)
    if (said !== null) return said
  }
  return watch('Meshferry is at work: the card in the channel shows each step as it happens.')
}

const rules: readonly Rule[] = [
  watchStory,
  finishModal,
  connect,
  decide,
  sendReminders,
  askAgain,
  begin,
  done,
  inTrouble,
  skipAhead,
]

function finishModal({ page }: CoachState): Coaching | null {
  return page.views.modals.length === 0 ? null : watch('A dialog is open: fill it in, or close it with Escape.')
}

function connect({ page }: CoachState): Coaching | null {
  return page.mesh.newPods.length === 0 && page.mesh.controlPlanes.length === 0
    ? watch('The cluster is being set up.')
    : null
}

/** A card waits for somebody: for whoever is looked through, or for somebody else of the cast. */
function decide({ page, pressed, quietFor }: CoachState): Coaching | null {
  const button = openButtons(page).find(({ actionId }) => /^approval\.(approve|start)$/.test(actionId))
  if (button === undefined) return null
  const may = page.demo.cast.filter(({ role }) => saysApproves(role))
  const waiting = may.filter(({ user }) => !pressed.has(keyOf(button, user)))
  // Where all have pressed and the card still waits, a press was lost: everybody is asked anew.
  const free = waiting.length === 0 && quietFor > patience ? may : waiting
  const me = free.find(({ user }) => user === page.demo.me)
  if (me !== undefined) return pressing(button)
  const [next] = free
  const isFresh = pressed.has(keyOf(button, page.demo.me)) && quietFor < answerTime
  if (next === undefined || isFresh)
    return watch('The decision is on its way to the worker. The card changes as soon as it is recorded.')
  const why = roleOf(page.demo.cast, page.demo.me) ?? 'somebody else'
  return {
    say: `This card needs somebody who approves, and you are ${nameOf(page, page.demo.me)} (${why}).`,
    act: continueAs(next),
  }
}

/** One press does it: the guide has said what the card's own button would ask first. */
function pressing(button: OpenButton): Coaching {
  const isStart = button.actionId === 'approval.start'
  const say = isStart
    ? 'Approved, and nothing has changed yet. It begins when somebody presses Start.'
    : 'Read the card, then approve it.'
  const confirm = textOf(objectOf(objectOf(button.element['confirm'])['text'])['text'])
  return {
    say: confirm === '' ? say : `${say} ${confirm}`,
    act: { kind: 'press', label: isStart ? 'Start it' : 'Approve it', button },
  }
}

function done({ page, reported }: CoachState): Coaching | null {
  const { demo, mesh } = page
  const old = mesh.byVersion[demo.versions.from] ?? 0
  if (!newPodsGet(page, demo.versions.to) || old > 0 || hasControlPlane(page, demo.versions.from)) return null
  const count = mesh.restartedByUs
  const restarted = count === 0 ? 'nobody was restarted by Meshferry' : `Meshferry touched ${count} pods or workloads`
  const say = `Done: no pod runs ${demo.versions.from} any more, its control plane is gone, and ${restarted}.`
  if (reported) return watch(`${say} The report was asked for.`)
  const text = `${demo.command} report`
  return { say: `${say} Ask for the report.`, act: { kind: 'send', label: 'Get the report', text } }
}

/** Proven, or long quiet: what comes now takes hours or days of the calendar. */
function skipAhead({ page, quietFor }: CoachState): Coaching | null {
  // The mesh changes before Meshferry has proven it: its own message has the last word.
  const proven = newPodsGet(page, page.demo.versions.to) && !page.messages.some(isRunning)
  if (!proven && quietFor < patience) return null
  if (page.clock.skipping) {
    return {
      say: 'Time runs. Teams redeploy at their own pace, and each pod changes its sidecar on the way.',
      act: { kind: 'skip', label: 'Stop here', on: false },
    }
  }
  return {
    say: proven ? whatFollows(page) : 'Nothing to decide at the moment.',
    act: { kind: 'skip', label: 'Skip to the next decision', on: true },
  }
}

function isRunning(message: MessagePart): boolean {
  return headerOf(message).startsWith('▶️ Running')
}

function whatFollows({ demo, mesh }: PageState): string {
  const { from, to } = demo.versions
  return (mesh.byVersion[from] ?? 0) > 0
    ? `Switched and proven: every new pod gets ${to}. The rest follows as teams redeploy; that takes days.`
    : `Every pod runs ${to} now. What comes next is a decision over the control plane of ${from}.`
}

import { objectsOf, textOf } from '../../../slack-server/json.ts'
import type { MessagePart, PageState } from '../../page-state.ts'
import { openButtons, type OpenButton } from './open-buttons.ts'

export type CoachAct =
  | { readonly kind: 'send'; readonly label: string; readonly text: string }
  | { readonly kind: 'be'; readonly label: string; readonly user: string }
  | { readonly kind: 'press'; readonly label: string; readonly button: OpenButton }
  | { readonly kind: 'skip'; readonly label: string; readonly on: boolean }

/** What to do next, in a sentence, and the act itself; null where there is only something to watch. */
export type Coaching = { readonly say: string; readonly act: CoachAct | null }

export type CoachState = {
  readonly page: PageState
  /** Buttons that this visitor has pressed, as `keyOf` names them with the person who did. */
  readonly pressed: ReadonlySet<string>
  /** How long ago the command was sent from this page, ms of the machine; null if it wasn't. */
  readonly askedFor: number | null
  /** For how long nothing in the Slack has changed, ms of the machine. */
  readonly quietFor: number
}

type Rule = (state: CoachState) => Coaching | null

/** After this long without anything new there is nothing to watch any more. */
const patience = 12_000

/** A plan is there well within this; after that the command is offered again. */
const planTime = 20_000

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

const rules: readonly Rule[] = [finishModal, connect, decide, askAgain, begin, done, skipAhead]

export function keyOf(button: OpenButton, user: string): string {
  return `${user} ${button.channel} ${button.ts} ${button.actionId} ${button.value}`
}

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
  const free = may.filter(({ user }) => !pressed.has(keyOf(button, user)))
  const me = free.find(({ user }) => user === page.demo.me)
  if (me !== undefined) return pressing(button)
  const [next] = free
  const isFresh = pressed.has(keyOf(button, page.demo.me)) && quietFor < answerTime
  if (next === undefined || isFresh)
    return watch('The decision is on its way to the worker. The card changes as soon as it is recorded.')
  const why = page.demo.cast.find(({ user }) => user === page.demo.me)?.role ?? 'somebody else'
  return {
    say: `This card needs somebody who approves, and you are ${nameOf(page, page.demo.me)} (${why}).`,
    act: { kind: 'be', label: `Continue as ${next.name}`, user: next.user },
  }
}

/** What the person of the cast is there for, as the role says it. */
export function saysApproves(role: string): boolean {
  return /\bapprove/i.test(role)
}

function pressing(button: OpenButton): Coaching {
  const isStart = button.actionId === 'approval.start'
  return {
    say: isStart
      ? 'Approved, and nothing has changed yet. It begins when somebody presses Start.'
      : 'Read the card: what changes, what new pods get, how it is undone. Then approve it.',
    act: { kind: 'press', label: isStart ? 'Start it' : 'Approve it', button },
  }
}

function askAgain({ page }: CoachState): Coaching | null {
  const button = openButtons(page).find(({ actionId }) => /^(approval\.reask|run\.resume)$/.test(actionId))
  if (button === undefined) return null
  const resume = button.actionId === 'run.resume'
  return {
    say: resume
      ? 'The upgrade was stopped. Nothing new starts until it is resumed.'
      : 'This did not go forward, and what was there is back. Ask for a fresh card when you are ready.',
    act: { kind: 'press', label: resume ? 'Resume it' : 'Ask again', button },
  }
}

function begin({ page, askedFor }: CoachState): Coaching | null {
  const { demo, mesh } = page
  if (saidByBot(page).some(isCard) || newPodsGet(page, demo.versions.to)) return null
  if (askedFor !== null && askedFor < planTime) {
    return watch('Meshferry reads the whole cluster and makes a plan. Its first card comes into the channel.')
  }
  const [first] = demo.cast
  if (first !== undefined && first.user !== demo.me) {
    return {
      say: `${first.name} ${first.role}.`,
      act: { kind: 'be', label: `Continue as ${first.name}`, user: first.user },
    }
  }
  const pods = mesh.byVersion[demo.versions.from] ?? 0
  const text = `${demo.command} upgrade ${demo.cluster} to ${demo.versions.to}`
  return {
    say: `${pods.toLocaleString('en')} pods run Istio ${demo.versions.from}. Ask for the upgrade: send the command.`,
    act: { kind: 'send', label: 'Send it', text },
  }
}

function done({ page }: CoachState): Coaching | null {
  const { demo, mesh } = page
  const old = mesh.byVersion[demo.versions.from] ?? 0
  const oldPlane = mesh.controlPlanes.some(({ version }) => version === demo.versions.from)
  if (!newPodsGet(page, demo.versions.to) || old > 0 || oldPlane) return null
  return {
    say: `Done: every pod runs ${demo.versions.to}, the old control plane is gone, and nobody was restarted. Ask for the report.`,
    act: { kind: 'send', label: 'Get the report', text: `${demo.command} report` },
  }
}

/** Proven, or long quiet: what comes now takes hours or days of the calendar. */
function skipAhead({ page, quietFor }: CoachState): Coaching | null {
  const proven = newPodsGet(page, page.demo.versions.to)
  if (!proven && quietFor < patience) return null
  if (page.clock.skipping) {
    return {
      say: 'Time runs. Teams redeploy at their own pace, and each pod changes its sidecar on the way.',
      act: { kind: 'skip', label: 'Stop here', on: false },
    }
  }
  const say = proven
    ? `Switched and proven: every new pod gets ${page.demo.versions.to}. The rest follows as teams redeploy; that takes days.`
    : 'Nothing to decide at the moment.'
  return { say, act: { kind: 'skip', label: 'Skip to the next decision', on: true } }
}

function watch(say: string): Coaching {
  return { say, act: null }
}

function newPodsGet({ mesh }: PageState, version: string): boolean {
  const injected = mesh.newPods.filter(({ gets }) => gets !== 'none')
  return injected.length > 0 && injected.every(({ gets }) => gets === version)
}

function saidByBot(page: PageState): readonly MessagePart[] {
  return page.messages.filter(({ user, onlyForMe }) => user === page.workspace.bot.user && !onlyForMe)
}

/** A card carries something that was or is to be decided; an answer or a digest does not. */
function isCard({ blocks }: MessagePart): boolean {
  return blocks.some((block) => block['type'] === 'header') && blocks.some(hasDecision)
}

function hasDecision(block: Readonly<Record<string, unknown>>): boolean {
  return objectsOf(block['elements']).some((element) => /^(approval|run)\./.test(textOf(element['action_id'])))
}

function nameOf(page: PageState, user: string): string {
  return page.demo.cast.find((member) => member.user === user)?.name ?? user
}

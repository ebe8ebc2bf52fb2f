import type { App } from '@slack/bolt'
import { z } from 'zod'
import { messageOf, refusalOf } from '../kernel/errors.ts'
import { ACTIONS, RESTART_VIEW, UPGRADE_VIEW } from './action-ids.ts'
import { refusal, type Asker, type Desk } from './asker.ts'
import { clickOf } from './click.ts'
import { CLICKS } from './clicks.ts'
import { leftOpen, runCommand } from './commands.ts'
import { onDraftSubmitted, submissionOf } from './draft-submission.ts'
import type { Drain } from './drain.ts'
import { EVENTS } from './events.ts'
import { FORMS, type Form } from './forms.ts'
import type { Outbox } from './outbox.ts'
import { onRestartSubmitted } from './restart-submission.ts'
import { senderOf } from './sender.ts'
import { openUpgrade } from './upgrade-form.ts'
import { onUpgradeSubmitted, upgradeChosen } from './upgrade-submission.ts'
import { section } from './views/blocks.ts'
import { put, type Look } from './views/look.ts'
import { withinTime } from './within-time.ts'

const typed = z.object({
  user_id: z.string(),
  channel_id: z.string(),
  text: z.string().default(''),
  response_url: z.string(),
  trigger_id: z.string(),
})

/** Another version of the bot opened the dialog, or other settings offered what was chosen. */
const UNREAD = refusal('DIALOG_UNREADABLE')

const CHOICES: readonly string[] = [ACTIONS.upgradeCluster, ACTIONS.upgradeVersion]

/** Registers everything on Bolt. Each handler acks first and at once; what follows has its own time and its own errors. */
export function register(app: App, desk: Desk, outbox: Outbox, jobs: Drain): void {
  app.command(desk.chat.settings.command, async ({ ack, body }) => {
    await ack()
    const said = typed.parse(body)
    const asker = { user: said.user_id, channel: said.channel_id, responseUrl: said.response_url }
    const left = leftOpen(desk, asker, said.text)
    // A dialog opens within three seconds or never: Slack itself takes the trigger only once, so nobody else is asked first.
    if (left) return guarded(desk, jobs, asker, () => openUpgrade(desk, asker, said.trigger_id, left))
    await once(desk, jobs, said.trigger_id, asker, () => runCommand(desk, asker, said.text, said.trigger_id))
  })
  for (const [id, handle] of Object.entries(CLICKS)) {
    app.action(
      { type: 'block_actions', action_id: new RegExp(`^${id.replaceAll('.', '\\.')}(\\.\\d+)?$`) },
      async ({ ack, body }) => {
        await ack()
        const click = clickOf(body)
        if (!click) return
        const plain = { ...click, actionId: id }
        // A choice that comes twice asks twice, which changes nothing; its dialog says by itself when Redis is away.
        if (CHOICES.includes(id)) return guarded(desk, jobs, click, () => handle(desk, outbox, plain))
        await once(desk, jobs, click.trigger, click, () => handle(desk, outbox, plain))
      },
    )
  }
  registerUpgrade(app, desk, jobs)
  for (const form of FORMS) registerForm(app, desk, outbox, jobs, form)
  registerRestarts(app, desk, jobs)
  for (const [name, handle] of Object.entries(EVENTS)) {
    app.event(name, async ({ event }) => {
      await jobs.run(
        () => handle(desk, event),
        async (error) =>
          desk.chat.log.error('an event could not be handled', { event: name, message: messageOf(error) }),
      )
    })
  }
  app.error(async (error) => desk.chat.log.error('Bolt could not handle a payload', { message: error.message }))
}

function registerForm(app: App, desk: Desk, outbox: Outbox, jobs: Drain, form: Form): void {
  app.view(form.view, async ({ ack, body }) => {
    const submitted = submissionOf(body, form.block)
    const wrong = submitted && form.wrong(submitted)
    if (wrong) {
      const look = await lookAtHand(desk, submitted.user)
      const says = put(look, wrong, { cluster: submitted.cluster ?? undefined })
      return ack({ response_action: 'errors', errors: { [form.block]: says } })
    }
    await ack()
    await sent(desk, jobs, body, (sender) =>
      submitted ? onDraftSubmitted(desk, outbox, submitted, form.ask) : desk.refuse(sender, UNREAD),
    )
  })
}

function registerRestarts(app: App, desk: Desk, jobs: Drain): void {
  app.view(RESTART_VIEW, async ({ ack, body }) => {
    await ack()
    await sent(desk, jobs, body, (sender) => onRestartSubmitted(desk, sender, body))
  })
}

function registerUpgrade(app: App, desk: Desk, jobs: Drain): void {
  app.view(UPGRADE_VIEW, async ({ ack, body }) => {
    const chosen = upgradeChosen(
      body,
      desk.chat.settings.clusters.map(({ name }) => name),
      desk.chat.clocks.calendar.now(),
    )
    if (chosen && 'says' in chosen) {
      const look = await lookAtHand(desk, chosen.user)
      return ack({ response_action: 'errors', errors: { [chosen.block]: put(look, chosen.says) } })
    }
    await ack()
    await sent(desk, jobs, body, (sender) => (chosen ? onUpgradeSubmitted(desk, chosen) : desk.refuse(sender, UNREAD)))
  })
}

/** A dialog that was sent has closed: whatever goes wrong is said to who sent it. */
async function sent(desk: Desk, jobs: Drain, body: unknown, act: (sender: Asker) => Promise<void>): Promise<void> {
  const sender = senderOf(body)
  if (!sender) return desk.chat.log.error('a dialog was sent by nobody')
  await guarded(desk, jobs, sender, () => act(sender))
}

/** What a form says at its fields is part of the ack, which waits for nothing. */
function lookAtHand({ chat }: Desk, user: string): Promise<Look> {
  return chat.names.lookFor(chat.names.localeAtHand(user, chat.settings.locale), null)
}

/** Answers whatever goes wrong in it. */
function guarded(desk: Desk, jobs: Drain, asker: Asker, act: () => Promise<void>): Promise<void> {
  return jobs.run(act, (error) => desk.refuse(asker, refusalFor(error)))
}

/** Runs a handler once per trigger (a payload that comes again is dropped) and answers whatever goes wrong in it. */
async function once(desk: Desk, jobs: Drain, trigger: string, asker: Asker, act: () => Promise<void>): Promise<void> {
  await guarded(desk, jobs, asker, () =>
    notInSilence(desk, asker, async () => {
      const { memory, times } = desk.chat
      const first = await withinTime(memory.firstTime(`trigger:${trigger}`), times.memory)
      if (first) await act()
    }),
  )
}

/** Where the answer takes longer than a moment, that is said meanwhile: it waits for nothing that may be slow. */
async function notInSilence(desk: Desk, asker: Asker, act: () => Promise<void>): Promise<void> {
  if (asker.responseUrl === '') return act()
  const sayWorking = async (): Promise<void> => {
    const text = put(await lookAtHand(desk, asker.user), 'working')
    await desk.say(asker, { text, blocks: [section(text)] })
  }
  const timer = setTimeout(() => void sayWorking(), desk.chat.times.working)
  try {
    await act()
  } finally {
    clearTimeout(timer)
  }
}

/** Redis away shows itself as a plain error of its client; every CodedError keeps its own code. */
function refusalFor(error: unknown): ReturnType<typeof refusal> {
  const known = refusalOf(error)
  const redis = /ECONNREFUSED|ECONNRESET|Connection is closed|no answer within|max retries|isn't writeable|timed out/i
  if (known.code === 'INTERNAL' && redis.test(String(known.facts['message']))) return refusal('QUEUE_UNREACHABLE')
  return known
}

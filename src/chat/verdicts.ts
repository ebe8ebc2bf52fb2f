import type { Reply } from '../ports/read-model.ts'
import type { Locale } from '../wire/names.ts'
import type { VerdictNotice } from '../wire/notice.ts'
import type { WorkerPulse } from '../wire/read-model.ts'
import type { Chat } from './chat.ts'
import { linkToMessage } from './message-link.ts'
import { answer } from './replies.ts'
import { sidecarAnswer } from './sidecar-choice.ts'
import { restartDraftIn, sealedDraftIn } from './restart-draft.ts'
import { showSaid } from './restart-view.ts'
import type { Waiting } from './upgrade-memory.ts'
import { showTrouble, tellPreview, waitingFrom } from './upgrade-preview.ts'
import { answerCard, verdictCard } from './views/answers.ts'
import { section } from './views/blocks.ts'
import { put } from './views/look.ts'

const ANSWERED = 'answered'

/** Follows requests until their verdict: says "sent", names the worker's last sign of life, and says when one has lapsed. */
export type Verdicts = {
  readonly follow: (request: string, cluster: string, reply: Reply) => void
  readonly tell: (verdict: VerdictNotice) => Promise<void>
  readonly stop: () => void
}

type Followed = { readonly timers: readonly NodeJS.Timeout[]; readonly reply: Reply }

export function verdicts(chat: Chat): Verdicts {
  const follow: Verdicts['follow'] = (request, cluster, reply) => {
    const at = (ms: number, act: () => Promise<void>): NodeJS.Timeout =>
      setTimeout(() => void unlessAnswered(chat, request, act), ms)
    const timers = [
      at(sentIn(chat, reply), () => saySent(chat, cluster, request, reply)),
      at(chat.times.silent, () => saySilent(chat, cluster, request, reply)),
      at(chat.times.lapsed, async () => {
        forget(request)
        await sayLapsed(chat, cluster, request, reply)
      }),
    ]
    followed.set(request, { timers, reply })
  }
  const followed = new Map<string, Followed>()
  const forget = (request: string): Reply | null => {
    const { timers = [], reply = null } = followed.get(request) ?? {}
    for (const timer of timers) clearTimeout(timer)
    followed.delete(request)
    return reply
  }
  return {
    follow,
    tell: (verdict) => tellVerdict(chat, follow, verdict, forget(verdict.request)),
    stop: () => {
      for (const request of followed.keys()) forget(request)
    },
  }
}

/** Another bot may have told the verdict: the reply in Redis says so. With Redis away nothing is known, so it is said. */
async function unlessAnswered(chat: Chat, request: string, act: () => Promise<void>): Promise<void> {
  try {
    const reply = await chat.memory.reply(request).catch(() => null)
    if (reply?.what !== ANSWERED) await act()
  } catch (error) {
    chat.log.error('a request could not be followed', { request, message: String(error) })
  }
}

/** Redis knows where to answer, whichever bot took the click; where it was flushed, the bot that took it still knows. */
async function tellVerdict(
  chat: Chat,
  follow: Verdicts['follow'],
  verdict: VerdictNotice,
  own: Reply | null,
): Promise<void> {
  const reply = (await chat.memory.reply(verdict.request)) ?? own
  if (!reply || reply.what === ANSWERED) return
  await showVerdict(chat, follow, verdict, reply)
  // Marked after it was said: a bot that dies in between says it once more, and nobody is left without an answer.
  await chat.memory.keepReply(verdict.request, { ...reply, what: ANSWERED })
}

async function showVerdict(
  chat: Chat,
  follow: Verdicts['follow'],
  verdict: VerdictNotice,
  reply: Reply,
): Promise<void> {
  const draft = sealedDraftIn(chat, verdict.request, reply)
  if (draft) return showSaid(chat, reply, draft, verdict)
  const waiting = waitingFrom(verdict.request, reply)
  if (waiting) return tellPreview(chat, follow, waiting, verdict)
  const look = await chat.names.lookFor(localeOf(reply), verdict)
  const { newer } = verdict.said.facts
  const link = typeof newer === 'string' ? await linkToMessage(chat, newer) : null
  const card = (await sidecarAnswer(chat, verdict, reply, look)) ?? verdictCard(verdict, look, link)
  await answer(chat, reply, card)
}

/** What was done before the request left is part of the second in which somebody hears something. */
function sentIn({ times, clocks }: Chat, { sentAt }: Reply): number {
  return Math.max(0, times.sent - (clocks.machine.now() - sentAt))
}

/** An open dialog says by itself that the worker is asked. */
async function saySent(chat: Chat, cluster: string, request: string, reply: Reply): Promise<void> {
  if (restartDraftIn(reply) || waitingFrom(request, reply)) return
  const text = put(await chat.names.lookFor(localeOf(reply), null), 'sent', { cluster })
  await answer(chat, reply, { text, blocks: [section(text)] })
}

async function saySilent(chat: Chat, cluster: string, request: string, reply: Reply): Promise<void> {
  const pulse = await chat.reader.pulse(cluster).catch(() => null)
  const waiting = waitingFrom(request, reply)
  if (waiting) return showSilent(chat, cluster, waiting, pulse)
  if (!pulse) return say(chat, reply, 'WORKER_NEVER_SEEN', { cluster })
  await say(chat, reply, isLive(chat, pulse) ? 'WORKER_WORKING' : 'WORKER_SILENT', { cluster, at: pulse.at })
}

/** A worker that lives is still checking, and the dialog says that already. */
async function showSilent(chat: Chat, cluster: string, waiting: Waiting, pulse: WorkerPulse | null): Promise<void> {
  if (pulse && isLive(chat, pulse)) return
  const facts = { cluster, ...(pulse ? { at: pulse.at } : {}) }
  await showTrouble(chat, waiting, { code: 'PREVIEW_SILENT', facts })
}

function isLive(chat: Chat, { at }: WorkerPulse): boolean {
  return chat.clocks.machine.now() - Date.parse(at) < chat.times.workerQuiet / 2
}

/** A verdict that comes after all is told: nobody knows here whether the worker took the request. */
async function sayLapsed(chat: Chat, cluster: string, request: string, reply: Reply): Promise<void> {
  const waiting = waitingFrom(request, reply)
  if (!waiting) return say(chat, reply, 'REQUEST_LAPSED', { cluster })
  await chat.memory.keepReply(request, { ...reply, what: ANSWERED }).catch(() => undefined)
  await showTrouble(chat, waiting, { code: 'PREVIEW_LAPSED', facts: { cluster } })
}

async function say(chat: Chat, reply: Reply, code: string, facts: Record<string, string>): Promise<void> {
  const draft = restartDraftIn(reply)
  if (draft) return showSaid(chat, reply, draft, { ok: false, said: { code, facts } })
  const look = await chat.names.lookFor(localeOf(reply), facts)
  await answer(chat, reply, answerCard({ code, facts }, code === 'WORKER_WORKING' ? 'waiting' : 'not', look))
}

function localeOf(reply: Reply): Locale {
  return reply.locale === 'zh' ? 'zh' : 'en'
}

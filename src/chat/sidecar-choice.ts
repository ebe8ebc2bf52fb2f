import { z } from 'zod'
import { newId } from '../kernel/ids.ts'
import type { Reply } from '../ports/read-model.ts'
import { clusterName, runId } from '../wire/names.ts'
import type { VerdictNotice } from '../wire/notice.ts'
import type { Ask } from '../wire/request.ts'
import type { Chat } from './chat.ts'
import type { Card } from './views/blocks.ts'
import type { Look } from './views/look.ts'
import { sidecarCard, sidecarChoice } from './views/sidecar-answer.ts'

const offered = z.object({
  run: runId,
  team: z.string().max(63),
  workloads: z.array(z.string().max(600)).min(1),
  more: z.number(),
})
const kept = offered.extend({ cluster: clusterName })

/** How "Is it the sidecar?" is answered: its verdict, or the choice among workloads, which is kept here. Null: another verdict. */
export async function sidecarAnswer(
  chat: Chat,
  verdict: VerdictNotice,
  reply: Reply,
  look: Look,
): Promise<Card | null> {
  const { said, ok, cluster } = verdict
  if (!ok || !said.code.startsWith('SIDECAR_')) return null
  const { data } = offered.safeParse(said.facts)
  if (said.code !== 'SIDECAR_WHICH' || !data) return sidecarCard(verdict, look)
  const id = newId('rq', chat.clocks.machine.now())
  await chat.memory.keepReply(id, { ...reply, what: JSON.stringify({ ...data, cluster }) })
  return sidecarChoice({ id, team: data.team, cluster }, data.workloads, data.more, look)
}

/** What was chosen: the option says only where it stands in the list that was kept, for this person. Null where nothing is kept. */
export async function chosenWorkload(
  chat: Chat,
  user: string,
  value: string,
): Promise<{ readonly cluster: string; readonly ask: Ask } | null> {
  const [, id = '', place = ''] = /^(rq-\w+)\.(\d{1,3})$/.exec(value) ?? []
  const reply = id ? await chat.memory.reply(id) : null
  if (!reply || reply.user !== user) return null
  const { data } = kept.safeParse(jsonOf(reply.what))
  const workload = data && workloadIn(data.workloads[Number(place)])
  return data && workload
    ? { cluster: data.cluster, ask: { kind: 'compare', run: data.run, team: data.team, workload } }
    : null
}

function workloadIn(key = '') {
  const [namespace, kind, name] = key.split('/')
  return namespace && kind && name ? { namespace, kind, name } : null
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

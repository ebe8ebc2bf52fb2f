// Serves the demo's page with a scripted bot that sends real cards, to look at it: node test/support/page-preview.ts [PORT]
import type { ApprovalFacts } from '../../src/wire/card-facts.ts'
import { approvalCard } from '../../src/chat/views/approval-card.ts'
import { drawCard } from '../../src/chat/views/card.ts'
import { planModal } from '../../src/chat/views/plan-modal.ts'
import { socketApp } from '../../src/sandbox/slack-server/bolt-for-tests.ts'
import { meshAt, testParts } from '../../src/sandbox/page/parts-for-tests.ts'
import { startPage } from '../../src/sandbox/page/start-page.ts'
import { approvalSample, digestSample, look, progressSample, waitSample } from './card-samples.ts'

const [, , port = '4600', scene = ''] = process.argv
const parts = await testParts()
const app = socketApp(parts.slack)
const names: Record<string, string> = { U0LEE: 'Lee', U0MEI: 'Mei', U0MEI0: 'Mei', U0MEI1: 'Jonas' }
const view = { ...look('en'), name: (id: string) => names[id] ?? id }
const approvers = ['U0MEI', 'U0JON']

function facts(state: ApprovalFacts['state'], phase: 'install' | 'switch'): ApprovalFacts {
  return {
    ...approvalSample('usual', state, phase),
    need: 1,
    approvers: ['S0MESH'],
    decisionNumber: phase === 'install' ? 1 : 2,
  }
}

type Wanted = { readonly text: string; readonly blocks: unknown[] }

function post(card: Wanted): Promise<{ ts?: string | undefined }> {
  return app.client.chat.postMessage({ channel: 'C0PROD', text: card.text, blocks: card.blocks as never })
}

function approval(state: ApprovalFacts['state'], phase: 'install' | 'switch', revision = 1): Wanted {
  return approvalCard(facts(state, phase), view, { message: `ap-${phase}`, revision })
}

app.command('/istio', async ({ ack, respond }) => {
  await ack()
  await respond('Meshferry makes the plan for prod-a. The first card comes into <#C0PROD>.')
  await post(approval('pending', 'install'))
})
app.action(/^approval\.(approve|start)$/, async ({ ack, body, respond, action }) => {
  await ack()
  if (body.type !== 'block_actions' || body.message === undefined) return
  if (!approvers.includes(body.user.id)) {
    await respond({ replace_original: false, text: 'You may not approve *install* on prod-a. <!subteam^S0MESH> may.' })
    return
  }
  const phase = JSON.stringify(body.message).includes('ap-switch') ? 'switch' : 'install'
  const isStart = 'action_id' in action && action.action_id === 'approval.start'
  const next = phase === 'switch' && !isStart ? 'approved' : 'started'
  const card = approval(next, phase, 2)
  await app.client.chat.update({
    channel: 'C0PROD',
    ts: body.message.ts,
    text: card.text,
    blocks: card.blocks as never,
  })
  if (next === 'approved') return
  const progress = { ...progressSample('usual', 'done'), phase: phase as 'switch' }
  await post(drawCard(progress, view, { message: `pr-${phase}`, revision: 1 }))
  if (phase === 'install') await post(approval('pending', 'switch'))
  else parts.setMesh(meshAt(0.56))
})
app.action('approval.plan', async ({ ack, body, client }) => {
  await ack()
  if (body.type === 'block_actions')
    await client.views.open({ trigger_id: body.trigger_id, view: planModal(facts('pending', 'switch'), view) })
})
app.event('app_home_opened', async ({ event, client }) => {
  const blocks = approval('pending', 'switch').blocks
  await client.views.publish({ user_id: event.user, view: { type: 'home', blocks: blocks as never } })
})
await app.start()

parts.slack.say({
  user: 'U0JON',
  channel: 'C0PROD',
  text: 'Morning! 1.31 is in our staging since Thursday, nothing odd so far :ferry:',
})
parts.slack.say({
  user: 'U0LEE',
  channel: 'C0PROD',
  text: 'Then let us do *prod-a* today. <@U0MEI>, could you look at the cards?',
})
if (scene !== '') await post(approval('pending', 'install'))
if (scene === 'migrate') {
  await post(drawCard(progressSample('usual', 'done'), view, { message: 'pr', revision: 1 }))
  await post(drawCard(digestSample('usual', false), view, { message: 'di', revision: 1 }))
  await post(drawCard(waitSample('usual'), view, { message: 'wa', revision: 1 }))
  parts.setMesh(meshAt(0.56))
}
const page = await startPage(parts, Number(port))
console.log(page.url)

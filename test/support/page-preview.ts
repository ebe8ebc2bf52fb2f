// Serves the demo's page with a scripted bot that sends real cards, to look at it: node test/support/page-preview.ts [PORT]
import type { ApprovalFacts } from '../../src/wire/card-facts.ts'
import { approvalCard } from '../../src/chat/views/approval-card.ts'
import { drawCard } from '../../src/chat/views/card.ts'
import { planModal } from '../../src/chat/views/plan-modal.ts'
import { socketApp } from '../../src/sandbox/slack-server/bolt-for-tests.ts'
import { meshAt, testParts } from '../../src/sandbox/page/parts-for-tests.ts'
import { startPage } from '../../src/sandbox/page/start-page.ts'
import { digestSample, waitSample } from './card-samples.ts'
import { approvalSample, progressSample } from './phase-samples.ts'
import { look } from './sample-size.ts'

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
if (scene === 'blocks') for (const blocks of newerBlocks()) await post({ text: 'blocks', blocks })
const page = await startPage(parts, Number(port))
console.log(page.url)

/** The blocks that the product's cards use least, each drawn once. */
function newerBlocks(): unknown[][] {
  const labels = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri']
  const data = (values: number[]) => values.map((value, index) => ({ label: labels[index], value }))
  const series = [
    { name: '1.31.0', data: data([0, 210, 420, 600, 760]) },
    { name: '1.30.0', data: data([1164, 954, 744, 564, 404]) },
  ]
  const chart = (type: string) => {
    return {
      type: 'data_visualization',
      title: `Pods by sidecar (${type})`,
      chart: { type, series, axis_config: { categories: labels } },
    }
  }
  const pie = {
    type: 'pie',
    segments: [
      { label: '1.31.0', value: 760 },
      { label: '1.30.0', value: 404 },
    ],
  }
  const cell = (text: string) => ({ type: 'raw_text', text })
  const number = (value: number) => ({ type: 'raw_number', value, text: String(value) })
  const rows = [
    [cell('Team'), cell('Old'), cell('Pods')],
    [cell('payments'), number(12), number(40)],
    [cell('search'), number(3), number(22)],
  ]
  const words = (text: string) => ({
    type: 'rich_text',
    elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
  })
  const task = (id: string, title: string, status: string) => ({
    type: 'task_card',
    task_id: id,
    title,
    status,
    output: words('took 4 s'),
  })
  const plain = (text: string) => ({ type: 'plain_text', text })
  const options = ['Tomorrow', 'Next week'].map((text) => ({ text: plain(text), value: text }))
  return [
    [chart('line'), chart('bar')],
    [
      { type: 'data_visualization', title: 'Now', chart: pie },
      { type: 'data_table', caption: 'Teams with old sidecars', rows },
    ],
    [
      {
        type: 'plan',
        title: 'Install 1.31.0',
        tasks: [
          task('a', 'Save what is there', 'complete'),
          task('b', 'Install', 'in_progress'),
          task('c', 'Prove', 'pending'),
          task('d', 'Undo', 'error'),
        ],
      },
      {
        type: 'actions',
        elements: [
          { type: 'static_select', action_id: 's', placeholder: plain('Remind us'), options },
          { type: 'users_select', action_id: 'u', placeholder: plain('Hand over to') },
          { type: 'datepicker', action_id: 'd', initial_date: '2026-12-04' },
          { type: 'overflow', action_id: 'o', options },
        ],
      },
      {
        type: 'actions',
        elements: [
          { type: 'checkboxes', action_id: 'c', options },
          { type: 'radio_buttons', action_id: 'r', options },
        ],
      },
    ],
  ]
}

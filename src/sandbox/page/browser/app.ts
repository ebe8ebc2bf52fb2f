import type { VNode } from 'preact'
import { html } from 'htm/preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { PageState } from '../page-state.ts'
import { CoachLine } from './coach/coach-line.ts'
import { useDesk, type Desk } from './desk.ts'
import { useKeptFocus } from './kept-focus.ts'
import { drawMesh } from './mesh/mesh-pane.ts'
import { drawChannel } from './slack/channel-pane.ts'
import { drawConfirm } from './slack/confirm.ts'
import { drawHome } from './slack/home-pane.ts'
import { Modal } from './slack/modal.ts'
import { drawSidebar } from './slack/sidebar.ts'
import { readNow } from './slack/unread.ts'
import type { Store } from './store.ts'
import { nextTheme } from './theme.ts'
import { drawTopBar } from './top-bar.ts'

/** The whole page: the local Slack, the mesh beside it, and the line that says what comes next. */
export function App({ store }: { readonly store: Store }): VNode {
  const [, redraw] = useState(0)
  useEffect(() => store.listen(() => redraw((count) => count + 1)), [store])
  const page = store.state()
  const desk = useDesk(store, page)
  const quietFor = useQuiet(page)
  useReading(page, desk)
  useKeptFocus()
  // The mesh changes several times a second; messages need to be drawn again only when they or the visitor's view changed.
  const slack = useMemo(
    () => page && html`<div class="slack">${drawSidebar(page, desk)} ${drawPane(page, desk)}</div>`,
    [page?.messages, page?.workspace, page?.views, page?.demo, desk.state],
  )
  if (page === null) return html`<p class="loading" role="status">Opening the demo…</p>`
  const top = page.views.modals.at(-1)
  return html`<div class=${`app pane-${desk.pane.kind}`}>
    <a class="skip" href="#write">To the box to write in</a>
    <a class="skip" href="#mesh">To the mesh</a>
    ${drawTopBar({ page, desk, connected: store.connected(), onTheme: nextTheme })}
    <${CoachLine} page=${page} desk=${desk} quietFor=${quietFor} />
    <main class="main">${slack} ${drawMesh(page, desk)}</main>
    <footer class="foot">
      <span>A local imitation of Slack and Kubernetes; Meshferry itself is real.</span>
      <a href="/docs/README.md" target="_blank">Connect your own Slack and cluster</a>
      <a href="/docs/docs/security.md" target="_blank">Security</a>
      <a href="/docs/docs/runbook.md" target="_blank">Runbook</a>
    </footer>
    <nav class="tabs" aria-label="Panes">
      ${drawTab('Slack', desk.pane.kind !== 'mesh', () => desk.change({ pane: { kind: 'channel', id: page.demo.channel } }))}
      ${drawTab('Mesh', desk.pane.kind === 'mesh', () => desk.change({ pane: { kind: 'mesh' } }))}
    </nav>
    ${top !== undefined && html`<${Modal} key=${String(top['id'])} view=${top} page=${page} desk=${desk} />`}
    ${desk.question !== null && drawConfirm(desk.question, page, desk)}
    <div class="toast" role="status" aria-live="polite">${desk.toast !== null && html`<span>${desk.toast}</span>`}</div>
  </div>`
}

function drawTab(name: string, here: boolean, open: () => void): VNode {
  return html`<button type="button" aria-current=${here ? 'page' : undefined} onClick=${open}>${name}</button>`
}

function drawPane(page: PageState, desk: Desk): VNode {
  if (desk.pane.kind === 'home') return drawHome(page, desk)
  const channel = openChannel(page, desk)
  return channel === undefined
    ? html`<section class="channel"><p class="nothing">This person is in no channel.</p></section>`
    : drawChannel(channel, page, desk)
}

/** The channel that is open, if this person sees it; else the cluster's, or the first. */
function openChannel({ workspace, demo }: PageState, { pane }: Desk) {
  const wanted = pane.kind === 'channel' ? pane.id : ''
  const { channels } = workspace
  return channels.find(({ id }) => id === wanted) ?? channels.find(({ id }) => id === demo.channel) ?? channels[0]
}

/** What is open counts as read; what was there when the page was opened is not new to anybody. */
function useReading(page: PageState | null, desk: Desk): void {
  const newest = page?.messages.at(-1)?.ts
  const { pane } = desk
  const channel = page !== null && pane.kind === 'channel' ? openChannel(page, desk)?.id : undefined
  useEffect(() => {
    if (page === null) return
    const seen = readNow(page, desk.seen, channel)
    if (seen !== desk.seen) desk.change({ seen })
    if (channel !== undefined && desk.pane.kind === 'channel' && desk.pane.id === '')
      desk.change({ pane: { kind: 'channel', id: channel } })
  }, [page?.demo.me, newest, channel])
}

/** For how long the messages have not changed, in ms; told anew every two seconds. */
function useQuiet(page: PageState | null): number {
  const since = useRef({ mark: '', at: Date.now() })
  const [, tick] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), 2000)
    return () => clearInterval(timer)
  }, [])
  const mark = (page?.messages ?? []).map(({ ts, edits }) => `${ts}.${edits}`).join(' ')
  if (mark !== since.current.mark) since.current = { mark, at: Date.now() }
  return Date.now() - since.current.at
}

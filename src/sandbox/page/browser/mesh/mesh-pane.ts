import type { VNode } from 'preact'
import { html } from 'htm/preact'
import type { PageState } from '../../page-state.ts'
import type { Desk } from '../desk.ts'
import { ClockBar } from './clock-bar.ts'
import { drawControlPlanes, drawNewPods, drawPromise, drawTraffic } from './facts.ts'
import { Teams } from './teams.ts'
import { drawTroubles } from './troubles.ts'
import { drawCurve } from './version-curve.ts'

/** The cluster itself, as somebody sees it who doesn't ask Meshferry. */
export function drawMesh(page: PageState, desk: Desk): VNode {
  return html`<section class="mesh" id="mesh" tabindex="-1" aria-label=${`The mesh of ${page.demo.cluster}`}>
    <${ClockBar} page=${page} desk=${desk} />
    ${drawPromise(page)} ${drawNewPods(page)} ${drawCurve(page)}
    <div class="pair">${drawTraffic(page)} ${drawControlPlanes(page)}</div>
    <${Teams} page=${page} /> ${drawTroubles(page, desk)}
  </section>`
}

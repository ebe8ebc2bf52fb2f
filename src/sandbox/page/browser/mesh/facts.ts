import type { VNode } from 'preact'
import { html } from 'htm/preact'
import type { PageState } from '../../page-state.ts'
import { countText, stackOrder, toneOf } from './tone.ts'

/** The number that this is all about, and what happened by itself meanwhile. */
export function drawPromise({ mesh }: PageState): VNode {
  const calm = mesh.restartedByUs === 0
  return html`<section class=${calm ? 'panel promise' : 'panel promise broken'} aria-label="Restarts">
    <div class="promise-count">
      <strong>${countText(mesh.restartedByUs)}</strong>
      <span>restarted by us</span>
    </div>
    <div class="promise-side"><b>${countText(mesh.replacedByTeams)}</b> pods replaced by their own teams</div>
  </section>`
}

/** What a new pod gets now, by class of namespace. */
export function drawNewPods({ mesh, demo }: PageState): VNode {
  return html`<section class="panel new-pods" aria-label="New pods get">
    <h3>New pods get</h3>
    <ul class="lines">
      ${mesh.newPods.map(
        (one) =>
          html`<li key=${one.class}>
            <code title=${one.class}>${one.class}</code>
            <span class="line-note">${countText(one.namespaces)} ns</span>
            <span class=${one.ok ? `chip tone-${toneOf(one.gets, demo.versions)}` : 'chip tone-bad'} title=${one.gets}>
              ${one.gets === 'none' ? 'no sidecar' : one.gets}
            </span>
          </li>`,
      )}
    </ul>
  </section>`
}

export function drawTraffic({ mesh }: PageState): VNode {
  const { perSecond, errorsPerSecond, errorsInAll } = mesh.traffic
  const failing = errorsPerSecond > 0 || errorsInAll > 0
  const now = errorsPerSecond > 0 ? `${countText(errorsPerSecond)} errors a second, ` : ''
  const inAll = errorsInAll === 0 ? 'no errors at all' : `${countText(errorsInAll)} errors in all`
  return html`<section class="panel traffic" aria-label="Requests">
    <h3>Requests</h3>
    <p class="figure"><strong>${countText(perSecond)}</strong>/s</p>
    <p class=${failing ? 'figure-note bad' : 'figure-note'}>${`${now}${inAll}`}</p>
  </section>`
}

export function drawControlPlanes({ mesh, demo }: PageState): VNode {
  return html`<section class="panel planes" aria-label="Control planes">
    <h3>Control planes</h3>
    <ul class="lines">
      ${mesh.controlPlanes.map(({ revision, version, ready, wanted, proxies }) => {
        const words = `${ready} of ${wanted} replicas ready, ${countText(proxies)} sidecars hold on to it`
        return html`<li key=${revision}>
          <span class=${`chip tone-${toneOf(version, demo.versions)}`}>${version}</span>
          <code title=${revision}>${revision}</code>
          <span class=${ready < wanted ? 'line-note bad' : 'line-note'} role="img" aria-label=${words} title=${words}
            >${ready}/${wanted} · ${countText(proxies)}</span
          >
        </li>`
      })}
    </ul>
  </section>`
}

/** Teams that still have pods on the old sidecar, most pods first. */
export function drawTeams({ mesh, demo }: PageState): VNode {
  const { from } = demo.versions
  const late = mesh.teams
    .filter(({ byVersion }) => (byVersion[from] ?? 0) > 0)
    .toSorted((one, other) => (other.byVersion[from] ?? 0) - (one.byVersion[from] ?? 0))
  return html`<section class="panel teams" aria-label="Teams on the old sidecar">
    <h3>Teams with pods on ${from} <span class="count">${late.length} of ${mesh.teams.length}</span></h3>
    <ul class="team-list" tabindex="0">
      ${late.map((team) => {
        const order = stackOrder(Object.keys(team.byVersion), demo.versions)
        return html`<li key=${team.name}>
          <span class="team-name">${team.name}</span>
          <span class="team-bar" aria-hidden="true">
            ${order.map((version) => {
              const share = ((team.byVersion[version] ?? 0) / Math.max(1, team.pods)) * 100
              return html`<i class=${`tone-${toneOf(version, demo.versions)}`} style=${{ width: `${share}%` }}></i>`
            })}
          </span>
          <span class="team-count">${countText(team.byVersion[from] ?? 0)}</span>
        </li>`
      })}
      ${late.length === 0 && html`<li class="none">Nobody any more</li>`}
    </ul>
  </section>`
}

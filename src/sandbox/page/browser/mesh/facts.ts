import type { VNode } from 'preact'
import { html } from 'htm/preact'
import type { PageState } from '../../page-state.ts'
import { countText, toneOf } from './tone.ts'

/** The number that this is all about, and what happened by itself meanwhile. */
export function drawPromise({ mesh }: PageState): VNode {
  const calm = mesh.restartedByUs === 0
  return html`<section class=${calm ? 'panel promise' : 'panel promise broken'} aria-label="Restarts">
    <div class="promise-count">
      <strong>${countText(mesh.restartedByUs)}</strong>
      <span>restarted by us</span>
    </div>
    <div class="promise-side">
      <b>${countText(mesh.replacedByTeams)}</b> pods replaced by rollouts of their own teams
    </div>
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
            ${drawSpread(one)}
            <span class=${one.ok ? `chip tone-${toneOf(one.gets, demo.versions)}` : 'chip tone-bad'} title=${one.gets}>
              ${getsText(one.gets)}
            </span>
          </li>`,
      )}
    </ul>
  </section>`
}

type NewPods = PageState['mesh']['newPods'][number]

/** How many namespaces it is, or those that get something else. */
function drawSpread({ namespaces, differing }: NewPods): VNode {
  const [first] = differing
  if (first === undefined)
    return html`<span class="line-note"
      >${countText(namespaces)} ${namespaces === 1 ? 'namespace' : 'namespaces'}</span
    >`
  const all = differing.map(({ namespace, gets }) => `${namespace}: ${getsText(gets)}`).join(', ')
  const more = differing.length > 1 ? ` and ${countText(differing.length - 1)} more` : ''
  return html`<span class="line-note bad" title=${all}>not ${first.namespace}${more}</span>`
}

function getsText(gets: string): string {
  return gets === 'none' ? 'no sidecar' : gets
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
            >${ready}/${wanted} · ${countText(proxies)} pods</span
          >
        </li>`
      })}
    </ul>
  </section>`
}

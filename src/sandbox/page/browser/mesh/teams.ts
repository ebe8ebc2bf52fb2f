import type { VNode } from 'preact'
import { html } from 'htm/preact'
import { useState } from 'preact/hooks'
import type { PageState } from '../../page-state.ts'
import { countText, stackOrder, toneOf } from './tone.ts'

/** Teams that still have pods on the old sidecar, most pods first. */
export function Teams({ page: { mesh, demo } }: { readonly page: PageState }): VNode {
  // Where the window is high enough there is room for all; else they are a press away.
  const [open] = useState(() => matchMedia('(min-height: 900px)').matches)
  const { from } = demo.versions
  const late = mesh.teams
    .filter(({ byVersion }) => (byVersion[from] ?? 0) > 0)
    .toSorted((one, other) => (other.byVersion[from] ?? 0) - (one.byVersion[from] ?? 0))
  return html`<section class="panel" aria-label="Teams on the old sidecar">
    <details class="teams" open=${open}>
      <summary>
        <span>Teams with pods on ${from}</span>
        <span class="count">${late.length === 0 ? 'nobody any more' : `${late.length} of ${mesh.teams.length}`}</span>
      </summary>
      <ul class="team-list">
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
        ${late.length === 0 && html`<li class="none">Every team's pods have moved.</li>`}
      </ul>
    </details>
  </section>`
}

import type { VNode } from 'preact'
import { html } from 'htm/preact'
import { objectsOf, textOf, type Json } from '../../../slack-server/json.ts'
import type { Place } from '../../acts.ts'
import type { PageState } from '../../page-state.ts'
import { drawBlocks } from '../blocks/draw-block.ts'
import type { Form, Show } from '../blocks/show.ts'
import type { Desk } from '../desk.ts'
import { namesOf } from './names.ts'

/** The App Home as the app published it for this person. */
export function drawHome(page: PageState, desk: Desk): VNode {
  const home = page.views.home
  return html`<section class="channel home" aria-label="App Home">
    <header class="pane-head">
      <h2>${page.workspace.bot.name}</h2>
      <span class="pane-about">Home</span>
    </header>
    <div class="messages home-body" tabindex="0">
      ${
        home === null
          ? html`<p class="nothing">This app has published no Home for you.</p>`
          : drawBlocks(objectsOf(home['blocks']), viewShow(home, { kind: 'home' }, page, desk, null))
      }
    </div>
  </section>`
}

export function viewShow(view: Json, place: Place, page: PageState, desk: Desk, form: Form | null): Show {
  return {
    ...namesOf(page),
    key: textOf(view['id']),
    people: page.workspace.people.filter(({ isBot }) => !isBot),
    channels: page.workspace.channels.filter(({ isDirect }) => !isDirect),
    press: (pressed) => desk.press(place, pressed),
    form,
  }
}

import { render } from 'preact'
import { html } from 'htm/preact'
import { App } from './app.ts'
import { openStore } from './store.ts'
import { rememberedTheme } from './theme.ts'

rememberedTheme()
const root = document.querySelector<HTMLElement>('#page')
if (root !== null) render(html`<${App} store=${openStore()} />`, root)

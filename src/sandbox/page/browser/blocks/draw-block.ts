import type { VNode } from 'preact'
import { html } from 'htm/preact'
import { textOf, type Json } from '../../../slack-server/json.ts'
import {
  drawActions,
  drawAlert,
  drawContext,
  drawDivider,
  drawHeader,
  drawImage,
  drawInput,
  drawMarkdown,
  drawSection,
} from './basic-blocks.ts'
import { drawChart } from './charts.ts'
import {
  drawCard,
  drawCarousel,
  drawContainer,
  drawContextActions,
  drawNamedFile,
  drawPlan,
  drawTask,
} from './layout-blocks.ts'
import { drawRichText } from './rich-text.ts'
import type { Show } from './show.ts'
import { drawDataTable, drawTable } from './tables.ts'

type Draw = (block: Json, show: Show) => VNode

const drawings: Readonly<Record<string, Draw>> = {
  header: drawHeader,
  section: drawSection,
  context: drawContext,
  divider: drawDivider,
  actions: drawActions,
  input: drawInput,
  image: drawImage,
  rich_text: drawRichText,
  markdown: drawMarkdown,
  alert: drawAlert,
  table: drawTable,
  data_table: drawDataTable,
  data_visualization: drawChart,
  container: (block, show) => drawContainer(block, show, drawBlock),
  card: drawCard,
  carousel: drawCarousel,
  plan: drawPlan,
  task_card: drawTask,
  context_actions: drawContextActions,
  file: drawNamedFile,
  video: drawNamedFile,
}

/** Draws one block as the bot sent it. A kind that is not known here is named, never left out. */
export function drawBlock(block: Json, show: Show): VNode {
  const type = textOf(block['type'])
  const draw = drawings[type]
  return draw === undefined ? html`<div class="block-unknown">A block of kind “${type}”</div>` : draw(block, show)
}

export function drawBlocks(blocks: readonly Json[], show: Show): VNode[] {
  return blocks.map((block) => drawBlock(block, show))
}

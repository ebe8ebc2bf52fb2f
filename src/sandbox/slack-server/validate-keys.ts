import type { Json } from './json.ts'
import { textOf } from './json.ts'
import { checkKeys } from './validate-core.ts'
import type { Walk } from './validate-core.ts'

/** The members that each block may have besides `type` and `block_id` (@slack/types 3.2.0; data_visualization from the docs). */
const blocks: Readonly<Record<string, string>> = {
  actions: 'elements',
  alert: 'text level',
  card: 'hero_image icon title subtitle body actions',
  carousel: 'elements',
  container:
    'title rich_text_title subtitle child_blocks width icon is_collapsible default_collapsed has_header_divider',
  context: 'elements',
  context_actions: 'elements',
  data_table: 'rows caption page_size row_header_column_index',
  data_visualization: 'title chart',
  divider: '',
  header: 'text',
  image: 'alt_text image_url slack_file title',
  input: 'label hint optional element dispatch_action',
  markdown: 'text',
  plan: 'title tasks',
  rich_text: 'elements',
  section: 'text fields accessory expand',
  table: 'rows column_settings',
  task_card: 'task_id title details output sources status',
}

/** Likewise for the elements that a card is pressed by; besides `type`, `action_id` and `confirm`. */
const elements: Readonly<Record<string, string>> = {
  button: 'text value url style accessibility_label',
  overflow: 'options',
  static_select: 'placeholder options option_groups initial_option focus_on_load',
  radio_buttons: 'options initial_option focus_on_load',
  checkboxes: 'options initial_options focus_on_load',
  plain_text_input: 'placeholder initial_value multiline min_length max_length focus_on_load dispatch_action_config',
  conversations_select:
    'placeholder initial_conversation default_to_current_conversation filter focus_on_load response_url_enabled',
  users_select: 'placeholder initial_user focus_on_load',
  datetimepicker: 'initial_date_time focus_on_load',
  datepicker: 'placeholder initial_date focus_on_load',
}

/** Refuses a member that this kind of block does not have. */
export function checkBlockKeys(walk: Walk, pointer: string, block: Json): void {
  checkKnown(walk, pointer, block, blocks[textOf(block['type'])], ['type', 'block_id'])
}

export function checkElementKeys(walk: Walk, pointer: string, element: Json): void {
  checkKnown(walk, pointer, element, elements[textOf(element['type'])], ['type', 'action_id', 'confirm'])
}

function checkKnown(
  walk: Walk,
  pointer: string,
  item: Json,
  words: string | undefined,
  shared: readonly string[],
): void {
  if (words !== undefined) checkKeys(walk, pointer, item, [...shared, ...words.split(' ')])
}

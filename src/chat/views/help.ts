import type { Refusal } from '../../kernel/errors.ts'
import type { PhraseKey } from '../../words/phrases.ts'
import { ACTIONS } from '../action-ids.ts'
import { notification } from '../escape.ts'
import { actions, button, context, section, type Card } from './blocks.ts'
import { put, told, type Look } from './look.ts'

const LINES: readonly PhraseKey[] = [
  'helpUpgrade',
  'helpStatus',
  'helpStragglers',
  'helpApprovals',
  'helpReport',
  'helpStop',
  'helpResume',
  'helpRollback',
  'helpLang',
  'helpHelp',
]
const OFFERED = 20

export function helpCard(command: string, clusters: readonly string[], look: Look): Card {
  return {
    text: put(look, 'helpText'),
    blocks: [
      section(put(look, 'helpIntro')),
      section(LINES.map((key) => put(look, key, { command })).join('\n')),
      context(put(look, 'helpClusters', { clusters }), put(look, 'helpThreads')),
    ],
  }
}

/** A word that nobody knows, with the nearest command as a button. */
export function didYouMeanCard(command: string, typed: string, meant: string | null, look: Look): Card {
  const { what, next } = told(look, { code: 'COMMAND_UNKNOWN', facts: { typed, command } })
  const guess = meant ? put(look, 'didYouMean', { command, meant }) : next
  return {
    text: notification(`${what} ${guess}`),
    blocks: [
      section(`${what}\n${guess}`),
      ...actions('help.guess', [
        ...(meant ? [runButton(command, meant, put(look, 'buttonRunCommand', { meant }), look)] : []),
        helpButton(look),
      ]),
    ],
  }
}

/** Why the words can't be followed, with commands that may have been meant as buttons. */
export function insteadCard(command: string, why: Refusal, meant: readonly string[], look: Look): Card {
  const { what, next } = told(look, why)
  return {
    text: notification(`${what} ${next}`),
    blocks: [
      section(`${what}\n${next}`),
      ...actions('help.guess', [
        ...meant.map((each, index) =>
          runButton(command, each, put(look, 'buttonRunCommand', { meant: each }), look, index),
        ),
        helpButton(look),
      ]),
    ],
  }
}

/** Which of several clusters: one button each, running the same command with its name. */
export function clusterPicker(
  command: string,
  clusters: readonly string[],
  textFor: (cluster: string) => string,
  look: Look,
): Card {
  const shown = clusters.slice(0, OFFERED)
  const more = clusters.length > OFFERED ? [context(put(look, 'whichClusterMore', { n: OFFERED }))] : []
  const buttons = shown.map((cluster, index) => runButton(command, textFor(cluster), cluster, look, index))
  return {
    text: put(look, 'whichCluster'),
    blocks: [section(put(look, 'whichCluster')), ...actions('help.cluster', buttons), ...more],
  }
}

/** action_ids must differ within one block, so each button's ends with its place. */
function runButton(command: string, meant: string, text: string, look: Look, index = 0): ReturnType<typeof button> {
  const label = put(look, 'labelRunCommand', { command, meant })
  const made = button({ action: ACTIONS.helpRun, text, value: meant, label })
  return index === 0 ? made : { ...made, action_id: `${ACTIONS.helpRun}.${index}` }
}

function helpButton(look: Look): ReturnType<typeof button> {
  return button({
    action: ACTIONS.helpOpen,
    text: put(look, 'buttonHelp'),
    value: 'help',
    label: put(look, 'labelHelp'),
  })
}

import type { RestartFacts } from '../../wire/restart-card.ts'
import { RESTARTED_KINDS, type RestartState } from '../../wire/restarts.ts'
import type { PhraseKey } from '../../words/phrases.ts'
import { ACTIONS } from '../action-ids.ts'
import { notification } from '../escape.ts'
import { actions, button, context, header, section, type Card } from './blocks.ts'
import { fitted, prose, type Room } from './fit.ts'
import { preformatted } from './lists.ts'
import { blockIdOf, put, told, type Look, type Place } from './look.ts'
import { fromText } from './versions.ts'

const TITLES: Readonly<Record<RestartState, PhraseKey>> = {
  planned: 'restartPlannedTitle',
  asked: 'restartAskedTitle',
  running: 'restartRunningTitle',
  done: 'restartDoneTitle',
  failed: 'restartFailedTitle',
  dropped: 'restartDroppedTitle',
}

/** One restart that somebody of a team clicked: when it comes, how far it is, how it ended, and what to do where it went wrong. */
export function restartCard(facts: RestartFacts, look: Look, place: Place): Card {
  const { team, cluster, workload, from, to, by, at, due, state, counts } = facts
  const words = {
    team,
    cluster,
    name: workload.name,
    namespace: workload.namespace,
    kind: workload.kind,
    from: fromText(look, from),
    to: to.version,
    by: look.name(by),
    at,
    due,
    ...counts,
  }
  const title = put(look, TITLES[state], words)
  return fitted((room) => ({
    text: notification(title),
    blocks: [
      header(title),
      section(
        [
          put(look, 'restartAbout', words),
          ...(counts ? [put(look, 'restartCounts', words)] : []),
          ...(facts.because ? [reason(look, facts.because, room)] : []),
        ].join('\n'),
      ),
      ...help(facts, look),
      ...actions(blockIdOf(place), takeBack(facts, look)),
      context([put(look, 'restartContext', words), ...alone(facts, look)].join(' ')),
    ],
  }))
}

function reason(look: Look, because: NonNullable<RestartFacts['because']>, room: Room): string {
  const { what, next } = told(look, because)
  return prose(what, next, room)
}

/** What is still to come, or under way: that it is this workload alone, and how a picked time is called off. */
function alone({ state, due }: RestartFacts, look: Look): readonly string[] {
  if (state !== 'planned' && state !== 'asked' && state !== 'running') return []
  return [put(look, 'restartAlone', { due: state === 'planned' ? due : undefined })]
}

/** While a time is picked, and the card says which restart it is. */
function takeBack({ id, state, cluster }: RestartFacts, look: Look) {
  if (state !== 'planned' || id === undefined) return []
  const label = put(look, 'labelRestartCancel', { cluster })
  return [button({ action: ACTIONS.restartCancel, text: put(look, 'buttonRestartCancel'), value: id, label })]
}

/** Rollouts of ours that stand still: only there the last revision is ours to undo, and not somebody's deploy. */
const OURS: readonly string[] = ['RESTART_STUCK', 'RESTART_SLOW']

/** A rollout that is no longer followed; or the API server's own refusals, where nobody could see how far it came. */
function isToBeSeen(code: string): boolean {
  return code === 'RESTART_OVERTAKEN' || code.startsWith('CLUSTER_')
}

/** Nothing is put back by itself: the owner looks, and decides. */
function help({ workload, because, state }: RestartFacts, look: Look) {
  const { kind, name, namespace } = workload
  const code = because?.code ?? ''
  const isOurs = OURS.includes(code)
  if (state !== 'failed' || !(isOurs || isToBeSeen(code))) return []
  if (!(RESTARTED_KINDS as readonly string[]).includes(kind)) return []
  const target = `${kind.toLowerCase()}/${name} -n ${namespace}`
  const commands = [`kubectl rollout status ${target}`, ...(isOurs ? [`kubectl rollout undo ${target}`] : [])]
  return [section(put(look, isOurs ? 'restartHelp' : 'restartLook')), preformatted(commands.join('\n'))]
}

import type { RestartFacts } from '../../wire/restart-card.ts'
import { RESTARTED_KINDS, type RestartState } from '../../wire/restarts.ts'
import type { PhraseKey } from '../../words/phrases.ts'
import { notification } from '../escape.ts'
import { context, header, section, type Card } from './blocks.ts'
import { fitted, prose, type Room } from './fit.ts'
import { preformatted } from './lists.ts'
import { put, told, type Look } from './look.ts'
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
export function restartCard(facts: RestartFacts, look: Look): Card {
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
      ...(state === 'failed' ? help(facts, look) : []),
      context(put(look, 'restartContext', words)),
    ],
  }))
}

function reason(look: Look, because: NonNullable<RestartFacts['because']>, room: Room): string {
  const { what, next } = told(look, because)
  return prose(what, next, room)
}

/** Nothing is put back by itself: the owner looks, and decides. */
function help({ workload }: RestartFacts, look: Look) {
  const { kind, name, namespace } = workload
  if (!(RESTARTED_KINDS as readonly string[]).includes(kind)) return []
  const target = `${kind.toLowerCase()}/${name} -n ${namespace}`
  const commands = [`kubectl rollout status ${target}`, `kubectl rollout undo ${target}`]
  return [section(put(look, 'restartHelp')), preformatted(commands.join('\n'))]
}

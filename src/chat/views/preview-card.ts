import type { PreviewFacts } from '../../wire/card-facts.ts'
import type { PhraseKey } from '../../words/phrases.ts'
import { ACTIONS } from '../action-ids.ts'
import { notification } from '../escape.ts'
import { actions, button, context, header, section, type Block, type Card } from './blocks.ts'
import { fitted, within, type Room } from './fit.ts'
import { bullets, quote } from './lists.ts'
import { blockIdOf, put, type Look, type Place } from './look.ts'
import { teamWords } from './team-card.ts'
import { fromText } from './versions.ts'

const WORDS: Readonly<Record<PreviewFacts['state'], readonly [title: PhraseKey, body: PhraseKey]>> = {
  held: ['previewTitle', 'previewHeld'],
  sent: ['previewSentTitle', 'previewSent'],
  nobody: ['previewNobodyTitle', 'previewNobody'],
  over: ['previewOverTitle', 'previewOver'],
}

/** A run's first reminders before they leave: to whom, what they say, and the one button that sends them. */
export function previewCard(facts: PreviewFacts, look: Look, place: Place): Card {
  const { state, cluster, teams, moreTeams, sentBy } = facts
  const [titleKey, bodyKey] = WORDS[state]
  const words = {
    cluster,
    n: teams.length + moreTeams,
    from: fromText(look, facts.from),
    to: facts.to.version,
    by: sentBy ? look.name(sentBy.user) : undefined,
    at: sentBy?.at,
    requester: look.name(facts.requestedBy),
  }
  const title = put(look, titleKey, words)
  return fitted((room) => ({
    text: notification(title),
    blocks: [
      header(title),
      section(put(look, bodyKey, words)),
      ...(state === 'held' ? actions(blockIdOf(place), [sendButton(facts, look)]) : []),
      ...teamLines(facts, look, room),
      ...(state === 'held' ? sample(facts, look, room) : []),
      context(
        put(look, 'previewCounted', { at: facts.countedAt }),
        state === 'held' ? put(look, 'previewWho', { requester: words.requester }) : '',
      ),
    ],
  }))
}

function sendButton({ cluster, run, teams, moreTeams }: PreviewFacts, look: Look) {
  const words = { cluster, n: teams.length + moreTeams }
  return button({
    action: ACTIONS.sendNudges,
    text: put(look, 'buttonSendNudges'),
    value: run,
    label: put(look, 'labelSendNudges', words),
    style: 'primary',
    confirm: {
      title: put(look, 'buttonSendNudges'),
      text: put(look, 'confirmSendNudges', words),
      yes: put(look, 'buttonSendNudges'),
      no: put(look, 'back'),
    },
  })
}

function teamLines({ teams, moreTeams }: PreviewFacts, look: Look, room: Room): Block[] {
  const lines = teams.map(({ team, old, workloads }) =>
    put(look, 'previewTeam', { team: team ?? put(look, 'stragglersUnowned'), old, workloads }),
  )
  const { shown, left } = within(lines, { ...room, items: room.items + 2 })
  const more = left + moreTeams
  return bullets([...shown, ...(more > 0 ? [put(look, 'previewMore', { n: more })] : [])], room.prose)
}

function sample({ sample: facts }: PreviewFacts, look: Look, room: Room): Block[] {
  if (!facts) return []
  const { title, ask, body } = teamWords(facts, look)
  const name = facts.team ?? put(look, 'stragglersUnowned')
  const text = `${ask ? put(look, 'teamNudgeText', { title, ask }) : title}\n${body}`
  return [quote(put(look, 'previewSample', { team: name }), text, room.prose)]
}

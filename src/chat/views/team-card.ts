import type { Button, Overflow } from '@slack/types'
import type { TeamFacts } from '../../wire/card-facts.ts'
import type { PhraseKey } from '../../words/phrases.ts'
import { mrkdwnWithin, notification } from '../escape.ts'
import { ACTIONS } from '../action-ids.ts'
import { LIMITS } from '../limits.ts'
import { actions, button, context, header, rawContext, section, type Block, type Card } from './blocks.ts'
import { askOf } from './deadline.ts'
import { fitted, within, type Room } from './fit.ts'
import { bullets } from './lists.ts'
import { blockIdOf, put, type Look, type Place } from './look.ts'
import { sidecarButton } from './sidecar-button.ts'
import { restartButtons } from './restart-buttons.ts'
import { stragglerLine } from './stragglers.ts'
import { commandBlocks } from './team-commands.ts'
import { moreMenu } from './team-menu.ts'
import { fromText } from './versions.ts'

type Kind = TeamFacts['kind']

type Words = Readonly<Record<Kind, readonly [title: PhraseKey, body: PhraseKey]>>

const TEAM: Words = {
  told: ['teamToldTitle', 'teamTold'],
  nudge: ['teamNudgeTitle', 'teamNudge'],
  done: ['teamDoneTitle', 'teamDone'],
}
/** What nobody owns is nobody's next deploy: it is asked for from the beginning. */
const UNOWNED: Words = {
  told: ['unownedTitle', 'unownedAsk'],
  nudge: ['unownedTitle', 'unownedAsk'],
  done: ['unownedDoneTitle', 'unownedDone'],
}

/**
 * A word to one team, in its own channel: what it means for them, which workloads are theirs, and whom to ask. Or to whoever looks
 * after what no team owns.
 */
export function teamCard(facts: TeamFacts, look: Look, place: Place): Card {
  if (facts.replaced) return replacedCard(facts, look)
  const { title, ask, body } = teamWords(facts, look)
  return fitted((room) => ({
    text: notification(ask ? put(look, 'teamNudgeText', { title, ask }) : title),
    blocks: [
      header(title),
      section([...(ask ? [`*${ask}*`] : []), body].join('\n')),
      ...(isAsking(facts) ? ownWorkloads(facts, look, room) : []),
      ...answerBlocks(facts, look, place),
      rawContext(mrkdwnWithin(footer(facts, look), LIMITS.contextText), questions(facts, look)),
    ],
  }))
}

/** What the card says before its list; `ask` where something is asked for by a day. */
export function teamWords(facts: TeamFacts, look: Look) {
  const words = {
    team: facts.team ?? undefined,
    label: facts.label,
    cluster: facts.cluster,
    from: fromText(look, facts.from),
    to: facts.to.version,
    old: facts.old,
  }
  const [titleKey, bodyKey] = (facts.team === null ? UNOWNED : TEAM)[facts.kind]
  return { title: put(look, titleKey, words), ask: askOf(facts, look), body: put(look, bodyKey, words) }
}

/** There is a newer one, or will be none: nothing to click, and nothing to read twice. */
function replacedCard(facts: TeamFacts, look: Look): Card {
  const title = put(look, facts.gone ? 'teamGoneTitle' : 'teamReplacedTitle', {
    team: facts.team ?? undefined,
    cluster: facts.cluster,
  })
  const words = { from: fromText(look, facts.from), to: facts.to.version }
  return {
    text: notification(title),
    blocks: [section(`*${title}*\n${put(look, endOf(facts), words)}`), context(footer(facts, look))],
  }
}

function endOf({ gone, over }: TeamFacts): PhraseKey {
  if (gone) return 'teamGone'
  return over ? 'teamOver' : 'teamReplaced'
}

function isAsking({ kind, team }: TeamFacts): boolean {
  return kind === 'nudge' || (team === null && kind === 'told')
}

/** Ways to answer; whoever answered is named instead, with what follows. */
function answerBlocks(facts: TeamFacts, look: Look, place: Place): Block[] {
  const { answered } = facts
  if (!answered) return actions(blockIdOf(place), waysToAnswer(facts, look))
  const key = answered.kind === 'snooze' ? 'teamSnoozed' : 'teamNotOurs'
  const said = section(put(look, key, { by: look.name(answered.user), until: answered.until }))
  return [said, ...actions(blockIdOf(place), waysToAnswer(facts, look))]
}

/** One row, in this order. */
function waysToAnswer(facts: TeamFacts, look: Look): readonly (Button | Overflow)[] {
  const more = facts.kind === 'nudge' ? moreMenu(facts, look) : null
  return [...waysToGetHelp(facts, look), ...(more ? [more] : [])]
}

/** Also for who wants no reminder any more: their deploys go on. */
function waysToGetHelp(facts: TeamFacts, look: Look): readonly Button[] {
  if (facts.kind === 'done') return []
  const tell = tellButton(facts, look)
  return [...restartButtons(facts, look), ...sidecarButton(facts, look), ...(tell ? [tell] : [])]
}

/** Whoever looks after what no team owns is of the platform team. */
function tellButton({ team, run, cluster, requestedBy }: TeamFacts, look: Look): Button | null {
  if (team === null) return null
  return button({
    action: ACTIONS.tellPlatform,
    text: put(look, 'buttonTellPlatform'),
    value: run,
    label: put(look, 'labelTellPlatform', { cluster }),
    confirm: {
      title: put(look, 'buttonTellPlatform'),
      text: put(look, 'confirmTellPlatform', { by: look.name(requestedBy) }),
      yes: put(look, 'confirmTellYes'),
      no: put(look, 'back'),
    },
  })
}

function ownWorkloads(facts: TeamFacts, look: Look, room: Room): Block[] {
  const { shown, left } = within(
    facts.workloads.map((one) => stragglerLine(one, facts.countedAt, look)),
    { ...room, chars: room.prose },
  )
  const more = left + facts.more
  return [
    ...bullets([...shown, ...(more > 0 ? [put(look, 'stragglersMore', { n: more })] : [])], room.prose),
    ...commandBlocks(facts, look, room),
  ]
}

function footer({ kind, number, most, requestedBy, contact }: TeamFacts, look: Look): string {
  const asker = { by: look.name(requestedBy), ...(contact ? { contact: look.name(contact) } : {}) }
  return put(look, 'teamContext', { ...asker, ...(kind === 'nudge' ? { number, most } : {}) })
}

/** Where to ask, which mentions nobody; empty where that is the channel that the card stands in. */
function questions({ askedIn }: TeamFacts, look: Look): string {
  return askedIn ? put(look, 'teamQuestions').replace('#', `<#${askedIn}>`) : ''
}

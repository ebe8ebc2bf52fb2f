import type { ConcernFacts } from '../../wire/concern-facts.ts'
import type { PhraseKey } from '../../words/phrases.ts'
import { notification } from '../escape.ts'
import { context, header, rawContext, section, type Block, type Card } from './blocks.ts'
import { fitted, within, type Room } from './fit.ts'
import { bullets } from './lists.ts'
import { put, type Look } from './look.ts'
import { stragglerLine } from './stragglers.ts'
import { fromText } from './versions.ts'

const WORDS: Readonly<Record<ConcernFacts['kind'], readonly [title: PhraseKey, body: PhraseKey]>> = {
  help: ['concernHelpTitle', 'concernHelp'],
  silent: ['concernSilentTitle', 'concernSilent'],
}

/** To whoever runs the upgrade, about one team: somebody of it wants their help, or nobody of it answers. */
export function concernCard(facts: ConcernFacts, look: Look): Card {
  const { kind, cluster, counted, contact } = facts
  const [titleKey, bodyKey] = WORDS[kind]
  const words = {
    team: facts.team ?? undefined,
    cluster,
    from: fromText(look, facts.from),
    to: facts.to.version,
    by: facts.by ? look.name(facts.by) : undefined,
    at: facts.at,
    number: facts.number,
    old: counted?.old,
    new: counted?.new,
    contact: contact ? look.name(contact) : undefined,
  }
  const title = put(look, facts.team === null ? 'concernUnownedTitle' : titleKey, words)
  return fitted((room) => ({
    text: notification(title),
    blocks: [
      header(title),
      section(`${put(look, bodyKey, words)}\n${put(look, counted ? 'concernPods' : 'concernUncounted', words)}`),
      ...workloads(facts, look, room),
      rawContext(put(look, 'concernChannel').replace('#', `<#${facts.channel}>`)),
      ...(counted ? [context(put(look, 'concernCounted', { at: counted.at }))] : []),
    ],
  }))
}

function workloads({ counted }: ConcernFacts, look: Look, room: Room): Block[] {
  if (!counted) return []
  const lines = counted.workloads.map((one) => stragglerLine(one, counted.at, look))
  const { shown, left } = within(lines, { ...room, chars: room.prose })
  const more = left + counted.more
  return bullets([...shown, ...(more > 0 ? [put(look, 'stragglersMore', { n: more })] : [])], room.prose)
}

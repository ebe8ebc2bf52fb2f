import type { DisownedFacts } from '../../wire/concern-facts.ts'
import { notification } from '../escape.ts'
import { header, section, type Card } from './blocks.ts'
import { fitted, within } from './fit.ts'
import { bullets } from './lists.ts'
import { put, type Look } from './look.ts'
import { stragglerLine } from './stragglers.ts'

/** To whoever runs the upgrade: a team says that workloads which carry its name are not its own. */
export function disownedCard(facts: DisownedFacts, look: Look): Card {
  const { team, cluster, label, workloads, countedAt } = facts
  const words = {
    team,
    cluster,
    label,
    to: facts.to.version,
    by: look.name(facts.by),
    n: workloads.length + facts.more,
  }
  return fitted((room) => {
    const lines = workloads.map((one) => stragglerLine(one, countedAt, look))
    const { shown, left } = within(lines, { ...room, chars: room.prose })
    const more = left + facts.more
    return {
      text: notification(put(look, 'disownedTitle', words)),
      blocks: [
        header(put(look, 'disownedTitle', words)),
        section(put(look, facts.outsider ? 'disownedOutsider' : 'disownedBody', words)),
        ...bullets([...shown, ...(more > 0 ? [put(look, 'stragglersMore', { n: more })] : [])], room.prose),
      ],
    }
  })
}

import type { TeamFacts } from '../../wire/card-facts.ts'
import type { Straggler } from '../../wire/census.ts'
import { restartCommand, toolOf } from '../../wire/restart-command.ts'
import { LIMITS, lengthOf } from '../limits.ts'
import { section, type Block } from './blocks.ts'
import { within, type Room } from './fit.ts'
import { bullets, preformatted } from './lists.ts'
import { put, type Look } from './look.ts'

/** More commands than this are no help. */
const COMMANDS = 5

type Restarted = { readonly workload: Straggler; readonly command: string }

/**
 * How people redeploy what is left, where that is all that is needed: the exact commands, each in the way of the tool that keeps the
 * workload, and by name what only its tool can redeploy.
 */
export function commandBlocks({ workloads }: Pick<TeamFacts, 'workloads'>, look: Look, room: Room): Block[] {
  const left = workloads.filter(({ cause }) => cause.code === 'NOT_REDEPLOYED')
  const commands = commandsOf(left, Math.min(COMMANDS, room.items))
  const elsewhere = linesOf(left, look, room)
  if (commands.length + elsewhere.length === 0) return []
  const tools = [...new Set(commands.flatMap(({ workload }) => keptBy(workload) ?? []))]
  const words = [put(look, 'teamCommands'), ...(tools.length > 0 ? [put(look, 'teamKept', { tools })] : [])]
  return [
    section(words.join('\n')),
    ...(commands.length > 0 ? [preformatted(commands.map(({ command }) => command).join('\n'))] : []),
    ...bullets(elsewhere, room.prose),
  ]
}

/** None is cut: half a command is another command. */
function commandsOf(left: readonly Straggler[], most: number): readonly Restarted[] {
  const all = left.flatMap((workload) => {
    const command = restartCommand(workload, workload.keeper)
    return command === null ? [] : [{ workload, command }]
  })
  const shown: Restarted[] = []
  let chars = 0
  for (const one of all.slice(0, most)) {
    chars += lengthOf(one.command) + 1
    if (chars <= LIMITS.preformatted) shown.push(one)
  }
  return shown
}

/** Who would take another restart back. */
function keptBy({ kind, keeper }: Straggler): string | null {
  return kind === 'Rollout' ? null : (keeper?.tool ?? null)
}

function linesOf(left: readonly Straggler[], look: Look, room: Room): readonly string[] {
  const lines = left.flatMap((workload) => {
    const { kind, namespace, name, keeper } = workload
    const tool = toolOf(kind, keeper)
    if (tool === null || restartCommand(workload, keeper) !== null) return []
    return [put(look, 'teamThroughTool', { kind, namespace, name, tool })]
  })
  return within(lines, { ...room, chars: room.prose }).shown
}

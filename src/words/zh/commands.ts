import type { Catalogue } from '../sentence.ts'

export const commandsZh = {
  TEAM_OR_CLUSTER_UNKNOWN: [
    '没有名为“{typed}”的团队或集群，因此无法说明其 Pod 的情况。',
    '集群：{clusters}[[；设置中的以及仍有 Pod 的团队：{teams}]]。',
  ],
  NAMESPACE_IS_NO_TEAM: [
    '“{typed}”是命名空间，不是已知的团队或集群，因此无法说明其 Pod 的情况。',
    '[[其中剩余的 Pod 所属：{owners}。]]请按团队名称或“unowned”查询。',
  ],
  COMMAND_NO_HOLD: [
    '没有命令“{typed}”：不能单独暂停或放行某个命名空间。未做任何操作。',
    '团队可在提醒的“更多”中推迟提醒；要暂停整个升级，请用 {command} 停止。',
  ],
  NOTHING_TO_STOP: [
    '没有正在进行的步骤，因此没有停止任何操作：从 {from} 到 {to} 的升级已完成，{from} 已下线[[（{at}）]]。',
    '在 {until} 之前可以恢复 {from}[[：{command} 回退]]。',
  ],
} as const satisfies Partial<Catalogue>

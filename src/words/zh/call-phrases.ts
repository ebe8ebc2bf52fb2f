import type { callPhrasesEn } from '../en/call-phrases.ts'

/** 请人处理的消息：升级已暂停、阶段失败并已回退、已批准而等待开始。 */
export const callPhrasesZh: Readonly<Record<keyof typeof callPhrasesEn, string>> = {
  callHalted: '⏸️ 需要人工处理：{cluster} 的{phase}停在这里',
  callBack: '⏸️ 需要人工处理：{cluster} 的回退停在这里',
  textCallBack: '{cluster}：从 Istio {version} 的回退停在这里，需要人工处理。{what}',
  callBackStands:
    '不会自动继续回退。[[新建 Pod 使用 {gets}。]][[新建 Pod 使用 {between} 之一：回退尚未完成。]]没有重启任何 Pod。',
  callUndone: '↩️ 失败，已自动退回：{cluster} 的{phase}',
  callOver: '✅ 已有人处理：{cluster} 的{phase}',
  textCallHalted: '{cluster}：{phase}，Istio {version}，停在这里，需要人工处理。{what}',
  textCallUndone: '{cluster}：{phase}，Istio {version}，失败，已自动退回。[[新建 Pod 使用 {gets}。]]{what}',
  textCallOver: '{cluster}：{phase}，Istio {version}：已有人处理，这里无需再做什么。',
  callHaltedStands:
    '不会自动继续，也不会自动退回。[[新建 Pod 使用 {gets}。]][[新建 Pod 使用 {between} 之一：切换尚未完成。]]没有重启任何 Pod。',
  callUndoneStands: '已自动退回：一切与该阶段开始之前相同。[[新建 Pod 使用 {gets}。]]没有重启任何 Pod。',
  callHaltedNext: '请查明并排除障碍，然后继续，或回退。',
  callUndoneNext: '“重新申请”会生成一张新卡片，检查重新进行。',
  callContext: '自 {at}[[   至 {endedAt}]]   升级 {from} → {to}，由 {by} 提出',
  reminderStart: '已批准，等你按卡片上的“开始”。',
  reminderLapsed: '期限内无人按“开始”：这次批准已失效，未做任何更改。',
}

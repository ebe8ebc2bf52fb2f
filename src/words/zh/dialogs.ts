import type { Catalogue } from '../sentence.ts'

export const dialogsZh = {
  DIALOG_TOO_LATE: ['对话框未能在 Slack 允许的三秒内打开，未做任何更改：请再次点击，或重新输入命令。'],
  DRAFT_LAPSED: ['此对话框打开超过 30 分钟，因此未做任何更改。', '请在卡片上重新点击该按钮。'],
  DIALOG_UNREADABLE: [
    'bot 无法读取此对话框的内容：对话框打开后，bot 已更新或其设置已更改。未做任何更改。',
    '请重新打开该对话框。',
  ],
  PREVIEWED: ['可选版本与检查结果在对话框中。未做任何更改。'],
  PREVIEW_UNASKED: [
    'bot 无法连接队列（Redis），因此没有向 {cluster} 的 worker 询问可选版本。',
    '请在 Redis 恢复后重新打开此对话框。',
  ],
  PREVIEW_SILENT: [
    '{cluster} 的 worker 尚未回答[[；最后一次活动时间为 {at}]]。',
    '它在运行吗？如果 2 分钟内有回答，会自动显示在这里。',
  ],
  PREVIEW_LAPSED: [
    '{cluster} 的 worker 在 2 分钟内没有回答。这里只询问了有哪些可选项，没有请求任何更改。',
    '请检查 worker 的 Pod，然后重新打开此对话框。',
  ],
} as const satisfies Partial<Catalogue>

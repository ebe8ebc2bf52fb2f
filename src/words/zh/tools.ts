import type { Catalogue } from '../sentence.ts'

/** istioctl at work. */
export const toolsZh = {
  ISTIOCTL_NONE: ['没有配置比当前运行版本更新的 istioctl。', '请在 istioctl.sha256 中添加，并放入其二进制文件。'],
  ISTIOCTL_NOT_STARTED: ['无法启动 istioctl[[（{file}）]][[：{message}]]。', '请检查该文件能否在此机器上执行。'],
  ISTIOCTL_OTHER_VERSION: ['istioctl {version} 的二进制文件自称版本 {says}。', '请放入正确的文件。'],
  ISTIOCTL_OUTPUT_UNREADABLE: ['无法读取 istioctl {command} 的输出[[：{output}]]。', '请检查二进制文件的版本。'],
  ISTIOCTL_CHECK_NOT_RUN: ['无法运行 istioctl {command}[[：{said}]]。', '请在批准前手动运行。'],
  ISTIOCTL_FINDINGS: ['istioctl {command} 有 {findings} 项发现：{first}。', '请在批准前阅读。'],
  TAGS_UNSUPPORTED: ['istioctl {version} 不支持修订版标签。', '此类版本应使用补丁策略；请附上此代码报告。'],
  TAG_GENERATE_FAILED: [
    'istioctl 无法生成标签 {tag} → {revision}[[（{exitCode}）]][[：{said}]]。未应用任何内容。',
    '请阅读其输出。',
  ],
  INSTALL_FAILED: [
    'istioctl 安装 {version} 未成功（{ended}[[，{exitCode}]]）[[：{said}]]。',
    '会自动回退；请阅读输出后重新申请。',
  ],
  UNINSTALL_FAILED: [
    'istioctl 无法移除修订版 {revision}[[（{exitCode}）]][[：{said}]]。',
    '请使用方案中的回退命令，然后继续。',
  ],
  UNINSTALL_LEFT_OBJECTS: ['移除修订版 {revision} 后仍有残留：{left}。', '请手动移除后继续。'],
  UNINSTALL_UNSUPPORTED: ['istioctl {version} 无法移除单个修订版。', '请使用方案中的回退命令，然后继续。'],
} as const satisfies Partial<Catalogue>

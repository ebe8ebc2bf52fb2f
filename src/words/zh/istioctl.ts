import type { Catalogue } from '../sentence.ts'

/** istioctl, operator file and rendered target. */
export const istioctlZh = {
  ISTIOCTL_MISSING: [
    '缺少 istioctl {version}[[（{path}）]]。',
    '请将该版本的二进制文件放到那里，并在配置中写明其 SHA-256。',
  ],
  ISTIOCTL_UNPINNED: [
    'worker 配置中没有 istioctl {version} 的 SHA-256，因此不会启动它。',
    '请在 istioctl.sha256 中添加。',
  ],
  ISTIOCTL_CHECKSUM: [
    'istioctl {version} 与固定的二进制不符[[（应为 {expected}，实为 {found}）]]。不会启动它。',
    '请放入正确的文件；若确知变化原因，请更正 SHA-256。',
  ],
  YAML_UNREADABLE: ['无法将文档读作 YAML[[（第 {line} 行）]]：{message}。', '请修复它。'],
  VERSION_UNREADABLE: ['无法识别版本“{version}”。', '请写三段数字，例如 1.31.0。'],
  VERSION_MAJOR_DIFFERS: ['{from} 与 {to} 的主版本不同，Meshferry 不支持此升级。', '请选择相同主版本的版本。'],
  VERSION_TOO_OLD: ['Istio {version} 早于支持的最旧版本 {oldest}。', '请先手动升级到 {oldest}。'],
  VERSION_NOT_NEWER: ['{to} 不比 {from} 新。未做任何更改。', '请选择更新的版本；要退回请使用 rollback。'],
  REVISION_NAME_INVALID: [
    '“{revision}”不是有效的修订版名称（小写字母、数字与连字符，最长 {longest}）。',
    '请换一个名称。',
  ],
  REVISION_NAME_RESERVED: ['名称“{revision}”保留给无修订版的控制面。', '请换一个名称。'],
  REVISION_NAME_TAKEN: ['修订版名称“{revision}”已被使用。', '请换一个名称，或移除占用者。'],
  TAG_NAME_INVALID: ['“{tag}”不是有效的标签名称（最长 {longest} 个字符）。', '请换一个名称。'],
  TAG_NAME_IS_REVISION: ['“{tag}”同时也是修订版名称，含义不明确。', '请换一个名称。'],
  GENERATED_UNREADABLE: [
    '无法读取 istioctl 为标签 {tag} → {revision} 生成的内容。未应用任何内容。',
    '请检查 istioctl 二进制文件。',
  ],
  GENERATED_MISSING: [
    'istioctl 没有为标签 {tag} → {revision} 生成内容。未应用任何内容。',
    '请检查 istioctl 及其权限。',
  ],
  GENERATED_WRONG_OBJECT: [
    'istioctl 为标签 {tag} 生成的对象不是 {expected}，而是：{got}。未应用任何内容。',
    '请检查 istioctl 二进制文件。',
  ],
  GENERATED_WRONG_SERVICE: [
    'istioctl 为标签 {tag} 生成的内容没有指向修订版 {revision}[[，而是 {got}]]。未应用任何内容。',
    '请检查该修订版的 Service 与标签。',
  ],
  GENERATED_NEVER_MATCHES: [
    'istioctl 为标签 {tag} 生成的内容不匹配任何命名空间。未应用任何内容。',
    '请检查该修订版自身的 webhook，它可能已被停用。',
  ],
  GENERATED_CA_DIFFERS: [
    'istioctl 为标签 {tag} 生成的内容与修订版 {revision} 的 CA 不同。未应用任何内容。',
    '请等 istiod 写入 caBundle 后重新申请。',
  ],
  GENERATED_LACKS_ENTRIES: [
    'istioctl 为标签 {tag} 生成的内容缺少现有条目：{entries}。未应用任何内容。',
    '请检查现有条目由哪个版本生成。',
  ],
  GENERATED_PATH_DIFFERS: [
    'istioctl 为标签 {tag} 生成的注入路径（{after}）与现有路径（{before}）不同。未应用任何内容。',
    '请比较两个修订版的注入路径。',
  ],
} as const satisfies Partial<Catalogue>

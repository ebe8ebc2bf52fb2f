import type { Catalogue } from '../sentence.ts'

/** Injectors, tags and what preflight finds. */
export const injectionZh = {
  INJECTOR_POISONED: [
    '修订版 {revision} 的注入器 {object} 指向别处：{entries} → {services}，应为 {expected}。',
    '请先修复或移除该对象，否则无法通过它回退。',
  ],
  DEFAULT_INJECTION_UNCLEAR: [
    '默认由谁注入并不明确（{why}：{objects} → {leadsTo}）。',
    '请只保留一个 istio-injection=enabled 的注入器，然后重新申请。',
  ],
  TAG_BROKEN: ['标签 {tag}（{object}）没有指向任何修订版：{services}。', '请先修复或移除该标签。'],
  TAG_MISMATCH: ['标签 {tag}（{object}）标注为 {label}，却指向 {services}。', '请重新设置该标签使两者一致。'],
  CONTROL_PLANE_MISSING: ['找不到修订版 {revision} 的控制面。', '请检查其 Deployment 与 Service。'],
  CA_BUNDLE_MISSING: ['修订版 {revision} 的注入器尚无 CA。', '请等其 istiod 就绪后重新申请。'],
  CA_BUNDLES_DIFFER: ['修订版 {from} 与 {to} 的根 CA 不同，其 Pod 之间无法互信。', '请在切换前让两者使用同一根 CA。'],
  NOTHING_TO_SWITCH: ['没有任何内容指向 {from}，因此无需切换到 {to}。', '请查看状态：新建 Pod 可能已使用 {to}。'],
} as const satisfies Partial<Catalogue>

/** "Is it the sidecar?": its button, its choice and what stands around its answer. */
export const sidecarPhrasesEn = {
  buttonSidecar: 'Is it the sidecar?',
  labelSidecar: 'Compare new pods with old ones on {cluster}',
  sidecarTitle: '*Is it the sidecar?* {workload} on {cluster}',
  sidecarMarkNot: '🟢',
  sidecarMarkMaybe: '🟠',
  sidecarMarkSame: '🔵',
  sidecarMarkUnknown: '❓',
  sidecarChoose: 'Choose a workload',
  sidecarChooseMore: 'The {n} that were changed last are offered; {more} more are not.',
  sidecarSeen: '*What was seen* ({at})',
  sidecarCall: 'Whom to ask: {by}, who asked for the upgrade.',
  sidecarCallChannel: 'The channel of the cluster: {channel}',
  sidecarReadOnly: 'Meshferry only looked; nothing was changed.',
} as const

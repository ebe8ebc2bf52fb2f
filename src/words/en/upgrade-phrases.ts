/** The dialog in which an upgrade is put together, and what is said at once where an answer takes longer. */
export const upgradePhrasesEn = {
  upgradeTitle: 'Upgrade Istio',
  upgradeSubmit: 'Plan the upgrade',
  upgradeClose: 'Cancel',
  upgradeCluster: 'Cluster',
  upgradeClusterPick: 'Choose a cluster',
  upgradeClusterMore: 'Only {n} clusters fit in here. Any other: `{command} upgrade CLUSTER to VERSION`.',
  upgradeChoose: 'Choose a cluster: its versions and checks appear here.',
  upgradeReading: '⏳ Asking the worker of {cluster} which versions can be chosen…',
  upgradeRuns: 'Istio {from} runs on {cluster} now.',
  upgradeVersion: 'New version',
  upgradeVersionPick: 'Choose a version',
  upgradeNone: '🚫 *No version can be chosen on {cluster} now.*',
  upgradeNothing: 'Its worker has no istioctl at all: add one under istioctl.sha256, with its binary in the folder.',
  upgradeOthers: '*Cannot be chosen now*',
  upgradeOther: '{version}: {why}',
  upgradeOthersMore: 'and {n} more versions',
  upgradeChecking: '⏳ Checking {version} on {cluster}, as for a plan. That may take a minute; nothing is changed.',
  upgradeWell:
    '✅ *Nothing speaks against {version} on {cluster}.* What new pods get was proven for {n} {n|class|classes} of namespaces.',
  upgradeAgainst: '🚫 *{n} {n|thing speaks|things speak} against {version} on {cluster}.*',
  upgradeWarnings: '⚠️ *Worth knowing before you ask*',
  upgradeAcknowledged: 'Acknowledged: {keys}',
  upgradeChecked:
    'Checked as for a plan: the pinned istioctl, the rights, the operator file and what it renders, the versions, everything of Istio in the cluster, and what new pods get.',
  upgradeBy: 'Teams redeploy by',
  upgradeByPick: 'No day chosen',
  upgradeByHint:
    'The day that reminders name. Left empty, the deadline of the cluster’s settings counts, where there is one.',
  upgradeThen:
    'On “Plan the upgrade” everything is checked once more and the first approval is asked for. Nothing changes in the cluster without it.',
  upgradeNeedsCluster: 'Choose a cluster.',
  upgradeByOver: 'That day is over. Choose one to come, or none.',
  upgradeNeedsVersion: 'Choose a version.',
  upgradeNotYet: 'No version of this cluster can be chosen yet. Wait for its list, or read below why there is none.',
  working: '⏳ Working on it.',
} as const

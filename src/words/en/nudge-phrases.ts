/** What a team can say to a message, what the platform team hears of it, and reminders before they leave. */
export const nudgePhrasesEn = {
  buttonTellPlatform: 'Tell the platform team',
  labelTellPlatform: 'Tell the platform team of {cluster} that something is wrong',
  confirmTellPlatform:
    'Something is wrong? {by} and everybody in the channel of this upgrade read it, with your name, this channel and your workloads. Nothing is changed.',
  confirmTellYes: 'Tell them',
  menuSnooze: 'Remind us on {until}',
  menuNotOurs: 'Not ours',
  menuTakeBack: 'Take the answer back',
  confirmTakeBack: 'The reminders go on as before, also of what was said to be not yours.',
  disownedOutsider:
    '{by} answered so to a reminder of the upgrade to Istio {to}, but is not among the members of {team} in the file: its reminders go on until one of them says so.',
  confirmMenuTitle: 'Change the reminders?',
  confirmMenu:
    'A day: no reminder before it. Not ours: you are not reminded of the workloads named here any more, of others you are; whoever runs the upgrade is told, with your name.',
  confirmMenuUnowned: 'There is no reminder before the day that you chose. Everybody here sees who chose it.',
  confirmMenuYes: 'Do it',
  teamReplacedTitle: '🔁 [[{team}, ]]{cluster}: this reminder is out of date',
  teamReplaced: 'See the newer reminder of Istio {to} in this channel. This one takes no answers any more.',
  teamOver:
    'The upgrade is over or goes another way: nobody is asked to move to Istio {to} any more. This reminder takes no answers.',
  teamGoneTitle: '🔁 [[{team}, ]]{cluster}: nothing of yours is left on the old sidecar',
  teamGone:
    'No pod of yours here has the sidecar of Istio {from} any more: what this reminder named was removed or scaled to zero, or another team has it now. There is nothing to do for Istio {to}. This reminder takes no answers.',
  concernHelpTitle: '🆘 {team} needs the platform team on {cluster}',
  concernHelp: '*{by}* pressed “Tell the platform team” ({at}): something is wrong. Ask there what it is.',
  concernSilentTitle: '🔇 {team} does not answer on {cluster}',
  concernUnownedTitle: '🔇 {cluster}: nobody answers for what no team owns',
  concernSilent:
    '{number} {number|reminder|reminders} to redeploy got no answer and no redeploy, and no more are sent. Somebody must talk with them[[; their contact is {contact}]]. Nothing of theirs is touched.',
  concernPods: 'Their pods: *{new}* on Istio {to}, *{old}* on {from}.',
  concernUncounted: 'How many of their pods have which sidecar could not be counted just now (Istio {from} → {to}).',
  concernChannel: 'Their channel: #',
  concernCounted: 'Counted {at}. Listed are the workloads with pods on the old sidecar.',
  previewTitle: '✉️ {cluster}: reminders to {n} {n|team|teams} wait for you',
  previewHeld:
    'They are the first of this upgrade to Istio {to}: *none leaves before somebody presses the button*. Then each comes to the team’s own channel in its working hours, and later ones leave by themselves.',
  previewSentTitle: '✉️ {cluster}: the reminders leave',
  previewSent:
    '{by} sent them {at}, for the upgrade to Istio {to}. Each comes to the team’s own channel in its working hours, and later ones leave by themselves.',
  previewNobodyTitle: '✉️ {cluster}: nobody is left to remind',
  previewNobody:
    'Every team that would have been reminded of the upgrade to Istio {to} has redeployed. Nothing was sent.',
  previewOverTitle: '✉️ {cluster}: these reminders are not sent any more',
  previewOver: 'The upgrade to Istio {to} is over or was taken back before anybody sent them. Nothing was sent.',
  previewTeam: '{team}: {workloads} {workloads|service|services}, {old} {old|pod|pods}',
  previewMore: 'and {n} more {n|team|teams}',
  previewSample: 'What {team} would read, in the language of its channel:',
  previewCounted: 'Counted {at}.',
  previewWho: 'May send them: {requester}, and whoever may ask for an upgrade or approve the switch.',
  buttonSendNudges: 'Send the reminders',
  labelSendNudges: 'Send reminders of {cluster} to {n} teams',
  confirmSendNudges:
    '{n} {n|team|teams} of {cluster} will be reminded, each in its own channel and working hours. It cannot be taken back.',
  nudgesHeld:
    '✉️ Reminders to {n} {n|team|teams} are held: none leaves before somebody presses “Send the reminders” on their preview.',
} as const

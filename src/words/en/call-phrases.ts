/** Messages that call for somebody who must act: it halted, a phase failed and was undone, an approval waits for its start. */
export const callPhrasesEn = {
  callHalted: '⏸️ Needs a person: {phase} on {cluster} stands still',
  callBack: '⏸️ Needs a person: the way back on {cluster} stands still',
  textCallBack: '{cluster}: the way back from Istio {version} stands still and needs a person. {what}',
  callBackStands:
    'Nothing more is undone by itself.[[ New pods get {gets}.]][[ New pods get one of {between}: the way back is not done.]] No pod was restarted.',
  callUndone: '↩️ Failed and taken back: {phase} on {cluster}',
  callOver: '✅ Seen to: {phase} on {cluster}',
  textCallHalted: '{cluster}: {phase}, Istio {version}, stands still and needs a person. {what}',
  textCallUndone:
    '{cluster}: {phase}, Istio {version}, failed and was taken back by itself.[[ New pods get {gets}.]] {what}',
  textCallOver: '{cluster}: {phase}, Istio {version}: somebody has seen to it, nothing is to be done here any more.',
  callHaltedStands:
    'Nothing goes on or back by itself.[[ New pods get {gets}.]][[ New pods get one of {between}: the switch is not done.]] No pod was restarted.',
  callUndoneStands:
    'It was taken back: everything stands as before it began.[[ New pods get {gets}.]] No pod was restarted.',
  callHaltedNext: 'See what stands in the way and mend it; then resume, or roll back.',
  callUndoneNext: '“Ask again” makes a new card, with fresh checks.',
  callContext: 'Since {at}[[   until {endedAt}]]   upgrade {from} → {to}, asked for by {by}',
  reminderStart: 'is approved and waits for you: press Start on its card.',
  reminderLapsed: 'Nobody pressed Start in time: the approval lapsed, and nothing was changed.',
} as const

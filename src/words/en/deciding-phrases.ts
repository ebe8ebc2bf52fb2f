/** What an approver needs to decide, and those who did not decide in time; the answer to stop. */
export const decidingPhrasesEn = {
  reachLine: '*{teams} {teams|team|teams}, {pods} {pods|pod|pods}, 0 restarts*',
  reachLeft: 'Still on the old sidecar: *{teams} {teams|team|teams}, {pods} {pods|pod|pods}, 0 restarts*',
  reachUncounted: '*0 restarts*; how many teams and pods it concerns could not be counted',
  reachUnowned: '{n} of the pods {n|has|have} no team',
  reachUnknown: '{n} more {n|pod|pods} with an unknown sidecar',
  worstNone: '✅ Nothing speaks against it: {n} {n|check|checks} passed[[; {unmade} not made by this version]]',
  worstMore: '({n} more below)',
  decideBy: 'Decide by {at}. If nobody decides until then, the card lapses and nothing changes.',
  startBy: 'Start by {at}. If nobody presses Start until then, the approval lapses and nothing changes.',
  approvalsMore: 'and {n} more that {n|waits|wait} for you; decide on some of these and ask again',
  buttonBackTo: 'Roll back: new pods get {before}',
  buttonBackRemoves: 'Roll back: {after} is removed, new pods keep {before}',
  buttonNewerCard: 'Open the newer card',
} as const

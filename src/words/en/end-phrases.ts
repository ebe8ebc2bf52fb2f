/** The last message of an upgrade. */
export const endPhrasesEn = {
  endText:
    '{cluster}: the upgrade to Istio {to} is over, {state}. Pods moved: {moved}. Restarted by us: {restarted}. Clicks: {clicks}. Days: {days}.',
  endDone: '🏁 {cluster} runs Istio {to}',
  endOther: '🏁 {cluster}: the upgrade to Istio {to} is over',
  endState: '*{cluster}*   Istio *{from} → {to}*   {state}',
  endMoved: 'Pods moved',
  endRestarted: 'Restarted by us',
  endClicks: 'Clicks',
  endDays: 'Days',
  endUnknown: 'unknown',
  endContext:
    '{n} {n|class|classes} of namespaces proven right; {alarms} {alarms|alarm|alarms}.[[ Restarts that owners clicked: {owners}.]] Asked for by {by}.',
  endReport: 'Report',
  endReportLabel: 'Report of the upgrade of {cluster}: who decided, and what was proven',
} as const

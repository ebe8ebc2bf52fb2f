/** How far a migration is, day by day, and when it would be over. */
export const curvePhrasesEn = {
  forecast:
    'At the pace of the last {over} days ({moved} {moved|pod|pods}), the last one moves about {day}[[, {late} {late|day|days} after the deadline]].',
  curveTitle: 'Pods by sidecar',
  curveOld: 'Istio {version} (old)',
  curveOldMany: 'older versions',
  curveNew: 'Istio {version}',
} as const

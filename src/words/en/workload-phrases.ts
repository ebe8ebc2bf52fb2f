/** How a workload is named within a sentence. */
export const workloadPhrasesEn = { workloadName: '{kind} {name} in {namespace}' } as const

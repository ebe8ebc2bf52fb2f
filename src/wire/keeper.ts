import { z } from 'zod'

/**
 * An Application as Argo CD's command line takes it: `name`, or `namespace/name` where it lives outside of Argo CD's own namespace. Whoever
 * may write the workload writes this too, and people paste it into a shell: so nothing else than a name of Kubernetes.
 */
export const argoApp = z
  .string()
  .max(317)
  .regex(/^([a-z0-9]([-a-z0-9]*[a-z0-9])?\/)?[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/)

/** The tool that keeps a workload as its own source says, by what it left on it. Without `app` nobody can tell which Application. */
export const keeper = z.discriminatedUnion('tool', [
  z.object({ tool: z.literal('Argo CD'), app: argoApp.optional() }),
  z.object({ tool: z.literal('Flux') }),
])
export type Keeper = z.infer<typeof keeper>

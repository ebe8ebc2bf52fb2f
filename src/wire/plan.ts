import { z } from 'zod'
import { coded } from './facts.ts'
import { clusterName, hex256, isoTime, istioVersion, phaseName, revisionName } from './names.ts'

/**
 * What a step does. The kinds between `save` and the proofs are the writes of the switch as the room istio plans them; which
 * exact objects they write is computed from the live cluster when their phase starts, and saved.
 */
const STEP_KINDS = [
  'save',
  'adopt-tag',
  'disarm',
  'install',
  'prove-install',
  'move-tag',
  'patch-injector',
  'move-validator',
  'move-tag-service',
  'prove-switch',
  'save-old',
  'rehearse',
  'uninstall',
  'prove-retire',
] as const

/** One planned step: its kind and what it works on. What exactly is written is computed from the live cluster. */
export const stepPlan = z.object({
  /** Unique within the run, e.g. `switch.move-tag.prod-stable`; the journal and job ids use it. */
  id: z
    .string()
    .regex(/^[a-z0-9.-]+$/)
    .max(120),
  phase: phaseName,
  kind: z.enum(STEP_KINDS),
  /** The tag, or the object's name. */
  target: z.string().max(100).optional(),
})
export type StepPlan = z.infer<typeof stepPlan>
export type StepKind = StepPlan['kind']

/** A control plane revision; `default` is an unrevisioned one. */
export const controlPlane = z.object({ revision: revisionName, version: istioVersion })
export type ControlPlaneRef = z.infer<typeof controlPlane>

/** A class of namespaces, by what asks for injection there. Counts are shown, never hashed. */
export const classPlan = z.object({
  key: z.string().max(100),
  namespaces: z.int().nonnegative(),
  examples: z.array(z.string()).max(5),
  pods: z.int().nonnegative(),
  /** Revision that a new pod gets before the switch; null where none. */
  before: revisionName.nullable(),
  after: revisionName.nullable(),
  /** The step that moves it; null where it stays. */
  movedBy: z.string().nullable(),
})
export type ClassPlan = z.infer<typeof classPlan>

export const plan = z.object({
  v: z.literal(1),
  cluster: clusterName,
  madeAt: isoTime,
  from: z.array(controlPlane).min(1),
  to: controlPlane,
  /** The last day on which teams are asked to redeploy, where it was asked for with a day; else the cluster's setting counts. */
  by: z.iso.date().optional(),
  strategy: z.enum(['tag', 'patch']),
  steps: z.array(stepPlan),
  istioctl: z.object({ from: hex256.optional(), to: hex256 }),
  operatorFile: hex256,
  classes: z.array(classPlan),
  /** Said on the card, acknowledged by approving. */
  warnings: z.array(coded),
  /** Differences that somebody acknowledged by name when asking for the upgrade. */
  acknowledged: z.array(z.string()),
  /** Checks of later versions, by code: listed on the card as "not checked by this version". */
  notChecked: z.array(z.string()),
})
export type Plan = z.infer<typeof plan>

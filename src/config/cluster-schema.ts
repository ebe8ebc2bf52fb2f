import { z } from 'zod'
import { hex256, istioVersion, locale } from '../wire/names.ts'
import { approvalsSchema } from './approvals-schema.ts'
import { budget, channel, day, days, duration, kubeName, probePace, userOrGroup, window, zone } from './checked-text.ts'
import { DEFAULTS } from './defaults.ts'

const kube = z
  .strictObject({
    context: z.string().min(1).optional().meta({ description: 'Context of the kubeconfig' }),
    inCluster: z.boolean().optional().meta({ description: 'The worker runs in this cluster, as its service account' }),
  })
  .refine(({ context, inCluster }) => (context !== undefined) !== (inCluster === true), 'CONFIG_KUBE_ONE_WAY')

const istioctl = z.strictObject({
  dir: z
    .string()
    .min(1)
    .optional()
    .meta({ description: 'Folder with istioctl-VERSION for each version', default: DEFAULTS.istioctlDir }),
  sha256: z
    .record(istioVersion, hex256)
    .optional()
    .meta({ description: 'SHA-256 of each binary by version; one that is not listed is never started', default: {} }),
})

const freeze = z
  .strictObject({
    from: day.meta({ description: 'First day, such as 2026-12-20' }),
    to: day.meta({ description: 'Last day' }),
    why: z.string().min(1).max(200).meta({ description: 'What people are told who want to start something' }),
  })
  .refine(({ from, to }) => from <= to, 'CONFIG_FREEZE_ORDER')

const windows = z.strictObject({
  allow: z
    .array(window)
    .optional()
    .meta({ description: 'When a phase may start, such as "Mon-Thu 10:00-16:00"; none means always', default: [] }),
  freeze: z.array(freeze).optional().meta({ description: 'Days, both included, on which nothing starts', default: [] }),
})

const probe = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'CONFIG_PROBE_NAME')
    .meta({ description: 'What cards and evidence call it: they never show the URL' }),
  url: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .meta({ description: 'A page that answers below 400 while all is well' }),
  every: probePace
    .optional()
    .meta({ description: 'How often it is asked, each 500ms to 60s', default: DEFAULTS.probeEvery }),
  budget: budget.optional().meta({
    description: 'How many of the requests of a window may fail, such as "1% over 5m"; more undo the phase',
    default: DEFAULTS.probeBudget,
  }),
})

const onlyUs = z
  .literal('meshferry')
  .optional()
  .meta({ description: 'Who acts in this phase; only meshferry in this version', default: 'meshferry' })

export const clusterSchema = z.strictObject({
  kube,
  istioNamespace: kubeName
    .optional()
    .meta({ description: 'Where the control planes are', default: DEFAULTS.istioNamespace }),
  channel: channel.meta({ description: 'Slack channel id of cards, progress and alarms' }),
  fallbackChannel: channel.optional().meta({ description: 'Where they go when that channel can not be posted to' }),
  locale: locale.optional().meta({ description: 'Language of its channels; by default the one at the top' }),
  timezone: zone
    .optional()
    .meta({ description: 'Zone of the windows and of times shown; by default the one at the top' }),
  alarm: z
    .strictObject({
      mention: z
        .array(userOrGroup)
        .optional()
        .meta({ description: 'Who is mentioned when injection is broken or an upgrade halts', default: [] }),
    })
    .optional(),
  istioctl: istioctl.optional(),
  operatorFile: z
    .string()
    .min(1)
    .optional()
    .meta({ description: 'IstioOperator file of the control plane only, relative to this file' }),
  hands: z.strictObject({ install: onlyUs, switch: onlyUs, retire: onlyUs }).optional(),
  start: z
    .strictObject({
      switch: z.enum(['whenStarted', 'atOnce']).optional().meta({
        description: 'The switch starts when somebody presses Start, or at its last approval',
        default: DEFAULTS.startSwitch,
      }),
    })
    .optional(),
  retire: z
    .strictObject({
      quietFor: duration.optional().meta({
        description: 'How long nobody must have used the old control plane, by both sources, before it may go',
        default: DEFAULTS.quietFor,
      }),
      rehearse: duration.optional().meta({
        description: 'How long the old control plane is at zero in a rehearsal',
        default: DEFAULTS.rehearse,
      }),
    })
    .optional(),
  windows: windows.optional(),
  deadline: days.optional().meta({
    description:
      'Until when teams are asked to have redeployed, counted from the proof of the switch, such as 28d, unless the upgrade is asked for with a day; it changes words only; by default nobody is asked by a day',
  }),
  probes: z
    .array(probe)
    .max(20)
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, 'CONFIG_PROBE_TWICE')
    .optional()
    .meta({ description: "URLs of tenants' traffic, asked while a phase is at work; at most 20", default: [] }),
  longHop: z.literal(false).optional().meta({ description: 'More than two minors at once; not in this version' }),
  restarts: z.enum(['off', 'owners']).optional().meta({
    description:
      "May somebody of a team (teams.known.NAME.members) restart the team's own workloads by a click; owners needs restart-rights.yaml",
    default: DEFAULTS.restarts,
  }),
  approvals: approvalsSchema.optional(),
})
export type RawCluster = z.infer<typeof clusterSchema>

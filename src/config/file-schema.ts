import { z } from 'zod'
import { clusterName, locale } from '../wire/names.ts'
import { approvalsSchema } from './approvals-schema.ts'
import {
  channel,
  days,
  duration,
  hours,
  kubeName,
  publicKey,
  timeOfDay,
  userOrGroup,
  weekdays,
  zone,
} from './checked-text.ts'
import { clusterSchema } from './cluster-schema.ts'
import { DEFAULTS } from './defaults.ts'

const team = z.strictObject({
  channel: channel.meta({ description: "The team's own channel, where it hears of its workloads alone" }),
  contact: userOrGroup.optional().meta({ description: 'Whom a nudge mentions; by default nobody' }),
  members: z.array(userOrGroup).optional().meta({
    description:
      'Users and user groups that may restart its workloads, where restarts is owners; nobody listed means nobody may',
    default: [],
  }),
  locale: locale.optional().meta({ description: 'Language of its channel; by default the one at the top' }),
  timezone: zone.optional().meta({ description: "Zone of its working hours; by default the cluster's" }),
})

/** meshferry.yaml as it is written. Defaults are not filled in here, so that `config explain` can tell them apart. */
export const fileSchema = z.strictObject({
  locale: locale.optional().meta({ description: 'Language of the bot: en or zh', default: DEFAULTS.locale }),
  timezone: zone
    .optional()
    .meta({ description: 'Zone of all times, such as Asia/Shanghai', default: DEFAULTS.timezone }),
  slack: z
    .strictObject({
      command: z
        .string()
        .regex(/^\/[a-z0-9_-]{1,31}$/, 'CONFIG_COMMAND')
        .optional()
        .meta({ description: 'The slash command', default: DEFAULTS.command }),
    })
    .optional(),
  bot: z
    .strictObject({
      publicKeys: z.array(publicKey).optional().meta({
        description: 'Public keys of the bot whose requests workers accept; several while rotating',
        default: [],
      }),
    })
    .optional(),
  namespace: kubeName
    .optional()
    .meta({ description: 'Our namespace in each cluster; never injected', default: DEFAULTS.namespace }),
  requests: z
    .strictObject({
      from: z
        .array(userOrGroup)
        .optional()
        .meta({ description: 'Who may ask for an upgrade; by default who may approve install or switch' }),
    })
    .optional(),
  clusters: z.record(clusterName, clusterSchema).refine((all) => Object.keys(all).length > 0, 'CONFIG_NO_CLUSTER'),
  approvals: approvalsSchema.optional(),
  digest: z
    .strictObject({
      at: timeOfDay
        .optional()
        .meta({ description: "When the nightly digest comes, in the cluster's zone", default: DEFAULTS.digestAt }),
    })
    .optional(),
  nudge: z
    .strictObject({
      every: duration.optional().meta({ description: 'How long a team is left alone', default: DEFAULTS.nudgeEvery }),
      max: z
        .int()
        .min(0)
        .max(50)
        .optional()
        .meta({ description: 'How often a team is nudged at most; 0 is never', default: DEFAULTS.nudgeMax }),
      between: hours.optional().meta({ description: 'Hours of a working day', default: DEFAULTS.nudgeBetween }),
      days: weekdays.optional().meta({ description: 'Working days', default: DEFAULTS.nudgeDays }),
    })
    .optional(),
  evidence: z
    .strictObject({
      to: z.string().min(1).max(500).optional().meta({
        description: 'Folder in which a worker puts the evidence of a finished upgrade; by default it writes none',
      }),
      keep: days.optional().meta({
        description:
          'How long after the end of an upgrade its files stay in that folder, such as 400d; by default they are never removed',
      }),
    })
    .refine(({ to, keep }) => to !== undefined || keep === undefined, 'CONFIG_KEEP_NOWHERE')
    .optional(),
  teams: z
    .strictObject({
      label: z.string().min(1).max(317).optional().meta({
        description: "Label or annotation that names a workload's team, on the workload, else on its namespace",
        default: DEFAULTS.teamLabel,
      }),
      known: z
        .record(z.string().min(1).max(63), team)
        .optional()
        .meta({ description: 'Teams by the name that the label has; others are in the digest only', default: {} }),
      unowned: z
        .strictObject({
          channel: channel.meta({
            description:
              'Where workloads that no team owns are asked for, as a team is; by default they are in the digest only',
          }),
          locale: locale.optional().meta({ description: 'Language of that channel; by default the one at the top' }),
        })
        .optional(),
    })
    .optional(),
})
export type RawFile = z.infer<typeof fileSchema>

/** JSON Schema of meshferry.yaml for editors, made from the same schema that the program reads with. */
export function settingsJsonSchema(): z.core.JSONSchema.BaseSchema {
  return z.toJSONSchema(fileSchema, { io: 'input' })
}

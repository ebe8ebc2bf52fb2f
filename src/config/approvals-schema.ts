import { z } from 'zod'
import { duration, userOrGroup } from './checked-text.ts'
import { DEFAULTS } from './defaults.ts'

const need = z.int().positive().optional().meta({ description: 'How many people must say yes', default: DEFAULTS.need })
const from = z
  .array(userOrGroup)
  .optional()
  .meta({ description: 'Who may: user ids (U…) or user groups (S…); nobody listed means nobody may', default: [] })

const rule = z.strictObject({ need, from })

/** What nobody takes back for long: two people at the least, who type the cluster's name. */
const retireRule = z.strictObject({
  need: z.int().min(DEFAULTS.needToRetire).optional().meta({
    description: 'How many people must say yes to the removal of the old control plane; never fewer than two',
    default: DEFAULTS.needToRetire,
  }),
  from,
  typed: z
    .literal(true)
    .optional()
    .meta({ description: "Each of them types the cluster's name; it can not be turned off", default: true }),
})

/** One person goes back, always: docs/decisions/0006. */
const rollbackRule = z.strictObject({
  need: z
    .literal(1, 'CONFIG_ROLLBACK_NEED')
    .optional()
    .meta({ description: 'One person is always enough to go back; any other number is refused', default: 1 }),
  from: z
    .array(userOrGroup)
    .optional()
    .meta({ description: 'Who may go back, by ids; by default everybody who may approve install or switch' }),
  own: z
    .boolean()
    .optional()
    .meta({ description: 'Whoever asked for the upgrade may also go back', default: DEFAULTS.own }),
})

/** `approvals`, at the top and under a cluster, where a phase's rule replaces the one at the top as a whole. */
export const approvalsSchema = z.strictObject({
  install: rule.optional(),
  switch: rule.optional(),
  gateways: rule.optional().meta({
    description: 'Who approves the rehearsal of the retirement; a later version asks the same people for gateways',
  }),
  retire: retireRule.optional(),
  rollback: rollbackRule.optional(),
  expires: duration.optional().meta({
    description: 'How long a card or an unused approval lasts, in hours inside windows',
    default: DEFAULTS.expires,
  }),
  requesterMayApprove: z
    .boolean()
    .optional()
    .meta({ description: 'Whether who asked may approve too', default: DEFAULTS.requesterMayApprove }),
})
export type RawApprovals = z.infer<typeof approvalsSchema>

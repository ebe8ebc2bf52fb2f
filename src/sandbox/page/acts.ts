import { z } from 'zod'
import { troubleNames } from '../trouble/trouble.ts'
import { speeds } from './page-state.ts'

const id = z.string().min(1).max(255)
const text = z.string().max(4000)

/** Where something is pressed: in a message, in an open modal, or on the person's App Home. */
const place = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('message'), channel: id, ts: id }),
  z.strictObject({ kind: z.literal('modal'), viewId: id }),
  z.strictObject({ kind: z.literal('home') }),
])

const pressed = { place, actionId: id, blockId: id.optional() }
const chosen = z.union([text, z.array(text).max(100), z.number(), z.null()])

/** Everything that a visitor can do on the page. */
const act = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('say'), channel: id, text: text.min(1), threadTs: id.optional() }),
  z.strictObject({ kind: z.literal('command'), channel: id, text: text.min(1) }),
  z.strictObject({ kind: z.literal('click'), ...pressed, value: z.string().max(2000).optional() }),
  z.strictObject({ kind: z.literal('select'), ...pressed, value: chosen }),
  z.strictObject({ kind: z.literal('submit'), viewId: id, values: z.record(id, chosen) }),
  z.strictObject({ kind: z.literal('close'), viewId: id }),
  z.strictObject({ kind: z.literal('open-home') }),
  z.strictObject({ kind: z.literal('speed'), speed: z.literal(speeds) }),
  z.strictObject({ kind: z.literal('skip'), on: z.boolean() }),
  z.strictObject({ kind: z.literal('trouble'), name: z.enum(troubleNames), on: z.boolean() }),
])

/** An act and the person of the cast who does it. */
export const actRequest = z.strictObject({ as: id, act })

export type Act = z.infer<typeof act>
export type Place = z.infer<typeof place>

/** What came of it: a sentence for the person where there is something to say, and a modal's complaints by block id. */
export type ActAnswer = {
  readonly ok: boolean
  readonly say?: string
  readonly errors?: Readonly<Record<string, string>>
}

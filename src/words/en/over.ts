import type { Catalogue } from '../sentence.ts'

/** How an upgrade ended, to somebody who clicked a card of it. */
export const overEn = {
  UPGRADE_OVER_DONE: [
    'This is of the upgrade of {cluster} from Istio {from} to {to}, which ended {at}: it is done, and Istio {from} was removed[[ as {by} decided]]. Your click changed nothing.',
    'Nothing is left to do for it: `{command} report {cluster}` says what was done. `{command} upgrade {cluster}` asks for the next one.',
  ],
  UPGRADE_OVER_BACK: [
    'This is of the upgrade of {cluster} from Istio {from} to {to}, which ended {at}: everything was undone.[[ {because}]] Your click changed nothing.',
    'It can be asked for anew: `{command} upgrade {cluster}`. What runs now: `{command} status {cluster}`.',
  ],
  UPGRADE_OVER_REPLACED: [
    'This is of the upgrade of {cluster} from Istio {from} to {to}, which ended {at} and gave way to a new one. Your click changed nothing.',
    'See what runs now: `{command} status {cluster}`.',
  ],
  UPGRADE_RECORD_GONE: [
    'This is of an upgrade of {cluster}[[ that began {at}]] and is over; its record is not kept any more. Your click changed nothing.',
    'See what runs now: `{command} status {cluster}`.',
  ],
} as const satisfies Partial<Catalogue>

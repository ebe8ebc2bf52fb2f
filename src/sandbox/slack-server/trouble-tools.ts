import { vanish } from './messages.ts'
import { channelOf } from './people.ts'
import type { Stage } from './people.ts'
import type { Failure } from './trouble.ts'
import { findMessage, happened } from './world.ts'

/** Trouble on demand: what may go wrong with Slack between one act and the next. */
export type TroubleTools = {
  /** The next calls of this method (`*`: any; `response_url`: answers) fail in this way. */
  readonly failNext: (method: string, failure: Failure, times?: number) => void
  /** Slack is gone: connections are cut and refused (`true`, `'refused'`) or answered with 503 (`'5xx'`). */
  readonly slackAway: (away: boolean | 'refused' | '5xx') => void
  /** This token (default the bot's) answers `token_revoked` from now on; false gives it back. */
  readonly revokeToken: (token?: string, revoked?: boolean) => void
  readonly archiveChannel: (channel: string, archived?: boolean) => void
  /** The message is gone, as when an admin deletes it. */
  readonly deleteMessage: (channel: string, ts: string) => void
  /** Cuts every Socket Mode connection without a word. */
  readonly dropSockets: () => void
  /** Slack recycles connections: `disconnect` with this reason (default refresh_requested) to all, or the first `n`. */
  readonly refresh: (n?: number, reason?: 'refresh_requested' | 'warning' | 'link_disabled') => void
  /** Every trigger id (or response_url) given out so far is too old. */
  readonly expireTriggers: () => void
  readonly expireResponseUrls: () => void
  /** No set failures any more; Slack is there. */
  readonly clear: () => void
}

export function troubleTools(stage: Stage): TroubleTools {
  const { world, link, troubles } = stage
  const setAway = (away: boolean | 'refused' | '5xx') => {
    troubles.away = away === true ? 'refused' : away
    if (troubles.away !== false) link.drop()
    happened(world, troubles.away === false ? 'Slack is back' : `Slack is away (${troubles.away})`)
  }
  return {
    failNext: troubles.failNext,
    slackAway: setAway,
    revokeToken: (token = world.botToken, revoked = true) =>
      void (revoked ? world.revoked.add(token) : world.revoked.delete(token)),
    archiveChannel: (channel, archived = true) => void (channelOf(world, channel).isArchived = archived),
    deleteMessage: (channel, ts) => {
      const message = findMessage(world, channel, ts)
      if (message === undefined) throw new Error(`no message ${ts} in ${channel}`)
      vanish(world, message)
    },
    dropSockets: () => link.drop(),
    refresh: (n, reason = 'refresh_requested') => link.disconnect(reason, n),
    expireTriggers: () => stage.triggers.expireAll(),
    expireResponseUrls: () => stage.responseUrls.expireAll(),
    clear: () => {
      troubles.clear()
      troubles.away = false
    },
  }
}

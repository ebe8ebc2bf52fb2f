import type { ChatHealth } from '../chat/start-chat.ts'
import { isoOf } from '../kernel/clock.ts'
import type { PartHealth } from '../web/serve-health.ts'
import { slackMetric, slackTroubles } from './slack-sentence.ts'

/** What the bot says of itself; the numbers are of this process, but `behind`, which all bots share. */
export function botHealth(chat: ChatHealth, redis: boolean, nowMs: number): PartHealth {
  const { slack, behind, givenUp } = chat
  return {
    part: 'bot',
    facts: [
      `slack ${slack.kind} since ${isoOf(slack.since)}`,
      `messages behind ${behind ?? 'unknown'}, given up ${givenUp}`,
    ],
    troubles: [...slackTroubles(slack, nowMs), ...(redis ? [] : ['Redis does not answer: clicks are not taken'])],
    metrics: [
      ...slackMetric('bot', slack),
      {
        name: 'meshferry_redis_up',
        help: 'Redis answers',
        type: 'gauge',
        labels: { part: 'bot' },
        value: Number(redis),
      },
      {
        name: 'meshferry_messages_given_up_total',
        help: 'Messages that Slack did not take within a day, or whose reply was lost twice',
        type: 'counter',
        value: givenUp,
      },
      ...(behind === null
        ? []
        : [
            {
              name: 'meshferry_messages_behind',
              help: 'Messages in Slack that do not show their wanted state yet',
              type: 'gauge' as const,
              value: behind,
            },
          ]),
    ],
  }
}

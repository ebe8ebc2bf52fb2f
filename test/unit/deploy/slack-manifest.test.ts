import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { z } from 'zod'
import { MANIFEST } from '../../../scripts/docs/manifest.ts'
import { EVENTS } from '../../../src/chat/events.ts'
import { manifest, manifestFor } from '../../../src/compose/manifest.ts'
import { NEEDED_SCOPES, OPTIONAL_SCOPES } from '../../../src/wire/slack-scopes.ts'

const schema = z.object({
  display_information: z.object({
    name: z.string().max(35),
    description: z.string().max(140),
    long_description: z.string().min(175).max(4000),
  }),
  features: z.object({
    app_home: z.object({ home_tab_enabled: z.boolean(), messages_tab_enabled: z.boolean() }),
    slash_commands: z.array(
      z.object({
        command: z.string().max(32),
        url: z.string().optional(),
        description: z.string().max(2000),
        usage_hint: z.string().max(1000),
      }),
    ),
  }),
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()), bot_optional: z.array(z.string()) }) }),
  settings: z.object({
    event_subscriptions: z.object({ bot_events: z.array(z.string()), request_url: z.string().optional() }),
    interactivity: z.object({ is_enabled: z.boolean(), request_url: z.string().optional() }),
    socket_mode_enabled: z.boolean(),
  }),
})

const file = readFileSync(MANIFEST.file, 'utf8')
const read = (text: string): z.infer<typeof schema> => schema.parse(parse(text))

test('deploy/slack-manifest.yaml is what the code says; else run node scripts/run.mjs scripts/write-docs.ts', () => {
  expect(file).toBe(MANIFEST.text())
})

test('every event has a handler and every handler its event; scopes and tabs are those that are needed', () => {
  const { features, oauth_config: oauth, settings } = read(file)
  expect(settings.event_subscriptions.bot_events).toEqual(Object.keys(EVENTS))
  expect(oauth.scopes).toEqual({ bot: Object.keys(NEEDED_SCOPES), bot_optional: Object.keys(OPTIONAL_SCOPES) })
  expect(features.app_home).toEqual({ home_tab_enabled: 'app_home_opened' in EVENTS, messages_tab_enabled: true })
  expect(settings.interactivity).toEqual({ is_enabled: true })
})

test('another command, and HTTP in the place of a socket', () => {
  const { features, settings } = read(manifestFor({ command: '/mesh', url: 'https://ferry.example/slack/events' }))
  expect(features.slash_commands).toMatchObject([{ command: '/mesh', url: 'https://ferry.example/slack/events' }])
  expect(settings).toMatchObject({
    socket_mode_enabled: false,
    interactivity: { request_url: 'https://ferry.example/slack/events' },
    event_subscriptions: { request_url: 'https://ferry.example/slack/events' },
  })
})

test('what is no address, or no argument, is refused', async () => {
  await expect(manifest(['--url', 'ferry.example'])).rejects.toMatchObject({ code: 'ARGUMENT_UNKNOWN' })
  await expect(manifest(['--hurl', 'x'])).rejects.toMatchObject({ facts: { argument: 'hurl' } })
})

import { Document, isScalar, isSeq } from 'yaml'
import { NEEDED_SCOPES, OPTIONAL_SCOPES } from '../wire/slack-scopes.ts'

const HEAD = ` App manifest: api.slack.com/apps → Create New App → From a manifest. Then install it to the workspace (bot token), and make
 an app-level token with connections:write under Basic Information (for Socket Mode; a manifest can't hold it).

 "meshferry manifest" prints it for the command that meshferry.yaml names, and with --url https://YOUR-HOST for HTTP instead
 of Socket Mode. This file is what it prints where neither is given: node scripts/run.mjs scripts/write-docs.ts writes it.`

/** A manifest as the YAML that Slack takes, each scope with what it is for. */
export function manifestText(manifest: object): string {
  const document = new Document(manifest)
  document.commentBefore = HEAD
  for (const [list, why] of [['bot', NEEDED_SCOPES] as const, ['bot_optional', OPTIONAL_SCOPES] as const]) {
    explain(document.getIn(['oauth_config', 'scopes', list]), why)
  }
  return document.toString({ lineWidth: 120, singleQuote: true })
}

function explain(list: unknown, why: Readonly<Record<string, string>>): void {
  if (!isSeq(list)) return
  for (const item of list.items) if (isScalar(item)) item.comment = ` ${why[String(item.value)] ?? ''}`
}

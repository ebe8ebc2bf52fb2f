import { randomBytes } from 'node:crypto'
import { newKeyPair } from '../kernel/signatures.ts'

export type NewProject = {
  /** Text of a commented meshferry.yaml that loads as it is once the ids are put in. */
  readonly yaml: string
  /** Lines for the environment, with fresh keys: secrets, for a file that only their owner can read. */
  readonly env: string
}

/** What `meshferry init` writes; the caller writes both files with a flag that never overwrites. */
export function newProject(cluster: string, context: string): NewProject {
  const keys = newKeyPair()
  return { yaml: yamlOf(cluster, context, keys.publicKey), env: envOf(keys.privateKey) }
}

function envOf(botKey: string): string {
  return `# Keys of this installation. Keep them out of version control.
# Signs what the bot sends; its public half stands in meshferry.yaml. Only the bot needs it.
MESHFERRY_BOT_KEY=${botKey}
# Authenticates the run records in the clusters. Only workers need it.
MESHFERRY_RECORD_KEY=${randomBytes(32).toString('hex')}
# From your Slack app (deploy/slack-manifest.yaml makes one).
SLACK_BOT_TOKEN=
SLACK_APP_TOKEN=
REDIS_URL=redis://127.0.0.1:6379
`
}

function yamlOf(cluster: string, context: string, publicKey: string): string {
  return `# Meshferry. "meshferry config explain" lists every setting; "meshferry doctor" checks them all.
timezone: UTC                 # e.g. Asia/Shanghai
bot:
  publicKeys: ["${publicKey}"]
clusters:
  ${cluster}:
    kube: { context: ${JSON.stringify(context)} }   # or { inCluster: true }
    channel: C0CHANGEME       # Slack channel id: open the channel's details, it is at the bottom
    istioctl:
      dir: ./istioctl         # beside this file; holds istioctl-VERSION of the version to go to
      sha256: {}              # "1.31.0": "…" as sha256sum prints it
    windows:
      allow: []               # e.g. ["Mon-Thu 10:00-16:00"]; none means always
approvals:                    # user ids (U…) or user groups (S…); nobody listed = nobody may go forward
  install: { need: 1, from: [U0CHANGEME, U1CHANGEME] }
  switch: { need: 1, from: [U0CHANGEME, U1CHANGEME] }
  gateways: { need: 1, from: [U0CHANGEME, U1CHANGEME] }   # rehearses the retirement of the old version
  retire: { need: 2, from: [U0CHANGEME, U1CHANGEME, U2CHANGEME] }
  requesterMayApprove: false  # who asks needs somebody else
`
}

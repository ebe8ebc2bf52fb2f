/** Every variable of the environment: what it is for, and whether its value is ever shown. Each may also end in `_FILE`. */
export type Variable = { readonly name: string; readonly meaning: string; readonly secret: boolean }

export const VARIABLES: readonly Variable[] = [
  { name: 'SLACK_BOT_TOKEN', meaning: "The Slack app's bot token (xoxb-…)", secret: true },
  { name: 'SLACK_APP_TOKEN', meaning: 'App-level token (xapp-…) for Socket Mode', secret: true },
  { name: 'SLACK_SIGNING_SECRET', meaning: 'Signing secret, for HTTP instead of Socket Mode', secret: true },
  {
    name: 'PORT',
    meaning: "Port for Slack's requests over HTTP (/slack/events); 3000 where it is not set",
    secret: false,
  },
  {
    name: 'MESHFERRY_HEALTH_PORT',
    meaning: 'Port of /livez, /readyz, /healthz and /metrics; none where it is not set',
    secret: false,
  },
  { name: 'SLACK_API_URL', meaning: 'Another server that speaks the Slack API', secret: false },
  { name: 'REDIS_URL', meaning: 'Redis of queues and read model (redis:// or rediss://)', secret: true },
  { name: 'MESHFERRY_BOT_KEY', meaning: "The bot's Ed25519 private key, with which it signs requests", secret: true },
  {
    name: 'MESHFERRY_RECORD_KEY',
    meaning: "The workers' key for run records; two, with a comma, while rotating",
    secret: true,
  },
  { name: 'MESHFERRY_CONFIG', meaning: 'Path of meshferry.yaml', secret: false },
  { name: 'KUBECONFIG', meaning: 'Path of the kubeconfig; ~/.kube/config where it is not set', secret: false },
  { name: 'LOG_LEVEL', meaning: 'trace, debug, info, warn, error or silent', secret: false },
]

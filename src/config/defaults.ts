/** What is taken where the file and the environment say nothing. Also shown by `config explain` and in the JSON Schema. */
export const DEFAULTS = {
  configFile: 'meshferry.yaml',
  logLevel: 'info',
  locale: 'en',
  timezone: 'UTC',
  command: '/istio',
  namespace: 'meshferry',
  istioNamespace: 'istio-system',
  istioctlDir: '/opt/istioctl',
  startSwitch: 'whenStarted',
  need: 1,
  expires: '24h',
  requesterMayApprove: false,
  own: true,
  teamLabel: 'team',
  digestAt: '21:00',
} as const

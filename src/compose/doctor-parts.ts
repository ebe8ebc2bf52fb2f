import { readFileSync } from 'node:fs'
import { access } from 'node:fs/promises'
import type { DoctorParts } from '../cli/doctor-checks.ts'
import { newCluster } from '../cluster/cluster.ts'
import { newIstioctl } from '../cluster/istioctl.ts'
import { openKubeConfig } from '../cluster/kube-config.ts'
import { newKubeHttp } from '../cluster/kube-http.ts'
import { ensureNamespace } from '../cluster/own-namespace.ts'
import { slackIdentity, trySocketToken } from '../chat/slack-identity.ts'
import { slackPlaces } from '../chat/slack-places.ts'
import { readSettings } from '../config/load.ts'
import type { Settings } from '../config/settings.ts'
import { systemClock } from '../kernel/clock.ts'
import { CodedError } from '../kernel/errors.ts'
import { newLog } from '../kernel/log.ts'
import { hostOf, openRedis } from '../store/open-redis.ts'

const log = newLog('silent', 'doctor')

/** The real parts that `meshferry doctor` asks. It changes nothing but what the worker would: our own namespace. */
export function doctorParts(): DoctorParts {
  return {
    read: readSettings(process.env, (path) => readFileSync(path, 'utf8')),
    redis,
    slackPlaces: (settings, ids) => slackPlaces(settings.env.slackBotToken ?? '', settings.env.slackApiUrl, log, ids),
    slackSocket: (settings) => trySocketToken(settings.env.slackAppToken ?? '', settings.env.slackApiUrl, log),
    slack: (settings) => slackIdentity(settings.env.slackBotToken ?? '', settings.env.slackApiUrl, log),
    cluster,
  }
}

async function redis(settings: Settings): Promise<string> {
  const url = settings.env.redisUrl
  if (!url) throw new CodedError('ENV_MISSING', { name: 'REDIS_URL' })
  const link = await openRedis(url, log)
  await link.close()
  return hostOf(url)
}

const cluster: DoctorParts['cluster'] = async (settings, name) => {
  const own = settings.clusters[name]
  if (!own) throw new CodedError('CLUSTER_UNKNOWN', { typed: name, clusters: Object.keys(settings.clusters) })
  const env = { ...process.env, ...(settings.env.kubeconfig ? { KUBECONFIG: settings.env.kubeconfig } : {}) }
  const kubeAccess = openKubeConfig(own.kube, env)
  const http = newKubeHttp(kubeAccess)
  const { istioNamespace } = own
  const kube = newCluster({ http, istioNamespace, clock: systemClock, log })
  return {
    settings: own,
    namespace: settings.namespace,
    version: async () =>
      String(Reflect.get(Object(await http.json({ method: 'GET', path: '/version' })), 'gitVersion')),
    mayI: kube.mayI,
    istioctl: newIstioctl({ pinned: own.istioctl, access: kubeAccess, istioNamespace, env }),
    ownPlace: () => ensureNamespace(kube, { namespace: settings.namespace, istioNamespace }),
    operatorFile: () => readable(own.operatorFile),
  }
}

async function readable(file: string | undefined): Promise<void> {
  if (file === undefined) return
  await access(file).catch((error: unknown) => {
    throw new CodedError('OPERATOR_FILE_MISSING', { path: file }, { cause: error })
  })
}

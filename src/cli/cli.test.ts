import { afterEach, describe, expect, test } from '@jest/globals'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { explainSettings } from '../config/explain.ts'
import { readSettings } from '../config/load.ts'
import { CodedError } from '../kernel/errors.ts'
import { newKeyPair } from '../kernel/signatures.ts'
import { sayLine } from '../words/say.ts'
import { checkConfig } from './config-check.ts'
import { showExplained } from './config-explain.ts'
import { doctorArguments } from './doctor-arguments.ts'
import type { ClusterParts } from './doctor-cluster.ts'
import { doctorChecks, type DoctorParts } from './doctor-checks.ts'
import { NEEDED_SCOPES } from '../wire/slack-scopes.ts'
import { runDoctor } from './doctor.ts'
import { newProject } from './init.ts'
import type { Say } from './outcome.ts'
import { writeProject } from './write-project.ts'

const say: Say = (code, facts) => sayLine(code, facts, 'en')
const folders: string[] = []
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })))
const project = newProject('prod-a', 'prod a')
const env = Object.fromEntries(
  project.env
    .split('\n')
    .filter((line) => line.includes('=') && !line.startsWith('#'))
    .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
)
const complete = { ...env, SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' }

describe('init', () => {
  test('writes settings that load and keys that fit together', () => {
    const { settings, problems } = readSettings(env, () => project.yaml)
    expect(problems).toEqual([])
    expect(settings?.clusters['prod-a']?.kube).toEqual({ context: 'prod a' })
    expect(settings?.env.recordKeys).toHaveLength(1)
    expect(project.yaml).not.toContain(settings?.env.botKey)
  })

  test('never writes over a file, and keeps the keys to their owner', () => {
    const folder = mkdtempSync(join(tmpdir(), 'meshferry-init-'))
    folders.push(folder)
    const paths = { yaml: join(folder, 'meshferry.yaml'), env: join(folder, '.env') }
    expect(writeProject(project, paths, say).exitCode).toBe(0)
    expect(statSync(paths.env).mode & 0o777).toBe(0o600)
    const again = writeProject(newProject('prod-b', 'b'), paths, say)
    expect(again).toEqual({ exitCode: 1, lines: [expect.stringContaining('FAIL'), expect.stringContaining('FAIL')] })
    expect(readFileSync(paths.yaml, 'utf8')).toBe(project.yaml)
    rmSync(paths.env)
    expect(writeProject(project, paths, say).lines).toEqual([expect.stringContaining(`${paths.yaml} is there already`)])
    expect(existsSync(paths.env)).toBe(false)
  })
})

describe('config', () => {
  test('check says all that is wrong; explain finds a part', () => {
    expect(
      checkConfig(
        readSettings({}, () => project.yaml),
        say,
      ),
    ).toMatchObject({ exitCode: 0 })
    const bad = checkConfig(
      readSettings({}, () => `${project.yaml}evidence: { keep: 1d }\nlocal: en\n`),
      say,
    )
    expect(bad.exitCode).toBe(1)
    expect(bad.lines).toHaveLength(2)
    expect(bad.lines[1]).toContain('locale')
    const { yaml } = readSettings({}, () => project.yaml)
    const explained = explainSettings({}, 'meshferry.yaml', yaml)
    expect(showExplained(explained, 'TIMEZONE').lines[0]).toMatch(/^timezone = UTC {3}\(meshferry.yaml:\d+\)$/)
    expect(JSON.stringify(showExplained(explained, 'nonsense'))).toMatch(/No setting has “nonsense”.*"exitCode":1/)
  })
})

describe('doctor', () => {
  const well = (over: Partial<ClusterParts> = {}): DoctorParts => ({
    read: readSettings(complete, () => project.yaml),
    redis: async () => '127.0.0.1:6379',
    slack: async () => ({ team: 'Acme', bot: 'meshferry', scopes: Object.keys(NEEDED_SCOPES) }),
    slackPlaces: async () => [],
    slackSocket: async () => undefined,
    cluster: async (settings, name) => ({
      settings: settings.clusters[name]!,
      namespace: settings.namespace,
      version: async () => 'v1.34.0',
      mayI: async () => true,
      istioctl: {
        versions: () => ['1.31.0'],
        check: async () => ({ path: '/opt/istioctl/istioctl-1.31.0', sha256: '' }),
      },
      ownPlace: async () => undefined,
      operatorFile: async () => undefined,
      ...over,
    }),
  })
  const examine = async (parts: DoctorParts, ...args: readonly string[]) =>
    runDoctor(await doctorChecks(parts, doctorArguments(args)), say)
  const subjects = (lines: readonly string[]) => lines.map((line) => line.slice(6).split(':')[0])

  test('all well', async () => {
    const { lines, exitCode } = await examine(well())
    expect(exitCode).toBe(0)
    expect(lines.filter((line) => !/^(ok|WARN) /.test(line))).toEqual([])
    expect(subjects(lines)).toEqual([
      'settings',
      'environment',
      'redis',
      'slack',
      'slack channels and people',
      'slack socket',
      'prod-a api',
      'prod-a rights',
      'prod-a install rights',
      'prod-a namespace',
      'prod-a operatorFile',
      'prod-a istioctl',
    ])
  })

  test('the right to install comes and goes: held or away, it is a warning and no failure', async () => {
    const warningsOf = async (held: boolean) => {
      const { lines, exitCode } = await examine(well({ mayI: async ({ verb }) => verb !== '*' || held }))
      expect(exitCode).toBe(0)
      return lines.filter((line) => line.startsWith('WARN'))
    }
    expect(await warningsOf(true)).toEqual([
      expect.stringMatching(/prod-a install rights: .*every right.*kubectl delete -f .*install-rights\.yaml/),
    ])
    expect(await warningsOf(false)).toEqual([
      expect.stringMatching(/prod-a install rights: .*no upgrade begins.*kubectl apply -f .*install-rights\.yaml/),
    ])
  })

  describe('of one part', () => {
    const { MESHFERRY_BOT_KEY, MESHFERRY_RECORD_KEY, SLACK_BOT_TOKEN, SLACK_APP_TOKEN }: typeof env = complete
    const tokens = { SLACK_BOT_TOKEN, SLACK_APP_TOKEN }
    const pod = (own: Record<string, string | undefined>, yaml = project.yaml): DoctorParts => ({
      ...well(),
      read: readSettings({ REDIS_URL: 'redis://r', ...own }, () => yaml),
    })

    test("the bot's pod is asked for what is the bot's: Slack, and nothing of a cluster", async () => {
      const bot = pod({ MESHFERRY_BOT_KEY, ...tokens })
      const { lines, exitCode } = await examine(bot, '--part', 'bot')
      expect(exitCode).toBe(0)
      expect(subjects(lines)).toEqual([
        'settings',
        'environment',
        'redis',
        'slack',
        'slack channels and people',
        'slack socket',
      ])
      const lacking = await examine(pod({}), '--part', 'bot')
      expect(lacking.lines.filter((line) => line.startsWith('FAIL'))).toEqual([
        expect.stringContaining('SLACK_BOT_TOKEN is not set'),
        expect.stringContaining('MESHFERRY_BOT_KEY is not set'),
        expect.stringMatching(
          /SLACK_APP_TOKEN is not set, nor is SLACK_SIGNING_SECRET\..*or SLACK_SIGNING_SECRET in its place/,
        ),
      ])
    })

    test("the worker's pod is asked for what is the worker's: the cluster, and nothing of Slack", async () => {
      const { lines, exitCode } = await examine(pod({ MESHFERRY_RECORD_KEY }), '--part', 'worker')
      expect(exitCode).toBe(0)
      expect(subjects(lines).slice(0, 4)).toEqual(['settings', 'environment', 'redis', 'prod-a api'])
      expect(lines.join('\n')).not.toMatch(/slack/i)
      const lacking = await examine(pod({}), '--part', 'worker')
      expect(lacking.lines.filter((line) => line.startsWith('FAIL'))).toEqual([
        expect.stringContaining('MESHFERRY_RECORD_KEY is not set'),
      ])
    })

    test('a worker that trusts no bot is told so', async () => {
      const yaml = project.yaml.replace(/publicKeys: \[.*\]/, 'publicKeys: []')
      const { lines } = await examine(pod({ MESHFERRY_RECORD_KEY }, yaml), '--part', 'worker')
      expect(lines.filter((line) => line.startsWith('FAIL'))).toEqual([
        expect.stringMatching(/believe nobody.*bot\.publicKeys/),
      ])
    })

    test('a bot whose key is another than the file names is told which to write', async () => {
      const other = newKeyPair()
      const bot = pod({ ...tokens, MESHFERRY_BOT_KEY: other.privateKey })
      const { lines, exitCode } = await examine(bot, '--part', 'bot')
      expect(exitCode).toBe(1)
      expect(lines.filter((line) => line.startsWith('FAIL'))).toEqual([expect.stringContaining(other.publicKey)])
    })

    test('of several clusters a pod asks its own', async () => {
      const yaml = project.yaml.replace(
        'clusters:\n',
        'clusters:\n  prod-b: { kube: { inCluster: true }, channel: C0PRODB }\n',
      )
      const both = pod({ MESHFERRY_RECORD_KEY }, yaml)
      const { lines } = await examine(both, '--part', 'worker', '--cluster', 'prod-a')
      expect(lines.join('\n')).not.toContain('prod-b')
      expect((await examine(both, '--part', 'worker')).lines.join('\n')).toContain('ok    prod-b api')
      await expect(examine(both, '--cluster', 'prod-c')).rejects.toMatchObject({
        code: 'CLUSTER_UNKNOWN',
        facts: { typed: 'prod-c', clusters: ['prod-b', 'prod-a'] },
      })
    })

    test.each([
      [['--part', 'boat'], '--part boat'],
      [['--part'], '--part'],
      [['bot'], 'bot'],
      [['--prat', 'bot'], '--prat bot'],
    ])('%j is an error that says how it is called', async (args, argument) => {
      expect(() => doctorArguments(args)).toThrow(
        expect.objectContaining({
          code: 'ARGUMENT_UNKNOWN',
          facts: { argument, usage: 'doctor [--part bot|worker] [--cluster NAME]' },
        }),
      )
    })
  })

  test('names each missing right with its rule, and goes on', async () => {
    const { lines, exitCode } = await examine(
      well({ mayI: async ({ verb, resource }) => !(verb === 'create' && resource === 'pods') }),
    )
    const failed = lines.filter((line) => line.startsWith('FAIL'))
    expect(exitCode).toBe(1)
    expect(failed).toEqual([expect.stringMatching(/prod-a rights: .*create pods.*Add verb create on pods/)])
    expect(lines.at(-1)).toMatch(/^ok {4}prod-a istioctl/)
  })

  test('asks nothing more of a cluster that does not answer, but goes on with the others', async () => {
    const away = new CodedError('CLUSTER_UNREACHABLE', { host: 'x', message: 'refused' })
    const { lines, exitCode } = await examine({
      ...well({ version: () => Promise.reject(away) }),
      redis: () => Promise.reject(new CodedError('REDIS_UNREACHABLE', { host: 'r:1', reason: 'refused' })),
    })
    expect(exitCode).toBe(1)
    expect(lines.filter((line) => line.startsWith('-'))).toHaveLength(5)
    expect(lines.filter((line) => line.startsWith('FAIL')).map((line) => line.slice(6, 13))).toEqual([
      'redis: ',
      'prod-a ',
    ])
  })

  test('variables, scopes, kubeconfig and binaries are named', async () => {
    const parts = well()
    const { lines } = await examine({
      ...parts,
      read: readSettings({ SLACK_BOT_TOKEN: 'xoxb-1' }, () => project.yaml),
      slack: async () => ({ team: 'Acme', bot: 'b', scopes: ['commands'] }),
      cluster: () => Promise.reject(new CodedError('KUBECONFIG_MISSING', {})),
    })
    const text = lines.join('\n')
    for (const word of ['REDIS_URL', 'MESHFERRY_RECORD_KEY', 'SLACK_APP_TOKEN', 'usergroups:read', 'prod-a kube']) {
      expect(text).toContain(word)
    }
    const unpinned = await examine(
      well({ istioctl: { versions: () => [], check: () => Promise.reject(new Error('no')) } }),
    )
    expect(unpinned.lines.at(-1)).toContain('clusters.prod-a.istioctl.sha256')
  })

  test('the app token is tried where Slack comes by Socket Mode, and by HTTP nothing is', async () => {
    const wrong = new CodedError('SLACK_TOKEN_INVALID', { name: 'SLACK_APP_TOKEN', error: 'invalid_auth' })
    const refusing: DoctorParts = { ...well(), slackSocket: () => Promise.reject(wrong) }
    expect((await examine(refusing)).lines.join()).toMatch(/FAIL +slack socket: .*SLACK_APP_TOKEN: invalid_auth/)
    const { SLACK_APP_TOKEN: _, ...http } = complete
    const read = readSettings({ ...http, SLACK_SIGNING_SECRET: 's' }, () => project.yaml)
    expect((await examine({ ...refusing, read })).lines.join()).not.toContain('slack socket')
  })

  test('a channel or a person of the file that Slack does not know is named, each by itself', async () => {
    const asked: unknown[] = []
    const { lines, exitCode } = await examine({
      ...well(),
      slackPlaces: async (_, ids) => {
        asked.push(ids)
        return [
          new CodedError('SLACK_CHANNEL_UNUSABLE', { channel: 'C0CHANGEME', error: 'channel_not_found' }),
          new CodedError('SLACK_NOBODY', { id: 'U0CHANGEME', error: 'user_not_found' }),
        ]
      },
    })
    expect(asked).toEqual([{ channels: ['C0CHANGEME'], people: ['U0CHANGEME', 'U1CHANGEME', 'U2CHANGEME'] }])
    expect(exitCode).toBe(1)
    expect(lines.filter((line) => line.startsWith('FAIL'))).toEqual([
      expect.stringMatching(/C0CHANGEME \(channel_not_found\).*Correct the id/),
      expect.stringMatching(/U0CHANGEME/),
    ])
  })

  test('broken settings end it', async () => {
    const { lines, exitCode } = await examine({ ...well(), read: readSettings({}, () => 'clusters: {}') })
    expect([lines.length, exitCode]).toEqual([1, 1])
  })
})

import { describe, expect, test } from '@jest/globals'
import { readdirSync, readFileSync } from 'node:fs'
import { parse, parseAllDocuments } from 'yaml'
import { z } from 'zod'
import { neededRights, restartRights, type Right } from '../../../src/cli/needed-rights.ts'
import { readSettings } from '../../../src/config/load.ts'
import { VARIABLES } from '../../../src/config/variables.ts'

const folder = new URL('../../../deploy/', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, folder), 'utf8')

const rule = z.object({ apiGroups: z.array(z.string()), resources: z.array(z.string()), verbs: z.array(z.string()) })
const role = z.object({
  kind: z.enum(['Role', 'ClusterRole']),
  metadata: z.object({ namespace: z.string().optional() }),
  rules: z.array(rule),
})
const rolesIn = (file: string) =>
  parseAllDocuments(read(file))
    .map((document) => role.safeParse(document.toJS()))
    .flatMap(({ data }) => (data ? [data] : []))
const roles = rolesIn('kubernetes/worker-rights.yaml')

function granted({ verb, group, resource, namespace }: Right): boolean {
  return roles
    .filter(({ kind, metadata }) => kind === 'ClusterRole' || metadata.namespace === namespace)
    .flatMap(({ rules }) => rules)
    .some((one) => one.apiGroups.includes(group) && one.resources.includes(resource) && one.verbs.includes(verb))
}

describe('rights', () => {
  const needed = neededRights({ namespace: 'meshferry', istioNamespace: 'istio-system' })

  test('the roles grant each right that the doctor asks for', () => {
    expect(needed.length).toBeGreaterThan(40)
    expect(needed.filter((right) => !granted(right))).toEqual([])
  })

  test('and none to touch a running pod or a workload', () => {
    const rules = roles.flatMap(({ rules: all }) => all)
    const verbsOn = (resource: string) =>
      rules.filter(({ resources }) => resources.includes(resource)).flatMap(({ verbs }) => verbs)
    const forPods = new Set(verbsOn('pods'))
    expect([...forPods].sort((a, b) => a.localeCompare(b))).toEqual(['create', 'get', 'list', 'watch'])
    expect(
      ['deployments', 'statefulsets', 'daemonsets']
        .flatMap(verbsOn)
        .filter((verb) => !['get', 'list', 'watch'].includes(verb)),
    ).toEqual([])
    expect(
      rules.flatMap(({ resources }) => resources).filter((resource) => resource.includes('/') || resource === '*'),
    ).toEqual(['pods/proxy'])
    expect(verbsOn('pods/proxy')).toEqual(['get'])
    expect(verbsOn('events')).toEqual(['list'])
  })

  test('restarts by owners have a file of their own, with what they need and nothing else, which the default does not apply', () => {
    const rules = rolesIn('kubernetes/restart-rights.yaml').flatMap(({ rules: all }) => all)
    const asked = rules.flatMap(({ apiGroups, resources, verbs }) =>
      resources.flatMap((resource) => verbs.map((verb) => `${verb} ${apiGroups.join()}/${resource}`)),
    )
    const needed = restartRights().map(({ verb, group, resource }) => `${verb} ${group}/${resource}`)
    expect(asked.toSorted()).toEqual(needed.toSorted())
    expect(read('kubernetes/kustomization.yaml')).not.toMatch(/^\s*- restart-rights/m)
  })
})

/** What is there beside the files that the kustomization applies: one of them only where somebody asks for it. */
const OTHERS = ['kustomization.yaml', 'README.md', 'restart-rights.yaml']

describe('manifests', () => {
  test('the kustomization lists each file there is', () => {
    const files = readdirSync(new URL('kubernetes/', folder)).filter((name) => !OTHERS.includes(name))
    const { resources } = z
      .object({ resources: z.array(z.string()) })
      .parse(parse(read('kubernetes/kustomization.yaml')))
    expect([...resources].sort((a, b) => a.localeCompare(b))).toEqual(files.sort((a, b) => a.localeCompare(b)))
  })

  test.each(['worker', 'bot'])('the %s is hardened, never injected, and given only variables that exist', (name) => {
    const container = z.object({
      env: z.array(z.object({ name: z.string() })),
      securityContext: z.object({
        allowPrivilegeEscalation: z.literal(false),
        readOnlyRootFilesystem: z.literal(true),
        capabilities: z.object({ drop: z.tuple([z.literal('ALL')]) }),
      }),
    })
    const spec = z.object({
      securityContext: z.object({ runAsNonRoot: z.literal(true) }),
      containers: z.array(container),
    })
    const metadata = z.object({ labels: z.record(z.string(), z.string()) })
    const deployment = z.object({ spec: z.object({ replicas: z.literal(2), template: z.object({ metadata, spec }) }) })
    const [first] = parseAllDocuments(read(`kubernetes/${name}.yaml`))
    const { template } = deployment.parse(first?.toJS()).spec
    expect(template.metadata.labels).toMatchObject({
      'app.kubernetes.io/name': 'meshferry',
      'sidecar.istio.io/inject': 'false',
    })
    const known = [
      ...VARIABLES.flatMap((one) => [one.name, `${one.name}_FILE`]),
      'POD_NAME',
      'POD_NAMESPACE',
      'CONTAINER_NAME',
    ]
    const given = template.spec.containers.flatMap(({ env }) => env.map((one) => one.name))
    expect(given.filter((one) => !known.includes(one))).toEqual([])
    expect(given.some((one) => one.startsWith('SLACK_'))).toBe(name === 'bot')
    expect(given.some((one) => one.startsWith('MESHFERRY_RECORD_KEY'))).toBe(name === 'worker')
  })

  test('the settings load', () => {
    const { data } = z.object({ data: z.record(z.string(), z.string()) }).parse(parse(read('kubernetes/settings.yaml')))
    expect(readSettings({}, () => data['meshferry.yaml'] ?? '').problems).toEqual([])
  })
})

test('.env.example names each variable, with a sentence above it, and no secret', () => {
  const lines = readFileSync(new URL('../.env.example', folder), 'utf8').split('\n')
  const named = lines.flatMap((line, i) =>
    /^[A-Z_]+=/.test(line) ? [{ name: line.split('=')[0], above: lines[i - 1] ?? '' }] : [],
  )
  expect(named.map(({ name }) => name)).toEqual(VARIABLES.map(({ name }) => name))
  expect(named.filter(({ above }) => !above.startsWith('# '))).toEqual([])
})

describe('the steps of the README', () => {
  const readme = read('kubernetes/README.md')
  const blocks = (kind: string): readonly string[] =>
    [...readme.matchAll(new RegExp(`^\\s*\`\`\`${kind}\\n(.*?)^\\s*\`\`\`$`, 'gms'))].map((found) => found[1] ?? '')

  test.each(['bot', 'worker'])('make the Secret of the %s with the keys that its pod reads', (name) => {
    const mounted = [...read(`kubernetes/${name}.yaml`).matchAll(/value: \/run\/secrets\/meshferry\/([\w-]+)/g)]
    const command =
      blocks('').join('').split(`create secret generic meshferry-${name} `)[1]?.split('\nkubectl')[0] ?? ''
    const made = [...command.matchAll(/--from-literal=([\w-]+)=/g)]
    expect(made.map(([, key]) => key)).toEqual(mounted.map(([, key]) => key))
  })

  test('hold YAML that can be read, and name files that are there', () => {
    const texts = blocks('yaml')
    expect(texts.length).toBeGreaterThan(8)
    for (const text of texts) expect(parseAllDocuments(text).flatMap(({ errors }) => errors)).toEqual([])
    const files = [...readme.matchAll(/deploy\/kubernetes\/([\w-]+\.yaml)/g)].map(([, file]) => file)
    expect(files).toContain('install-rights.yaml')
    for (const file of files) expect(() => read(`kubernetes/${file}`)).not.toThrow()
  })
})

test('the image is built from what .dockerignore lets through', () => {
  const through = readFileSync(new URL('../.dockerignore', folder), 'utf8')
    .split('\n')
    .flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []))
  const copied = read('Dockerfile')
    .split('\n')
    .filter((line) => line.startsWith('COPY ') && !line.includes('--from='))
    .flatMap((line) => line.split(' ').slice(1, -1))
  expect([...new Set(copied)].sort()).toEqual([...through].sort())
})

test.each(['bot', 'worker'])(
  'the %s is asked by the kubelet on the port that it opens, and restarted only when it is dead',
  (name) => {
    const [deployment] = parseAllDocuments(read(`kubernetes/${name}.yaml`))
    const [container] = z
      .object({
        spec: z.object({
          template: z.object({ spec: z.object({ containers: z.array(z.record(z.string(), z.unknown())) }) }),
        }),
      })
      .parse(deployment?.toJS()).spec.template.spec.containers
    expect(container?.['env']).toContainEqual({ name: 'MESHFERRY_HEALTH_PORT', value: '8181' })
    expect(container).toMatchObject({
      ports: [{ name: 'health', containerPort: 8181 }],
      livenessProbe: { httpGet: { path: '/livez', port: 'health' } },
      readinessProbe: { httpGet: { path: '/readyz', port: 'health' } },
    })
  },
)

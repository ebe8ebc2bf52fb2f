import { sleep } from '../../kernel/retry.ts'
import { newPeople, type People } from './people.ts'
import { must, type StoryStage } from './story.ts'
import { release } from '../world/release.ts'
import { watchNewPods, type Witness } from './witness.ts'

const HOUR_MS = 3_600_000

/** A stage with the people on it and a witness beside it. */
export type Played = StoryStage & { readonly people: People; readonly witness: Witness; readonly newRevision: string }

/** Plays with a witness who looks from the first moment to the last, and finds in the end that no tenant was touched. */
export async function played(stage: StoryStage, play: (all: Played) => Promise<void>): Promise<void> {
  const witness = watchNewPods(stage.kube, stage.world.namespaces)
  const people = newPeople(stage)
  try {
    await play({ ...stage, people, witness, newRevision: revisionNamed(stage.world.versions.to) })
    witness.untouched()
  } finally {
    await witness.stop()
  }
}

/** As Meshferry names a revision: `1-31-0`. */
export function revisionNamed(version: string): string {
  return version.replaceAll('.', '-')
}

/** Lee asks, Mei approves the install. */
export async function askAndInstall({ people, world }: Played, to = world.versions.to): Promise<void> {
  while ((await people.ask('U0LEE', `upgrade to ${to}`)).includes('RUN_ENDING')) await sleep(500)
  await people.press('U0MEI', await people.card('install', 'Approve'), 'Approve')
}

/** Asked for, installed; Mei approves the switch, which starts with that. */
export async function switchOver(all: Played, to = all.world.versions.to): Promise<void> {
  await askAndInstall(all, to)
  await all.people.press('U0MEI', await all.people.card('switch', 'Approve'), 'Approve')
  await isDone(all, 'switch', to)
  await all.witness.gets(all.world.namespaces, revisionNamed(to))
}

/** A team releases one of its workloads, and waits until all of its pods are new. */
export async function redeploy({ kube, cue }: StoryStage, namespace: string, name: string): Promise<void> {
  await cue(`The team of ${namespace}/${name} releases it.`)
  await release(kube, namespace, name)
}

/** Every team releases all it has. */
export async function redeployAll(all: Played): Promise<void> {
  for (const { namespace, name } of all.world.plan.workloads) await redeploy(all, namespace, name)
}

/** Lets the calendar run fast until `until` has come; then it goes on as before. */
export async function whileTimeFlies<T>({ calendar, fast, cue }: StoryStage, until: () => Promise<T>): Promise<T> {
  const { speed } = calendar.state()
  await cue('Hours and days pass.')
  calendar.setSpeed(fast)
  try {
    return await until()
  } finally {
    calendar.setSpeed(speed)
  }
}

/** Lets so many hours of the calendar pass. */
export function hoursPass(stage: StoryStage, hours: number): Promise<void> {
  const end = stage.calendar.now() + hours * HOUR_MS
  return whileTimeFlies(stage, async () => {
    while (stage.calendar.now() < end) await sleep(100)
  })
}

/** Nobody is left on the old one: after a day the card of the rehearsal comes; then Mei and Sam let it go. */
export async function retireOld(all: Played, to = all.world.versions.to): Promise<void> {
  const { people, cluster } = all
  const rehearsal = await whileTimeFlies(all, () => people.card('rehearsal', 'Approve'))
  await people.press('U0MEI', rehearsal, 'Approve')
  await people.press('U0LEE', rehearsal, 'Start')
  await isDone(all, 'rehearsal', to)
  const card = await people.card('retire', 'Approve')
  await people.pressAndType('U0MEI', card, 'Approve', cluster)
  await people.pressAndType('U0SAM', card, 'Approve', cluster)
  await people.press('U0LEE', card, 'Start')
  await isDone(all, 'retire', to)
}

/** The progress message of this upgrade says so; one before it may have said the same of another version. */
function isDone({ people }: Played, phase: 'switch' | 'rehearsal' | 'retire', to: string): Promise<unknown> {
  return people.reads([`Done: ${phase}`, `→ ${to}`])
}

/** Every tenant's pod runs the sidecar of this version, and none is missing. */
export function mustRun({ mesh, world }: Played, version: string): void {
  const wanted = world.plan.workloads.reduce((sum, { replicas }) => sum + replicas, 0)
  const { byVersion } = mesh()
  const isSo = byVersion[version] === wanted && Object.keys(byVersion).length === 1
  must(isSo, `all ${wanted} pods run ${version}; it is ${JSON.stringify(byVersion)}`)
}

export function istiod({ kube }: Pick<Played, 'kube'>, revision: string) {
  return kube.get('apps/v1', 'Deployment', revision === 'default' ? 'istiod' : `istiod-${revision}`, 'istio-system')
}

/** A control plane that is gone, with everything that calls it. */
export function mustBeGone(all: Played, revision: string): void {
  const injectors = all.kube.list('admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration')
  const left = injectors.filter(({ metadata }) => metadata.labels?.['istio.io/rev'] === revision)
  must(!istiod(all, revision), `the control plane ${revision} is gone`)
  must(
    left.length === 0,
    `no injector of ${revision} is left; there are ${left.map((one) => one.metadata.name).join(', ')}`,
  )
}

import type { InputBlock, ModalView, StaticSelect } from '@slack/types'
import type { Refusal } from '../../kernel/errors.ts'
import type { Coded } from '../../wire/facts.ts'
import type { Preview } from '../../wire/preview.ts'
import { ACTIONS, DRAFT_INPUT, UPGRADE_VIEW } from '../action-ids.ts'
import { LIMITS } from '../limits.ts'
import { draftText, type UpgradeDraft } from '../upgrade-draft.ts'
import { context, plain, section, type Block } from './blocks.ts'
import { bullets } from './lists.ts'
import { inARow, put, told, type Look } from './look.ts'

export const CLUSTER_BLOCK = 'cluster'

export const BY_BLOCK = 'by'

/** Of another cluster it is another field: what was chosen for one must not stay for the next. */
export function versionBlock(cluster: string): string {
  return `version.${cluster}`
}

/** Everything that speaks against it, the first of them in front. */
type UpgradeTrouble = { readonly said: Refusal; readonly more: readonly Coded[] }

export type UpgradeForm = {
  readonly draft: UpgradeDraft
  readonly clusters: readonly string[]
  /** What the worker said last of this cluster; null before it said anything. */
  readonly preview: Preview | null
  /** Whether the worker is being asked just now, or why it could not be, or would not say. */
  readonly now: 'asking' | 'told' | UpgradeTrouble
}

const LINE_CHARS = 500
const OTHERS = 25
const FOUND = 25

/** Versions that nothing known speaks against, newest first. */
export function choosable({ versions }: Preview): readonly string[] {
  return versions.filter(({ why }) => why.length === 0).map(({ version }) => version)
}

/** Which cluster, to which version, and what the worker says of it now. */
export function upgradeModal(form: UpgradeForm, look: Look): ModalView {
  const { draft, preview } = form
  return {
    type: 'modal',
    callback_id: UPGRADE_VIEW,
    private_metadata: draftText(draft),
    title: plain(put(look, 'upgradeTitle'), LIMITS.viewTitle),
    submit: plain(put(look, 'upgradeSubmit'), LIMITS.viewTitle),
    close: plain(put(look, 'upgradeClose'), LIMITS.viewTitle),
    blocks: [
      ...clusterBlocks(form, look),
      ...(preview && draft.cluster ? versionBlocks(draft, draft.cluster, preview, look) : []),
      ...(draft.cluster ? [until(draft, look)] : []),
      ...standing(form, look),
      ...(preview ? others(preview, look) : []),
      ...(typeof form.now === 'object' ? [] : [context(put(look, 'upgradeThen'))]),
    ],
  }
}

function clusterBlocks({ draft: { cluster }, clusters }: UpgradeForm, look: Look): Block[] {
  const first = [...new Set([...(cluster ? [cluster] : []), ...clusters])].slice(0, LIMITS.options)
  const shown = clusters.filter((name) => first.includes(name))
  const label = put(look, 'upgradeCluster')
  const left = clusters.length > shown.length
  const more = left ? [context(put(look, 'upgradeClusterMore', { n: shown.length, command: look.command }))] : []
  const pick = put(look, 'upgradeClusterPick')
  return [select(CLUSTER_BLOCK, label, ACTIONS.upgradeCluster, pick, shown, cluster), ...more]
}

function versionBlocks(draft: UpgradeDraft, cluster: string, preview: Preview, look: Look): Block[] {
  const { from } = preview
  const runs = from === null ? [] : [context(put(look, 'upgradeRuns', { from, cluster }))]
  const versions = choosable(preview).slice(0, LIMITS.options)
  if (versions.length === 0) {
    const nothing = preview.versions.length === 0 ? [section(put(look, 'upgradeNothing'))] : []
    return [...runs, section(put(look, 'upgradeNone', { cluster })), ...nothing]
  }
  const [label, pick] = [put(look, 'upgradeVersion'), put(look, 'upgradeVersionPick')]
  return [...runs, select(versionBlock(cluster), label, ACTIONS.upgradeVersion, pick, versions, draft.to)]
}

/** The last day on which teams are asked to redeploy; left empty, the cluster's setting counts. */
function until({ by }: UpgradeDraft, look: Look): InputBlock {
  const initial = by === null ? {} : { initial_date: by }
  const pick = plain(put(look, 'upgradeByPick'), LIMITS.buttonText)
  return {
    type: 'input',
    block_id: BY_BLOCK,
    optional: true,
    label: plain(put(look, 'upgradeBy'), 2000),
    hint: plain(put(look, 'upgradeByHint'), 2000),
    element: { type: 'datepicker', action_id: DRAFT_INPUT, placeholder: pick, ...initial },
  }
}

/** What is known of the chosen pair, or why nothing is. */
function standing({ draft, preview, now }: UpgradeForm, look: Look): Block[] {
  const { cluster, to, acknowledge } = draft
  if (cluster === null) return [section(put(look, 'upgradeChoose'))]
  if (typeof now === 'object') return troubleBlocks(now, look)
  const keys = acknowledge.length > 0 ? [context(put(look, 'upgradeAcknowledged', { keys: acknowledge }))] : []
  if (now === 'asking') {
    const isChecked = preview !== null && to !== null
    const waits = isChecked
      ? put(look, 'upgradeChecking', { cluster, version: to })
      : put(look, 'upgradeReading', { cluster })
    return [section(waits), ...keys]
  }
  return preview?.checks ? [...found(preview.checks, cluster, look), ...keys] : keys
}

function troubleBlocks({ said, more }: UpgradeTrouble, look: Look): Block[] {
  const { what, next } = told(look, said)
  // Silence may end.
  const mark = put(look, said.code === 'PREVIEW_SILENT' ? 'verdictWaits' : 'verdictNo')
  return [section(`${mark} ${what}\n${next}`.trim()), ...listed(more, look)]
}

function found(checks: NonNullable<Preview['checks']>, cluster: string, look: Look): Block[] {
  const { version, refusals, warnings, classes } = checks
  if (refusals.length > 0) {
    return [section(put(look, 'upgradeAgainst', { n: refusals.length, version, cluster })), ...listed(refusals, look)]
  }
  const known = warnings.length > 0 ? [section(put(look, 'upgradeWarnings')), ...listed(warnings, look)] : []
  const checked = context(put(look, 'upgradeChecked'))
  return [section(put(look, 'upgradeWell', { version, cluster, n: classes })), checked, ...known]
}

/** No options of the field: each says why not, and what would mend it. */
function others({ versions }: Preview, look: Look): Block[] {
  const out = versions.filter(({ why }) => why.length > 0)
  if (out.length === 0) return []
  const lines = out.slice(0, OTHERS).map(({ version, why }) => {
    const reasons = inARow(
      look,
      why.map((coded) => sentence(coded, look)),
    )
    return put(look, 'upgradeOther', { version, why: reasons })
  })
  const left = out.length - OTHERS
  const rest = left > 0 ? [context(put(look, 'upgradeOthersMore', { n: left }))] : []
  return [section(put(look, 'upgradeOthers')), ...bullets(lines, LINE_CHARS), ...rest]
}

function listed(all: readonly Coded[], look: Look): Block[] {
  return bullets(
    all.slice(0, FOUND).map((coded) => sentence(coded, look)),
    LINE_CHARS,
  )
}

function sentence(coded: Coded, look: Look): string {
  const { what, next } = told(look, coded)
  return inARow(look, [what, next])
}

/** A field that tells at once what was chosen in it. */
function select(
  blockId: string,
  label: string,
  actionId: string,
  pick: string,
  values: readonly string[],
  chosen: string | null,
): InputBlock {
  const options = values.map((value) => ({ text: plain(value, LIMITS.buttonText), value }))
  const initial = options.find(({ value }) => value === chosen)
  const element: StaticSelect = {
    type: 'static_select',
    action_id: actionId,
    placeholder: plain(pick, LIMITS.buttonText),
    options,
    ...(initial ? { initial_option: initial } : {}),
  }
  return { type: 'input', block_id: blockId, dispatch_action: true, label: plain(label, 2000), element }
}

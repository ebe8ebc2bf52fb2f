import type { Facts } from '../kernel/errors.ts'
import type { Evidence } from '../wire/evidence.ts'
import type { Coded } from '../wire/facts.ts'
import type { Locale } from '../wire/names.ts'
import { phrase, type PhraseKey } from '../words/phrases.ts'
import { PHASE_NAMES, say, sayLine } from '../words/say.ts'
import { curvePicture } from './curve-picture.ts'
import { html, type Html } from './html.ts'
import { PAGE_STYLE } from './page-style.ts'

type Put = (key: PhraseKey, facts?: Facts) => string
type Page = { readonly evidence: Evidence; readonly put: Put; readonly locale: Locale }

const STATE_NAMES: Readonly<Record<Evidence['state'], PhraseKey>> = {
  waiting: 'stateWaiting',
  running: 'stateRunning',
  undoing: 'stateUndoing',
  halted: 'stateHalted',
  switched: 'stateSwitched',
  done: 'stateDone',
  returning: 'stateReturning',
  returned: 'stateReturned',
  ended: 'stateEnded',
}

/** The evidence of one upgrade as a page of its own: nothing is fetched, nothing runs, everything foreign is escaped. */
export function evidencePage(evidence: Evidence, locale: Locale): string {
  const put: Put = (key, facts = {}) => phrase(key, facts, locale)
  const page = { evidence, put, locale }
  const title = put('reportTitle', titleFacts(evidence))
  return html`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title}</title>
        <style>
          ${{ html: PAGE_STYLE }}
        </style>
      </head>
      <body>
        ${head(page, title)} ${numbers(page)}
        <h2>${put('pageCurve')}</h2>
        ${curvePicture(evidence.curve, locale)}
        <h2>${put('pageApprovals')}</h2>
        ${approvals(page)}
        <h2>${put('pageSteps')}</h2>
        ${steps(page)}
        <h2>${put('pageAlarms')}</h2>
        ${alarms(page)}
        <h2>${put('pageExceptions')}</h2>
        ${exceptions(page)}
        <h2>${put('pageCommands')}</h2>
        ${commands(page)}
        <h2>${put('pageAudit')}</h2>
        ${audit(page)}
      </body>
    </html>`.html
}

function titleFacts({ cluster, from, to }: Evidence): Facts {
  return {
    cluster,
    from: from.map(({ version, revision }) => `${version} (${revision})`),
    to: `${to.version} (${to.revision})`,
  }
}

function head({ evidence, put, locale }: Page, title: string): Html {
  const { state, requestedBy, requestedAt, endedAt, madeAt, rollback, run, by } = evidence
  return html`<h1>${title}</h1>
    <p><b>${put(STATE_NAMES[state])}</b> · <code>${run}</code></p>
    <p>
      ${put('reportRequested', { by: requestedBy.name, at: requestedAt })} ${by ? put('pageAskedBy', { by }) : ''}
      ${endedAt ? put('reportEnded', { at: endedAt }) : ''} ${put('reportMade', { at: madeAt })}
    </p>
    ${rollback ? html`<p>${say(rollback.because.code, { ...rollback.because.facts, who: rollback.who?.name ?? '' }, locale).what}</p>` : ''}`
}

function numbers({ evidence, put }: Page): Html {
  const { podsMoved, tenantWorkloadsWritten, ownerRestarts = 0, clicks, days } = evidence.numbers
  const shown = (value: number | null): string => (value === null ? put('reportUnknown') : String(value))
  const how = put('pageWrittenHow', { namespaces: evidence.ownNamespaces.join(', ') })
  return html`<div class="numbers">
      <div><b>${shown(podsMoved)}</b>${put('reportMoved')}</div>
      <div><b>${shown(tenantWorkloadsWritten)}</b>${put('reportWritten')}</div>
      ${ownerRestarts > 0 ? html`<div><b>${ownerRestarts}</b>${put('restartsByOwners')}</div>` : ''}
      <div><b>${clicks}</b>${put('reportClicks')}</div>
      <div><b>${days}</b>${put('reportDays')}</div>
    </div>
    <p>${how}</p>`
}

const VERDICTS = { approve: 'pageApproved', reject: 'pageRejected', start: 'pageStarted' } as const

function approvals({ evidence, put }: Page): Html {
  const rows = evidence.approvals.flatMap(({ phase, need, decisions }) => {
    const have = decisions.filter(({ verdict }) => verdict === 'approve').length
    return decisions.map(
      ({ verdict, who, at, reason }, i) =>
        html`<tr>
          <td>${i === 0 ? `${put(PHASE_NAMES[phase])} (${put('pageOf', { have, need })})` : ''}</td>
          <td>${timeOf(at)}</td>
          <td>${who.name} <code>${who.user}</code></td>
          <td>${put(VERDICTS[verdict])}${reason === undefined ? '' : `: ${reason}`}</td>
        </tr>`,
    )
  })
  if (rows.length === 0) return html`<p>${put('pageNothing')}</p>`
  return table([put('pagePhase'), put('pageWhen'), put('pageWho'), put('pageWhat')], rows)
}

function steps(page: Page): Html {
  const { evidence, put } = page
  const begun = evidence.steps.filter(({ attempts }) => attempts > 0)
  if (begun.length === 0) return html`<p>${put('pageNothing')}</p>`
  return table(
    [put('pageStep'), put('pageWhen'), put('pageOutcome'), put('pageProofs')],
    begun.map((step) => stepRow(page, step)),
  )
}

function stepRow({ put, locale }: Page, step: Evidence['steps'][number]): Html {
  const said = [...step.evidence, ...(step.error ? [step.error] : [])].map(
    (one) => html`<li>${lineOf(one, locale)}</li>`,
  )
  const bad = ['failed', 'undo-failed'].includes(step.state)
  const state = put(STEP_NAMES[step.state])
  return html`<tr>
    <td><code>${step.id}</code>${step.attempts > 1 ? ` ×${step.attempts}` : ''}</td>
    <td>
      ${step.startedAt ? timeOf(step.startedAt) : ''}${step.endedAt ? ` – ${timeOf(step.endedAt).slice(11)}` : ''}
    </td>
    <td>
      ${bad ? html`<span class="bad">${state}</span>` : state}
      ${
        said.length > 0
          ? html`<ul>
              ${said}
            </ul>`
          : ''
      }
    </td>
    <td>${proofs(step.proofs, put, locale)}</td>
  </tr>`
}

const STEP_NAMES: Readonly<Record<Evidence['steps'][number]['state'], PhraseKey>> = {
  waiting: 'stepWaiting',
  running: 'stepRunning',
  done: 'stepDone',
  failed: 'stepFailed',
  undoing: 'stepUndoing',
  undone: 'stepUndone',
  'undo-failed': 'stepUndoFailed',
}

function proofs(all: Evidence['steps'][number]['proofs'], put: Put, locale: Locale): Html {
  if (all.length === 0) return html``
  const right = all.filter(({ verdict }) => verdict === 'right').length
  const rest = all.length - right
  const rows = all.map(
    ({ class: key, expected, found, verdict, because }) =>
      html`<tr>
        <td>${key}</td>
        <td>${expected ?? put('classNone')}</td>
        <td class="${verdict === 'right' ? '' : 'bad'}">
          ${found ?? put('classNone')}${because ? ` ${lineOf(because, locale)}` : ''}
        </td>
      </tr>`,
  )
  const summary = [put('pageRight', { n: right }), ...(rest > 0 ? [put('pageNotRight', { n: rest })] : [])].join(', ')
  return html`<details>
    <summary>${summary}</summary>
    ${table([put('pageClass'), put('pageExpected'), put('pageFound')], rows)}
  </details>`
}

function alarms({ evidence, put, locale }: Page): Html {
  if (evidence.alarms.length === 0) return html`<p>${put('pageAlarmsNone')}</p>`
  const items = evidence.alarms.map(
    ({ what, at, endedAt }) =>
      html`<li>
        ${timeOf(at)} ${lineOf(what, locale)}${endedAt ? ` (${put('pageAlarmOver', { at: endedAt })})` : ''}
      </li>`,
  )
  return html`<ul>
    ${items}
  </ul>`
}

function exceptions({ evidence, put, locale }: Page): Html {
  const { warnings, acknowledged, notChecked } = evidence.exceptions
  const said = (code: string): Coded => ({ code, facts: {} })
  const lists: readonly (readonly [string, readonly string[]])[] = [
    ['', warnings.map((one) => lineOf(one, locale))],
    [put('pageAcknowledged'), acknowledged],
    [put('pageNotChecked'), notChecked.map((code) => lineOf(said(code), locale))],
  ]
  const filled = lists.filter(([, items]) => items.length > 0)
  if (filled.length === 0) return html`<p>${put('pageNothing')}</p>`
  return html`${filled.map(
    ([name, items]) =>
      html`${name ? html`<p>${name}:</p>` : ''}
        <ul>
          ${items.map((one) => html`<li>${one}</li>`)}
        </ul>`,
  )}`
}

function commands({ evidence, put }: Page): Html {
  const blocks = evidence.approvals
    .filter((one) => one.commands.length + one.undoCommands.length > 0)
    .map(
      (one) =>
        html`<details>
          <summary>${put(PHASE_NAMES[one.phase])}</summary>
          <pre>${one.commands.join('\n')}</pre>
          ${
            one.undoCommands.length > 0
              ? html`<p>${put('planUndo')}</p>
                  <pre>${one.undoCommands.join('\n')}</pre>`
              : ''
          }
        </details>`,
    )
  return blocks.length === 0 ? html`<p>${put('pageNothing')}</p>` : html`${blocks}`
}

function audit({ evidence, put, locale }: Page): Html {
  const { lines, head: headHash, broken } = evidence.audit
  const verdict = broken === null ? put('reportAudit', { lines, head: headHash }) : put('reportAuditBroken', { broken })
  const rows = evidence.lines.map(
    ({ seq, at, who, what, hash }) =>
      html`<tr>
        <td>${seq}</td>
        <td>${timeOf(at)}</td>
        <td>${who?.name ?? ''}</td>
        <td>${lineOf(what, locale)} <code>${hash.slice(0, 12)}</code></td>
      </tr>`,
  )
  return html`<p class="${broken === null ? '' : 'bad'}">${verdict.replaceAll('`', '')}</p>
    <p>${put('pageAuditHow').replaceAll('`', '')}</p>
    <details>
      <summary>${put('pageAudit')} (${evidence.lines.length})</summary>
      ${table(['#', put('pageWhen'), put('pageWho'), put('pageWhat')], rows)}
    </details>`
}

function table(titles: readonly string[], rows: readonly Html[]): Html {
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          ${titles.map((one) => html`<th>${one}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`
}

function lineOf({ code, facts }: Coded, locale: Locale): string {
  return sayLine(code, facts, locale)
}

/** `2026-11-24 09:00:12` of an ISO time. */
function timeOf(at: string): string {
  return at.slice(0, 19).replace('T', ' ')
}

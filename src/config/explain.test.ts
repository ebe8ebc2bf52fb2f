import { expect, test } from '@jest/globals'
import { disk, LEAST } from '../../test/support/settings-files.ts'
import { explainSettings } from './explain.ts'
import { readSettings } from './load.ts'

test('lists and maps are explained to the last of their settings, also where the file has none', () => {
  const known = `${LEAST}teams: { known: { payments.eu: { channel: C0PAY } } }\n`
  const { yaml } = readSettings({}, disk({ 'meshferry.yaml': known }))
  const namesOf = (read: typeof yaml) => explainSettings({}, 'meshferry.yaml', read).map(({ name }) => name)
  expect(namesOf(yaml)).toEqual(
    expect.arrayContaining(['teams.known."payments.eu".channel', 'clusters.prod-a.channel']),
  )
  const nothing = namesOf(null)
  expect(nothing).toEqual(
    expect.arrayContaining([
      'clusters.NAME.channel',
      'clusters.NAME.probes',
      'clusters.NAME.probes[].url',
      'clusters.NAME.windows.freeze[].from',
      'clusters.NAME.istioctl.sha256',
      'teams.known',
      'teams.known.NAME.contact',
    ]),
  )
  expect(explainSettings({}, 'meshferry.yaml', null).filter(({ meaning }) => meaning === '')).toEqual([])
})

test('what holds others is explained as a whole where that means something', () => {
  const of = (name: string) => explainSettings({}, 'meshferry.yaml', null).find((one) => one.name === name)
  expect(of('approvals.gateways')).toMatchObject({ meaning: expect.stringContaining('rehearsal'), from: 'not set' })
  expect(of('approvals.switch')).toBeUndefined()
})

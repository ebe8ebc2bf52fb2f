import { expect, test } from '@jest/globals'
import { answerTo, command } from '../support/acts.ts'
import { openCard } from '../support/people.ts'
import { aStage } from './stage.ts'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { dayIn } from '../../src/kernel/zone.ts'
import { installFakeIstioctl } from '../../src/sandbox/fake-istioctl/install-fake-istioctl.ts'

test('asked in the dialog: what can be had and what not, the checks of a plan, and then the card', async () => {
  const { kube, rig } = await aStage()
  const { dir } = rig.parts.istioctl
  installFakeIstioctl(dir, ['1.33.0'])
  rmSync(join(dir, 'istioctl-1.30.0'))
  const shown = (): string => JSON.stringify(rig.slack.views('U0LEE').at(-1)?.view ?? null)
  const shows = (words: string): Promise<unknown> => rig.slack.waitFor(() => shown().includes(words), 90_000)

  const [ahead, past] = [dayIn(Date.now() + 90 * 86_400_000, 'UTC'), dayIn(Date.now() - 2 * 86_400_000, 'UTC')]
  expect(await answerTo(rig, 'U0LEE', 'upgrade to 1.31.0 by friday')).toContain('“friday” is not a day')
  expect(await answerTo(rig, 'U0LEE', `upgrade to 1.31.0 by ${past}`)).toContain(
    `cannot be asked to redeploy by ${past}`,
  )

  await command(rig, 'U0LEE', `upgrade by ${ahead}`)
  await shows('Nothing speaks against 1.31.0')
  expect(shown()).toContain(`"initial_date":"${ahead}"`)
  expect(shown()).toContain('Istio 1.30.0 runs on')
  expect(shown()).toMatch(/1\.33\.0: From 1\.30\.0 to 1\.33\.0 are 3 minor versions.*has no SHA-256/)
  expect(shown()).toMatch(/1\.30\.0 is not newer than 1\.30\.0.*istioctl 1\.30\.0 is not there/)
  expect(kube.get('apps/v1', 'Deployment', 'istiod-1-31-0', 'istio-system')).toBeUndefined()
  await rig.slack.submit({ user: 'U0LEE' })
  expect(rig.slack.text(await openCard(rig, 'install'))).toContain(`*Teams redeploy by* : ${ahead}`)

  await command(rig, 'U0LEE', 'upgrade')
  await shows('is under way already')
  await command(rig, 'U0OUT', 'upgrade')
  const outsider = (): string => JSON.stringify(rig.slack.views('U0OUT').at(-1)?.view ?? null)
  await rig.slack.waitFor(() => outsider().includes('not among those who may ask'), 90_000)
}, 180_000)

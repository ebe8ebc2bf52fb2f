import { expect, test } from '@jest/globals'
import { answerTo, command } from '../support/acts.ts'
import { aStage } from './stage.ts'

test('while the checks for a dialog hang, every other request is answered at once; what hung is said in the dialog', async () => {
  const { rig, istioctl } = await aStage()
  istioctl['1.31.0']?.behave({ hangAt: 'start' })
  const shown = (): string => JSON.stringify(rig.slack.views('U0LEE').at(-1)?.view ?? null)
  await command(rig, 'U0LEE', 'upgrade')
  await rig.slack.waitFor(() => shown().includes('Checking 1.31.0'), 30_000)
  expect(await answerTo(rig, 'U0MEI', 'stop')).toContain('NO_RUN')
  expect(shown()).toContain('Checking 1.31.0')
  await rig.slack.waitFor(() => shown().includes('istioctl could not be started'), 60_000)
  expect(shown()).toContain('1 thing speaks against 1.31.0')
}, 120_000)

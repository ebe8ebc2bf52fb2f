import type { StepPlan } from '../../wire/plan.ts'
import type { PhraseKey } from '../../words/phrases.ts'
import { put, type Look } from './look.ts'

const STEP_PHRASES: Readonly<Record<StepPlan['kind'], PhraseKey>> = {
  save: 'stepSave',
  'adopt-tag': 'stepAdoptTag',
  disarm: 'stepDisarm',
  install: 'stepInstall',
  'prove-install': 'stepProveInstall',
  'move-tag': 'stepMoveTag',
  'move-validator': 'stepMoveValidator',
  'move-tag-service': 'stepMoveTagService',
  'patch-injector': 'stepPatchInjector',
  'prove-switch': 'stepProveSwitch',
  'save-old': 'stepSaveOld',
  rehearse: 'stepRehearse',
  uninstall: 'stepUninstall',
  'prove-retire': 'stepProveRetire',
}

export function stepText(look: Look, step: StepPlan): string {
  return put(look, STEP_PHRASES[step.kind], { target: step.target })
}

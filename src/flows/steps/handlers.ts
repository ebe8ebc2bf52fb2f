import type { StepKind } from '../../wire/plan.ts'
import { changeObjects } from './change-objects.ts'
import { installControlPlane } from './install-control-plane.ts'
import { proveInstall } from './prove-install.ts'
import { proveRetire } from './prove-retire.ts'
import { proveSwitch } from './prove-switch.ts'
import { rehearse } from './rehearse.ts'
import { saveBefore } from './save-before.ts'
import { saveOld } from './save-old.ts'
import { uninstallOld } from './uninstall-old.ts'
import type { StepHandler } from './step.ts'

export const HANDLERS: Readonly<Record<StepKind, StepHandler>> = {
  save: saveBefore,
  'adopt-tag': changeObjects,
  disarm: changeObjects,
  install: installControlPlane,
  'prove-install': proveInstall,
  'move-tag': changeObjects,
  'patch-injector': changeObjects,
  'move-validator': changeObjects,
  'move-tag-service': changeObjects,
  'prove-switch': proveSwitch,
  'save-old': saveOld,
  rehearse,
  uninstall: uninstallOld,
  'prove-retire': proveRetire,
}

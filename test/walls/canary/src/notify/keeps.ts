import { kernel } from '../kernel/kernel.ts'
import { wire } from '../wire/wire.ts'
import { upgrade } from '../upgrade/upgrade.ts'
import { census } from '../census/census.ts'

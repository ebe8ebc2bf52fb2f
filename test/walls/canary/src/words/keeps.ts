import { kernel } from '../kernel/kernel.ts'
import { wire } from '../wire/wire.ts'

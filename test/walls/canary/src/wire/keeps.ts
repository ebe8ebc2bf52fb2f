import { kernel } from '../kernel/kernel.ts'
import { zod } from 'zod'

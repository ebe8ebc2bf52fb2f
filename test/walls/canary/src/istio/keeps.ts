import { kernel } from '../kernel/kernel.ts'
import { semver } from 'semver'

import { kernel } from '../kernel/kernel.ts'
import { ws } from 'ws'
import { fastjsonpatch } from 'fast-json-patch'
import { readFileSync } from 'node:fs'

import { pino } from 'pino'
import { ulid } from 'ulid'
import { readFileSync } from 'node:fs'

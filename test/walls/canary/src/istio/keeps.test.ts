import { expect } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { support } from '../../test/support.ts'
import { shared } from './shared-for-tests.ts'

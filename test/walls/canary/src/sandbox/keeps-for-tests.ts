import { expect } from '@jest/globals'
import { App } from '@slack/bolt'
import { support } from '../../test/support.ts'

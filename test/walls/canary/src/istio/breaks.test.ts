import { App } from '@slack/bolt'
import { decide } from '../upgrade/decide.ts'

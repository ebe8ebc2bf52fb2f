#!/usr/bin/env node
import { run } from './compose/commands.ts'

process.exitCode = await run(process.argv.slice(2))

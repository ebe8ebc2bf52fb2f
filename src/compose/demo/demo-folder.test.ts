import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { newDemoFolder } from './demo-folder.ts'

let parent: string

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'meshferry-folders-'))
})

afterEach(() => {
  rmSync(parent, { recursive: true, force: true })
})

type Owner = { readonly machine: string; readonly pid: number; readonly startTicks: string }

function ownerIn(folder: string): Owner {
  return JSON.parse(readFileSync(join(folder, 'owner.json'), 'utf8')) as Owner
}

function folderOf(name: string, owner: unknown): void {
  mkdirSync(join(parent, name))
  writeFileSync(join(parent, name, 'owner.json'), typeof owner === 'string' ? owner : JSON.stringify(owner))
  writeFileSync(join(parent, name, 'kubeconfig'), '')
}

/** A pid that nobody has any more. */
const gonePid = (): number => spawnSync(process.execPath, ['--version']).pid

test('the folder of a demo that is gone is removed at the next start, also where its pid is somebody else’s by now', () => {
  const own = ownerIn(newDemoFolder(parent))
  folderOf('meshferry-demo-dead', { ...own, pid: gonePid() })
  folderOf('meshferry-demo-taken', { ...own, startTicks: '1' })
  folderOf('meshferry-demo-no-proc', { ...own, pid: gonePid(), startTicks: '' })
  newDemoFolder(parent)
  expect(readdirSync(parent).filter((name) => /dead|taken|no-proc/.test(name))).toEqual([])
})

test('nothing of a demo that lives is touched', async () => {
  const program = `const { newDemoFolder } = await import(${JSON.stringify(new URL('demo-folder.ts', `file://${import.meta.filename}`).href)})
console.log(newDemoFolder(process.argv[1])); setInterval(() => 0, 1000)`
  const other = spawn(process.execPath, ['--input-type=module', '-e', program, parent], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [said] = (await once(other.stdout, 'data')) as [Buffer]
  const folder = basename(String(said).trim())
  const [first, second] = [newDemoFolder(parent), newDemoFolder(parent)].map((one) => basename(one))
  expect(readdirSync(parent)).toEqual(expect.arrayContaining([folder, first, second]))
  other.kill('SIGKILL')
  await once(other, 'exit')
  newDemoFolder(parent)
  expect(readdirSync(parent)).not.toContain(folder)
  expect(readdirSync(parent)).toEqual(expect.arrayContaining([first, second]))
})

test('what is not surely a dead demo’s of this machine stays', () => {
  const own = ownerIn(newDemoFolder(parent))
  folderOf('meshferry-demo-elsewhere', { ...own, pid: gonePid(), machine: 'another' })
  folderOf('meshferry-demo-garbled', '{"pid":')
  folderOf('meshferry-demo-zero', { ...own, pid: 0 })
  folderOf('of-somebody-else', { ...own, pid: gonePid() })
  mkdirSync(join(parent, 'meshferry-demo-begun'))
  const before = readdirSync(parent)
  newDemoFolder(parent)
  expect(readdirSync(parent)).toEqual(expect.arrayContaining(before))
})

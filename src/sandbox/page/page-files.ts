import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'
import { fileURLToPath } from 'node:url'

export type PageFile = { readonly type: string; readonly body: string; readonly headers?: Record<string, string> }

const script = 'text/javascript; charset=utf-8'
const plain = 'text/plain; charset=utf-8'

/** What the browser's modules import by name. */
const packages: Readonly<Record<string, string>> = {
  preact: '/packages/preact/dist/preact.mjs',
  'preact/hooks': '/packages/preact/hooks/dist/hooks.mjs',
  htm: '/packages/htm/dist/htm.mjs',
  'htm/preact': '/packages/htm/preact/index.mjs',
}

const importMap = JSON.stringify({ imports: packages })
const importMapHash = createHash('sha256').update(importMap).digest('base64')

/** Nothing from elsewhere: no script, no picture, no connection. The import map stands in the page, so its hash is named. */
const policy = [
  "default-src 'none'",
  `script-src 'self' 'sha256-${importMapHash}'`,
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Documents of the project that the page links to. */
const documents: readonly string[] = [
  'README.md',
  'docs/configuration.md',
  'docs/runbook.md',
  'docs/security.md',
  'docs/map.md',
]

/** The file behind this path of the page, or null. Modules of the browser have their types stripped on the way. */
export async function pageFile(path: string): Promise<PageFile | null> {
  if (path === '/') return { type: 'text/html; charset=utf-8', body: pageOf(await read('browser/page.html')), headers }
  const style = /^\/browser\/(styles\/[a-z-]+\.css)$/.exec(path)?.[1]
  if (style !== undefined) return fileOf(`browser/${style}`, 'text/css; charset=utf-8')
  if (path === '/browser/icon.svg') return fileOf('browser/icon.svg', 'image/svg+xml')
  if (Object.values(packages).includes(path)) {
    return fileOf(`../../../node_modules/${path.slice('/packages/'.length)}`, script)
  }
  const document = path.startsWith('/docs/') ? documents.find((name) => path === `/docs/${name}`) : undefined
  if (document !== undefined) return fileOf(`../../../${document}`, plain)
  return module(path)
}

const headers = { 'content-security-policy': policy, 'referrer-policy': 'no-referrer' }

/** The browser's own modules, and what they share with the sandbox: files that need nothing of Node. */
const shared: Readonly<Record<string, string>> = {
  '/page-state.ts': 'page-state.ts',
  '/slack-server/json.ts': '../slack-server/json.ts',
  '/clock/calendar.ts': '../clock/calendar.ts',
}

async function module(path: string): Promise<PageFile | null> {
  const own = /^\/browser\/((?:[a-z-]+\/)*[a-z-]+\.ts)$/.exec(path)?.[1]
  const name = own === undefined ? shared[path] : `browser/${own}`
  if (name === undefined) return null
  const file = await fileOf(name, script)
  return file && { ...file, body: stripTypeScriptTypes(file.body, { mode: 'strip' }) }
}

function pageOf(template: string): string {
  return template.replace('<!-- import map -->', `<script type="importmap">${importMap}</script>`)
}

async function fileOf(name: string, type: string): Promise<PageFile | null> {
  try {
    return { type, body: await read(name) }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

function read(name: string): Promise<string> {
  return readFile(fileURLToPath(new URL(name, import.meta.url)), 'utf8')
}

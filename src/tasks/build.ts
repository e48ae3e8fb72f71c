/** Makes `dist/`: the shipped JavaScript and, beside it, the compiled bundle. */
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

const root = join(import.meta.dirname, '..', '..')
const dist = join(root, 'dist')
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }

rmSync(dist, { recursive: true, force: true })
mkdirSync(dist)
await build({
  entryPoints: { 'mcp-policy': join(root, 'src', 'cli', 'main.ts') },
  outdir: dist,
  outExtension: { '.js': '.cjs' },
  bundle: true,
  minify: true,
  format: 'cjs',
  platform: 'node',
  mainFields: ['module', 'main'],
  target: 'node20.19',
  legalComments: 'none',
  define: { MCP_POLICY_VERSION: JSON.stringify(version) },
  plugins: [withoutBuiltIns()],
  logLevel: 'warning',
  // What the sources look up beside themselves, the build has put in.
  logOverride: { 'empty-import-meta': 'silent' },
})
cpSync(join(root, 'policies', 'bundle'), join(dist, 'bundle'), { recursive: true })
cpSync(join(root, 'policies', 'checklists'), join(dist, 'checklists'), { recursive: true })

/**
 * Leaves the built-ins that the SDK brings (yaml, sprintf, regex.split) out of the shipped file: `policies/capabilities.json` lets no
 * policy use them, and the engine refuses a bundle that needs any.
 */
function withoutBuiltIns(): import('esbuild').Plugin {
  return {
    name: 'without-built-ins',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\.\/builtins\/index$/ }, ({ importer }) =>
        importer.includes('opa-wasm') ? { path: 'none', namespace: 'built-ins' } : undefined)
      onLoad({ filter: /.*/, namespace: 'built-ins' }, () => ({ contents: 'module.exports = {}' }))
    },
  }
}

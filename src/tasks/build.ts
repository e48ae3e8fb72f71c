/** Makes `dist/`: the shipped JavaScript and, beside it, the compiled bundle. */
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import * as standalone from 'ajv/dist/standalone/index.js'
import { build, type BuildOptions, type Plugin } from 'esbuild'
import { writeNotices } from './notices.ts'

const root = join(import.meta.dirname, '..', '..')
const dist = join(root, 'dist')
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }

// The package's types describe its CommonJS form; what Node imports has the function under `default`.
const standaloneCode = standalone.default as unknown as typeof standalone.default.default

rmSync(dist, { recursive: true, force: true })
mkdirSync(dist)
/** Libraries for the rarer formats: files of their own, so that a run that needs none does not even parse them. */
const libraries = ['ignore', 'jsonc-parser', 'toml-eslint-parser']
/** Schemas that the tool checks its own files against: compiled, each a file of its own. */
const checks = ['baseline', 'config']

const options = {
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
  logLevel: 'warning',
  // What the sources look up beside themselves, the build has put in.
  logOverride: { 'empty-import-meta': 'silent' },
  metafile: true,
} as const satisfies BuildOptions
const main = await build({ ...options, entryPoints: { 'mcp-policy': join(root, 'src', 'cli', 'main.ts') }, plugins: [withoutBuiltIns(), withoutLibraries(), withoutRareFormats(), withoutChecks()] })
const reports = await build({ ...options, entryPoints: { reports: join(root, 'src', 'report', 'rare.ts') } })
const rare = await build({ ...options, entryPoints: Object.fromEntries(libraries.map(name => [name, name])) })
const compiled = await Promise.all(checks.map(name =>
  build({ ...options, outdir: undefined, outfile: join(dist, `${name}-schema.cjs`), stdin: { contents: checkOf(name), resolveDir: root, loader: 'js' } })))
writeNotices(dist, root, version, [main.metafile, reports.metafile, rare.metafile, ...compiled.map(({ metafile }) => metafile)])
cpSync(join(root, 'policies', 'bundle'), join(dist, 'bundle'), { recursive: true })
cpSync(join(root, 'policies', 'checklists'), join(dist, 'checklists'), { recursive: true })

/**
 * Leaves the built-ins that the SDK brings (yaml, sprintf, regex.split) out of the shipped file: `policies/capabilities.json` lets no
 * policy use them, and the engine refuses a bundle that needs any.
 */
function withoutBuiltIns(): Plugin {
  return {
    name: 'without-built-ins',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\.\/builtins\/index$/ }, ({ importer }) =>
        importer.includes('opa-wasm') ? { path: 'none', namespace: 'built-ins' } : undefined)
      onLoad({ filter: /.*/, namespace: 'built-ins' }, () => ({ contents: 'module.exports = {}' }))
    },
  }
}

/** Leaves the libraries where they are: beside the shipped file. */
function withoutLibraries(): Plugin {
  return {
    name: 'without-libraries',
    setup({ onResolve }) {
      onResolve({ filter: new RegExp(`^(${libraries.join('|')})$`) }, ({ path }) => ({ path: `./${path}.cjs`, external: true }))
    },
  }
}

/** Leaves the report formats of rare use in a file of their own. */
function withoutRareFormats(): Plugin {
  return {
    name: 'without-rare-formats',
    setup({ onResolve }) {
      onResolve({ filter: /\/report\/rare\.ts$/ }, () => ({ path: './reports.cjs', external: true }))
    },
  }
}

/** The code that ajv makes of a schema, which exports `validate`. */
function checkOf(name: string): string {
  const schema = JSON.parse(readFileSync(join(root, 'schemas', `${name}.schema.json`), 'utf8'))
  const ajv = new Ajv({ allErrors: true, schemas: [schema], code: { source: true } })
  return standaloneCode(ajv, { validate: schema.$id })
}

/** Leaves the checks where they are: beside the shipped file, as compiled by `checkOf`. */
function withoutChecks(): Plugin {
  return {
    name: 'without-checks',
    setup({ onResolve }) {
      onResolve({ filter: new RegExp(`^\\./(${checks.join('|')})-schema\\.ts$`) }, ({ path }) => ({ path: path.replace(/ts$/, 'cjs'), external: true }))
    },
  }
}

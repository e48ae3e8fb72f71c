import type gitignoreRules from 'ignore'
import type * as Jsonc from 'jsonc-parser'
import type * as Toml from 'toml-eslint-parser'

// Libraries for the rarer formats, loaded at their first use: linting Kubernetes YAML loads none of them.
//
// The shipped file is CommonJS made by esbuild. It sees the plain calls of `require` below, takes the libraries in, and runs each
// when it is first called (its `mainFields` must have `module` before `main`: it cannot look into the UMD form that `main` of
// jsonc-parser names). Run as it is, a module has no `require` and makes one; `fromHere` is never reached in the bundle.

export function jsonc(): typeof Jsonc {
  return typeof require === 'function' ? require('jsonc-parser') : fromHere('jsonc-parser')
}

export function toml(): typeof Toml {
  return typeof require === 'function' ? require('toml-eslint-parser') : fromHere('toml-eslint-parser')
}

export function ignoreRules(): typeof gitignoreRules {
  return typeof require === 'function' ? require('ignore') : fromHere('ignore')
}

function fromHere(library: string): never {
  const { createRequire } = process.getBuiltinModule('node:module')
  return createRequire(import.meta.url)(library) as never
}

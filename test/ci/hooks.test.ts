import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { formatOf } from '../../src/artefact/format.ts'
import { namesThatFire, namesThatDoNot } from './hook-names.ts'
import { root } from './snippets.ts'

type Hook = { id: string; entry: string; language: string; files: string }
const hooks = parse(readFileSync(join(root, '.pre-commit-hooks.yaml'), 'utf8'), { merge: true }) as [Hook, Hook]

/** The pattern without the layout that Python's (?x) allows; `npm run hook-test` asks Python itself. */
const pattern = new RegExp(hooks[0].files.replace('(?x)', '').replace(/\s+/g, ''))
const isIgnoreFile = (path: string): boolean => /(^|\/)\.gitignore$|\.dockerignore$/.test(path)

test('both hooks run the same, for the same files', () => {
  const [{ id, language, ...one }, other] = hooks
  expect({ id, language }).toEqual({ id: 'mcp-policy', language: 'node' })
  expect(other).toEqual({ ...one, id: 'mcp-policy-system', language: 'system', description: expect.any(String) })
})

test.each(namesThatFire)('%s is for the hook', path => expect(pattern.test(path)).toBe(true))
test.each(namesThatDoNot)('%s is not', path => expect(pattern.test(path)).toBe(false))

test('the hook is for the files that the linter reads, and for no others', () => {
  const part = fc.constantFrom('Dockerfile', 'dockerfile', 'Containerfile', 'DOCKERFILE', '.env', 'env', 'secrets.env', '.', '-', '_', '/', 'yaml', 'YML', 'json', 'md', 'jsonc', 'toml', 'code-workspace', 'dockerignore', 'containerignore',
    'example', 'local', 'defaults', 'default', 'prod', 'production', 'Kustomization', 'kustomization', 'gateway', '.gitignore', '.dockerignore', 'a b', 'é')
  fc.assert(fc.property(fc.array(part, { minLength: 1, maxLength: 7 }), parts => {
    const path = parts.join('')
    expect({ path, hook: pattern.test(path) }).toEqual({ path, hook: formatOf(path) !== undefined || isIgnoreFile(path) })
  }), { numRuns: 20_000 })
})

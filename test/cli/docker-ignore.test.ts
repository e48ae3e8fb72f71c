import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { defaultLimits } from '../../src/artefact/artefact.ts'
import { ignoreFiles } from '../../src/cli/docker-ignore.ts'

const root = mkdtempSync(join(tmpdir(), 'mcp-policy-ignore-'))
afterAll(() => rmSync(root, { recursive: true }))

function folder(name: string, files: { [path: string]: string }): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, name, path, '..'), { recursive: true })
    writeFileSync(join(root, name, path), text)
  }
  return join(root, name)
}

test.each<[string, { [path: string]: string }, string, string[] | null | undefined]>([
  ['beside', { '.dockerignore': '.env\r\n.git' }, 'Dockerfile', ['.env', '.git']],
  ['its-own', { '.dockerignore': 'a', 'gateway.Dockerfile.dockerignore': 'b' }, 'gateway.Dockerfile', ['b']],
  ['above', { '.git/HEAD': '', '.dockerignore': 'a', 'docker/x': '' }, 'docker/Dockerfile', ['a']],
  ['nearest', { '.git/HEAD': '', '.dockerignore': 'a', 'docker/.dockerignore': 'b' }, 'docker/Dockerfile', ['b']],
  ['outside', { '.dockerignore': 'a', 'docker/.git/HEAD': '' }, 'docker/Dockerfile', null],
  ['no-repository', { '.dockerignore': 'a', 'docker/x': '' }, 'docker/Dockerfile', null],
  ['nothing', { x: '' }, 'Dockerfile', null],
  ['no-dockerfile', { '.dockerignore': 'a' }, 'compose.yaml', undefined],
  ['a-folder', { '.dockerignore/x': '' }, 'Dockerfile', []],
])('%s', (name, files, dockerfile, expected) => {
  expect(ignoreFiles(defaultLimits)(join(folder(name, files), dockerfile))).toEqual(expected)
})

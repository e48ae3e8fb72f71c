import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { repositoryPaths, repositoryRoot, uriOf } from '../../src/report/repository-path.ts'

const root = realpathSync(mkdtempSync(join(tmpdir(), 'mcp-policy-root-')))
afterAll(() => rmSync(root, { recursive: true }))
mkdirSync(join(root, 'repository', '.git'), { recursive: true })
mkdirSync(join(root, 'repository', 'deploy', 'base'), { recursive: true })
writeFileSync(join(root, 'repository', 'deploy', 'base', 'a.yaml'), '')
symlinkSync(join(root, 'repository'), join(root, 'link'))

const repository = join(root, 'repository')
const deploy = join(repository, 'deploy')

test('the root is where the repository begins, else the folder itself', () => {
  expect(repositoryRoot(join(deploy, 'base'))).toBe(repository)
  expect(repositoryRoot(root)).toBe(root)
})

test.each([
  ['base/a.yaml', 'deploy/base/a.yaml'],
  ['./base/../base/a.yaml', 'deploy/base/a.yaml'],
  ['../x.yaml', 'x.yaml'],
  ['..x.yaml', 'deploy/..x.yaml'],
  [join(deploy, 'base', 'a.yaml'), 'deploy/base/a.yaml'],
  [join(root, 'link', 'deploy', 'base', 'a.yaml'), 'deploy/base/a.yaml'],
  ['stdin', 'deploy/stdin'],
  ['../../x.yaml', join(root, 'x.yaml')],
  ['/dev/fd/63', '/dev/fd/63'],
])('%s in a folder of it is %s', (file, path) => {
  expect(repositoryPaths(repository, deploy)(file)).toBe(path)
})

test.each([['a/b c.yaml', 'a/b%20c.yaml'], ['/a/ü.yaml', 'file:///a/%C3%BC.yaml'], ['C:/a b', 'file:///C:/a%20b']])('%s as a URI is %s', (path, uri) => {
  expect(uriOf(path)).toBe(uri)
})

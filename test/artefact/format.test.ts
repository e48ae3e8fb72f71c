import { expect, test } from 'vitest'
import { formatOf } from '../../src/artefact/format.ts'

test.each([
  ['yaml', ['a.yaml', 'a.yml', 'A.YAML', 'Kustomization', 'x/.gitlab-ci.yml', 'Dockerfile.yaml', '.env.yaml']],
  ['json', ['a.json', '.mcp.json', 'Dockerfile.json']],
  ['jsonc', ['a.jsonc', 'x.code-workspace']],
  ['toml', ['config.toml', '.codex/config.toml']],
  ['env', ['.env', '.env.prod', '.env.example', 'prod.env', 'secrets.env.example']],
  ['dockerfile', ['Dockerfile', 'dockerfile', 'Dockerfile.production', 'a/gateway.Dockerfile', 'Containerfile', 'Containerfile.dev', 'Dockerfile-dev']],
  [undefined, ['a.md', 'yaml', 'LICENSE', '.dockerignore', 'Dockerfile.dockerignore', 'environment.ts', '.envrc', 'a.constructor', 'a.env.ts', '.yaml/', '']],
])('%s', (format, paths) => {
  for (const path of paths) expect([path, formatOf(path)]).toEqual([path, format])
})

/** Names of files that a commit may touch: those that the linter reads, so that the hook runs, and those that it does not. */
export const namesThatFire = [
  'deploy/gateway.yaml', 'a.YML', 'Dockerfile', 'services/gateway/Dockerfile', 'Dockerfile.production', 'build/gateway.Dockerfile', 'Containerfile', '.env', '.env.local', 'deploy/.env.production',
  'secrets.env.example', 'gateway.env', 'docker-compose.yml', 'compose.prod.yaml', '.mcp.json', 'mcp.json', '.vscode/mcp.json', 'work.code-workspace', 'settings.jsonc', '.codex/config.toml', 'pyproject.toml',
  'charts/gateway/values.yaml', 'charts/gateway/values-prod.yml', 'charts/gateway/Chart.yaml', 'Kustomization', 'kustomization.yaml', '.mcp-policy.yaml', '.mcp-policy-baseline.json', '.dockerignore',
  'services/Dockerfile.dockerignore', '.gitignore', 'deploy/.gitignore',
]

export const namesThatDoNot = [
  'README.md', 'docs/compose.md', 'src/main.py', 'main.go', 'Makefile', 'yaml', 'env', 'Dockerfile.md', 'Dockerfiles', 'MyDockerfile', '.envrc', 'environment', 'kustomization', 'values.yaml.gotmpl', 'charts/gateway/templates/_helpers.tpl',
  'logo.svg', 'gateway.yaml.bak', '.gitattributes', 'x.gitignore', 'Dockerfile/notes.txt',
]

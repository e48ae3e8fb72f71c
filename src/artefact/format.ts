/** How a file is read; told by its name, or by its content where the name says nothing. */
export type Format = 'yaml' | 'json' | 'jsonc' | 'toml' | 'env' | 'dockerfile'

/** The format that a name tells; undefined for files that are not read unless they are asked for. */
export function formatOf(path: string): Format | undefined {
  const base = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
  const dot = base.lastIndexOf('.')
  const extension = dot === -1 ? '' : base.slice(dot + 1).toLowerCase()
  const known = byExtension.get(extension)
  if (known !== undefined) return isDockerfile.test(base) ? 'dockerfile' : known
  if (isDockerfile.test(base)) return 'dockerfile'
  if (isEnvFile.test(base)) return 'env'
  return base === 'Kustomization' ? 'yaml' : undefined
}

const byExtension = new Map<string, Format>([
  ['yaml', 'yaml'],
  ['yml', 'yaml'],
  ['json', 'json'],
  ['jsonc', 'jsonc'],
  ['code-workspace', 'jsonc'],
  ['toml', 'toml'],
  ['env', 'env'],
  ['dockerfile', 'dockerfile'],
  ['containerfile', 'dockerfile'],
])

/** `.env`, `.env.anything`, and the samples and variants of another env file: `secrets.env.example`. */
const isEnvFile = /^\.env(\..+)?$|\.env\.(example|sample|template|dist|defaults?|local|dev|development|test|staging|prod|production)$/

/** `Dockerfile`, `Dockerfile.production`, `gateway.Dockerfile`; not the ignore file beside one. */
const isDockerfile = /^(Dockerfile|Containerfile)([._-](?!dockerignore$|containerignore$|ya?ml$|json$|md$).*)?$/i

/** The format of a text whose file name tells nothing. */
export function formatByContent(text: string, looksLikeEnv: (text: string) => boolean): Format {
  const statement = /^(?:[ \t\r]*(?:#.*)?\n)*[ \t]*([^\s]+)[ \t]/.exec(text.slice(0, 64 * 1024))
  if (statement !== null && /^(FROM|ARG)$/.test(statement[1])) return 'dockerfile'
  if (/^\s*[{[]/.test(text)) return 'json'
  return looksLikeEnv(text) ? 'env' : 'yaml'
}

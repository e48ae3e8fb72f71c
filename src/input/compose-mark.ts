/** What a Compose file is for, as far as something says so. */
export type Mark = 'production' | 'development' | 'unmarked'

const production = new Set(['prod', 'production', 'release', 'live'])
const development = new Set('dev devel development local test tests testing ci e2e example sample demo debug'.split(' '))

/** By the words of the file's name; folders do not count. What says both is judged as production. */
export function markOf(path: string): Mark {
  const words = baseOf(path).toLowerCase().split(/[._-]/)
  if (words.some(word => production.has(word))) return 'production'
  return words.some(word => development.has(word)) ? 'development' : 'unmarked'
}

/**
 * The path of the file that a Compose file changes, by its name: `compose.override.yml` changes `compose.yml`,
 * `docker-compose.prod.yml` may change `docker-compose.yml`. Candidates, the likeliest first; `always` when the name leaves no doubt.
 */
export function basesOf(path: string): { always: boolean; candidates: string[] } {
  const base = baseOf(path)
  const folder = path.slice(0, path.length - base.length)
  const [, stem, middle, extension] = /^([^.]+)((?:\.[^.]+)*)(\.ya?ml)$/i.exec(base) ?? []
  if (stem === undefined) return { always: false, candidates: [] }
  const extensions = [extension, ...['.yml', '.yaml'].filter(other => other !== extension.toLowerCase())]
  const words = middle.split('.').filter(word => word !== '')
  const isOverride = words.some(word => word.toLowerCase() === 'override')
  const plain = [stem, ...words.filter(word => word.toLowerCase() !== 'override')].join('.')
  const stems = isOverride ? [plain] : words.length > 0 ? [stem] : shortened(stem)
  return { always: isOverride, candidates: stems.flatMap(name => extensions.map(end => `${folder}${name}${end}`)) }
}

/** `docker-compose` of `docker-compose-prod`. */
function shortened(stem: string): string[] {
  const [whole] = /^(docker-)?compose(?=[-_])/i.exec(stem) ?? []
  return whole === undefined ? [] : [whole]
}

function baseOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
}

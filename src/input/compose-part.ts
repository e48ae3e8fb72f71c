import type { Json } from '../artefact/document.ts'
import { isMap, type JsonMap } from '../artefact/json.ts'
import type { ComposeFile } from './compose.ts'

/**
 * True for a Compose file that is meant to be read with the base beside it: what Compose refuses to run alone (a service with neither
 * image nor build, a network, volume, secret, config or dependency that is declared nowhere in it), a tag that only means something
 * over another file, or a comment that shows the command with both (`-f compose.yml -f compose.prod.yml`).
 */
export function isPartOf(compose: ComposeFile, base: ComposeFile): boolean {
  const { artefact, file } = compose
  if (isMap(artefact.value) && isMap(artefact.value.services)) {
    const root = artefact.value
    const services = Object.entries(artefact.value.services).filter((entry): entry is [string, JsonMap] => isMap(entry[1]))
    if (services.some(([, service]) => isNothingAlone(service) || lacks(root, service))) return true
    if (artefact.tagAt !== undefined && services.some(([name, service]) => isTagged(compose, ['services', name], service))) return true
  }
  return file.text.includes('-f') && commands(file.text).some(command => command.has(nameOf(base)) && command.has(nameOf(compose)))
}

const isNothingAlone = (service: JsonMap): boolean => !['image', 'build', 'extends', 'provider'].some(key => key in service)

const declared = ['networks', 'volumes', 'secrets', 'configs'] as const

/** A service names something that the file does not declare. */
function lacks(root: JsonMap, service: JsonMap): boolean {
  // What is not declared here may be in the file that this one includes or extends.
  if ('include' in root || 'extends' in service) return false
  const has = (part: string, name: string) => isMap(root[part]) && Object.hasOwn(root[part], name)
  return declared.some(part => namesIn(part, service[part]).some(name => !has(part, name) && !(part === 'networks' && name === 'default')))
    || namesIn('depends_on', service.depends_on).some(name => !has('services', name))
}

/** The names that stand in a list or are the keys of a map; of volumes only those that are no path. */
function namesIn(part: string, value: Json): string[] {
  const named = Array.isArray(value) ? value.map(item => nameIn(part, item)) : isMap(value) && part !== 'volumes' ? Object.keys(value) : []
  return named.filter((name): name is string => name !== undefined && /^[\w.-]+$/.test(name) && !name.startsWith('.'))
}

function nameIn(part: string, item: Json): string | undefined {
  if (isMap(item)) return typeof item.source === 'string' && (part !== 'volumes' || item.type === 'volume') ? item.source : undefined
  if (typeof item !== 'string') return undefined
  if (part !== 'volumes') return item
  const colon = item.indexOf(':')
  // A lone path is an anonymous volume, and one letter before a colon a drive.
  return colon > 1 ? item.slice(0, colon) : undefined
}

function isTagged({ artefact }: ComposeFile, path: string[], service: JsonMap): boolean {
  return [path, ...Object.keys(service).map(key => [...path, key])].some(each => {
    const tag = artefact.tagAt?.(each)
    return tag === '!reset' || tag === '!override'
  })
}

const mostCommands = 20

/** The files that a command in the text names with `-f` or `--file`. */
function commands(text: string): Set<string>[] {
  return text.split('\n').filter(line => /^\s*#.*\bcompose\b.*\s(-f|--file)\b/.test(line.slice(0, 1000))).slice(0, mostCommands)
    .map(line => new Set([...line.slice(0, 1000).matchAll(/\s(?:-f|--file)[ =](\S+)/g)].map(([, path]) => path.slice(path.lastIndexOf('/') + 1))))
}

const nameOf = ({ file: { path } }: ComposeFile): string => path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)

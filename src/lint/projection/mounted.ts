import { posix } from 'node:path'
import type { ComposeProject } from '../../input/compose.ts'
import type { Reader } from '../../input/consumers.ts'
import type { JsonMap } from '../../artefact/json.ts'
import { environmentOf, inheritEnvFiles } from '../../input/inherited.ts'
import type { Projected } from '../../input/input.ts'
import type { OverLimit } from '../../input/limit.ts'
import { knownProgram } from '../../input/program.ts'
import { projectTlsInFront } from '../../input/tls-in-front.ts'
import type { Item } from '../lint.ts'
import { textAt, valueAt, viewsAt, type View } from '../../input/view.ts'

/** A Compose project as controls see it. */
export type Composed = { project: ComposeProject; projected: Projected | OverLimit }

/** The Compose services that mount a file of the run, itself or a folder around it. */
export function composeMounts(composed: Composed[]): (path: string) => View[] {
  const mounts = composed.flatMap(({ project, projected }) => {
    if ('overLimit' in projected) return []
    const folder = posix.dirname(normal(project.files[0].file.path))
    return viewsAt(projected.fields.value, 'services').filter(service => service.deployed === true).flatMap(service =>
      sourcesOf(service, projected.fields.value).map(source => ({ source: posix.join(folder, source), service })))
  })
  return path => {
    const file = normal(path)
    const services = mounts.filter(({ source }) => source === '.' || file === source || file.startsWith(`${source.replace(/\/$/, '')}/`)).map(({ service }) => service)
    return [...new Set(services)]
  }
}

/** The same as processes that read the file. */
export function composeConsumers(mounts: (path: string) => View[]): (path: string) => Reader[] {
  return path => mounts(path).map(readerOf)
}

const normal = (path: string): string => posix.normalize(path.replaceAll('\\', '/'))

/** Relative paths that a service mounts, as volumes and as configs of the project. */
function sourcesOf(service: View, project: unknown): string[] {
  const volumes = viewsAt(service, 'volumes').filter(({ type }) => type === 'bind').map(mount => textAt(mount, 'source'))
  const names = Array.isArray(service.configs) ? service.configs.map(config => (typeof config === 'string' ? config : textAt(config, 'source'))) : []
  const files = names.filter(name => name !== '').map(name => textAt(project, 'configs', name, 'file'))
  return [...volumes, ...files].filter(source => /^[^/~]/.test(source))
}

/** A service as a process that reads a configuration. */
function readerOf(service: View): Reader {
  const [command, args] = ['entrypoint', 'command'].map(key => valueAt(service, key, 'argv') ?? [])
  const image = textAt(service, 'program')
  const component = knownProgram({ image, command, args })?.component
  const environment = environmentOf(service, viewsAt(service, 'environment'))
  const mode = viewsAt(service, 'environment').find(({ name }) => name === 'MCP_MODE')?.value
  return {
    container: textAt(service, 'name'),
    ...(component !== undefined && { component }),
    image,
    command,
    args,
    ...(mode !== undefined && { mcp_mode: mode }),
    ...(environment.length > 0 && { environment }),
    ...(service.inherited_open !== undefined && { open: service.inherited_open }),
    ...(typeof service.tls_in_front === 'string' && { tls_in_front: service.tls_in_front }),
  }
}

/** Gives each service what its env files of the run set, and says whether a proxy stands in front of it. */
export function inheritFromFiles(composed: Composed[], items: Item[]): void {
  const files = new Map(items.filter(({ projected }) => projected.kind === 'env-file').map(({ file, projected }) => [normal(file.path), viewsAt(projected.fields.value, 'variables')]))
  for (const { project, projected } of composed) {
    if ('overLimit' in projected) continue
    const folder = posix.dirname(normal(project.files[0].file.path))
    const services = viewsAt(projected.fields.value, 'services')
    for (const service of services) {
      inheritEnvFiles(service as JsonMap, path => files.get(posix.join(folder, path)))
      const front = projectTlsInFront(service, services)
      if (front !== undefined) (service as JsonMap).tls_in_front = front
    }
  }
}

import { realpathSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { findConfiguration, noneSelected, readConfiguration } from '../config/read.ts'
import type { Configuration } from '../config/configuration.ts'
import { relativeTo, resolved, type Asked, type Resolved } from '../config/resolve.ts'
import { ConfigError } from '../config/mistakes.ts'
import { profiles } from '../finding/enforcement.ts'
import { linesOf } from '../finding/place.ts'
import type { Bundle } from '../policy/bundle.ts'
import { selects } from '../config/selection.ts'
import { schemasFolder } from './bundle-folder.ts'
import { complain } from './complain.ts'
import { oneOf } from './options.ts'
import { UsageError } from './usage.ts'

/** The options of a command that judges by a configuration. */
export const configOptions = {
  config: { type: 'string' },
  profile: { type: 'string' },
  strict: { type: 'boolean', default: false },
  control: { type: 'string', multiple: true, default: [] as string[] },
  skip: { type: 'string', multiple: true, default: [] as string[] },
  severity: { type: 'string' },
  'fail-on': { type: 'string' },
} as const

export const configHelp = `  --config FILE           the configuration (default .mcp-policy.yaml of this
                          folder or above, up to the root of the repository;
                          --no-config reads none)
  --profile PROFILE       ${profiles.slice(0, 3).join(', ')} (default production),
                          ${profiles.slice(3).join(', ')}
  --control CONTROL       judges by these controls alone: an id, an area or a
                          pattern (secrets, 'workload-compose-*'); may be given
                          several times
  --skip CONTROL          leaves controls out, in the same words
  --severity SEVERITY     leaves out what is less: low, medium, high, critical
  --fail-on WHAT          deny (default), warn (warnings fail, too) or never
  --strict                what stands in the scanned tree (configuration,
                          comments, annotations, labels, .gitignore) may add to
                          what is judged, and takes nothing away
`

type Values = {
  config?: string; profile?: string; strict: boolean; control: string[]; skip: string[]; severity?: string; 'fail-on'?: string
}

/** What a command goes by. */
export type Configured = Resolved & { configuration?: Configuration; /** The name of the configuration in messages. */ name?: string }

/** Reads the configuration of a run and puts the command line over it. A mistake in either is a UsageError. */
export function configured(values: Values, positionals: string[], bundle: Bundle, today: string): Configured {
  const working = process.cwd()
  const asked: Asked = {
    profile: values.profile === undefined ? undefined : oneOf('--profile', values.profile, profiles),
    failOn: values['fail-on'] === undefined ? undefined : oneOf('--fail-on', values['fail-on'], ['deny', 'warn', 'never']),
    severity: values.severity === undefined ? undefined : oneOf('--severity', values.severity, ['low', 'medium', 'high', 'critical']),
    strict: values.strict,
    controls: patterns('--control', values.control, bundle),
    skip: patterns('--skip', values.skip, bundle),
  }
  const path = values.config === '' ? undefined : values.config ?? findConfiguration(working)
  if (path === undefined) return resolved(asked, undefined, bundle.catalogue, { inTree: false, today, working })
  const name = relativeTo(working, resolve(path)) ?? path
  const configuration = read(path, name, bundle)
  const paths = configuration.content.paths ?? []
  const scanned = positionals.length > 0 ? positionals : ['.', ...paths.map(one => join(configuration.folder, one))]
  const own = resolved(asked, configuration, bundle.catalogue, { inTree: values.strict && standsIn(scanned, path), today, working })
  if (own.raisesOnly && positionals.length === 0 && paths.length > 0) {
    own.refused.push({ path: ['paths'], what: '--strict does not accept paths from the tree that is scanned' })
  }
  const lines = linesOf(configuration.file.text)
  for (const { path: setting, what } of own.refused) {
    const { line, column } = lines.at(configuration.spanOf(setting).start)
    complain(`${name}:${line}:${column}: ${what}`)
  }
  const [first, ...others] = configuration.unread
  if (first !== undefined) complain(`${name}:${first.line}:${first.column}: no control of this version reads ${[first.name, ...others.map(one => `${one.name} (${one.line}:${one.column})`)].join(', ')}`)
  return { ...own, configuration, name }
}

function read(path: string, name: string, { catalogue, data }: Bundle): Configuration {
  try {
    return readConfiguration(path, name, { catalogue, params: data.params, schema: join(schemasFolder(), 'config.schema.json') })
  } catch (error) {
    throw error instanceof ConfigError ? new UsageError(error.message) : error
  }
}

/** Those of the command line; each must mean at least one control. */
function patterns(option: string, values: string[], { catalogue }: Bundle): string[] {
  const given = values.flatMap(value => value.split(',')).map(value => value.trim())
  for (const pattern of given) {
    if (!catalogue.controls.some(({ id }) => selects(pattern, id))) throw new UsageError(`${option}: ${noneSelected(pattern, catalogue)}`)
  }
  return given
}

/** True for a file in one of the trees that are scanned: the repository of a path, or a folder that is named outside of one. */
export function standsIn(paths: string[], file: string): boolean {
  if (statSync(file, { throwIfNoEntry: false }) === undefined) return false
  const real = realpathSync(file)
  return paths.some(path => {
    const root = repositoryOf(path === '-' ? '.' : path)
    return root !== undefined && relativeTo(root, real) !== undefined
  })
}

/** The root of the repository that a path is in, else the folder itself; undefined for what is not there. */
export function repositoryOf(path: string): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats === undefined) return undefined
  const start = stats.isDirectory() ? realpathSync(path) : dirname(realpathSync(path))
  for (let at = start; ; at = dirname(at)) {
    if (statSync(join(at, '.git'), { throwIfNoEntry: false }) !== undefined) return at
    if (at === dirname(at)) return start
  }
}

/** The paths of the configuration, for a command line that names none; as the working directory sees them. */
export function configuredPaths({ configuration, raisesOnly }: Configured): string[] {
  if (raisesOnly) return []
  return configuration?.content.paths?.map(path => relative('.', join(configuration.folder, path)) || '.') ?? []
}

/** True when the folders of a run hold all that its configuration is for. */
export function coversTree(folders: string[], { configuration }: Configured): boolean {
  return configuration !== undefined && folders.some(folder => (configuration.folder + sep).startsWith(resolve(folder) === sep ? sep : resolve(folder) + sep))
}

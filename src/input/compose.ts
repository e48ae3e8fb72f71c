import { posix } from 'node:path'
import type { Artefact, FileReading } from '../artefact/artefact.ts'
import type { Json, Path } from '../artefact/document.ts'
import { isMap, type JsonMap } from '../artefact/json.ts'
import { builtList, builtRecord, leaf, originOf, type Built } from './built.ts'
import { serviceComponent } from './compose-component.ts'
import { limitsOf } from './compose-limits.ts'
import { basesOf, markOf, type Mark } from './compose-mark.ts'
import { addNetworks, type Networked } from './compose-network.ts'
import { isPartOf } from './compose-part.ts'
import { newReading, plainOf, type Reading } from './compose-reading.ts'
import { builtService, dockerfilePath } from './compose-service.ts'
import { userOf } from './compose-user.ts'
import { isExampleFile } from './example-file.ts'
import { imageFacts, type ImageFacts } from './dockerfile.ts'
import { parseImage, type ImageReference } from './image.ts'
import type { ImageUse } from './images.ts'
import type { Projected } from './input.ts'
import { field, keysOf, winner, type Layer, type Layered } from './layered.ts'
import { OverLimitError, type OverLimit } from './limit.ts'
import { placeholderOf, type PlaceholderAt } from './placeholder.ts'
import { secretOf } from './secret.ts'
import type { SecretRules } from './secret-name.ts'
import { serviceStart } from './start.ts'

/** A Compose file of the run: the file and its artefact. */
export type ComposeFile = { file: FileReading; artefact: Artefact }

/** Files that Compose reads together: the base, then what changes it, the strongest last. */
export type ComposeProject = { files: ComposeFile[]; mark: Mark }

export type ComposeContext = {
  rules: SecretRules
  /** What the `.env` beside the file sets. */
  environment?: ReadonlyMap<string, string>
  /** The profiles that are deployed, where the repository says so. */
  profiles?: string[]
  /** The value of the artefact of a Dockerfile of the run, by its path in the style of the files' paths. */
  dockerfile?(path: string): Json | undefined
  /** The variables of an env file of the run: name to value. */
  envFile?(path: string): Json | undefined
  /** Another Compose file of the run, for `extends`. */
  composeFile?(path: string): ComposeFile | undefined
}

/**
 * The Compose files of a run, as they are deployed: an override with the file that it changes, and a file for production that is
 * nothing alone with the base beside it. `said` are the repository's own words on a file.
 */
export function composeProjects(files: ComposeFile[], said: (path: string) => Mark | undefined = () => undefined): ComposeProject[] {
  const byPath = new Map(files.map(compose => [compose.file.path.replaceAll('\\', '/'), compose]))
  const changes = new Map<ComposeFile, ComposeFile[]>()
  const projects: ComposeProject[] = []
  const joined = new Set<ComposeFile>()
  const marked = (compose: ComposeFile): Mark => said(compose.file.path) ?? markOf(compose.file.path)
  for (const compose of files) {
    const { always, candidates } = basesOf(compose.file.path.replaceAll('\\', '/'))
    const base = candidates.map(path => byPath.get(path)).find(other => other !== undefined && other !== compose)
    if (base === undefined) continue
    if (always) changes.set(base, [...(changes.get(base) ?? []), compose])
    else if (!isPartOf(compose, base)) continue
    else if (marked(compose) === 'production') projects.push({ files: [base, compose], mark: 'production' })
    else continue
    joined.add(compose)
  }
  const inProduction = new Set(projects.map(project => project.files[0]))
  for (const compose of files) {
    if (joined.has(compose) || inProduction.has(compose)) continue
    projects.push({ files: [compose, ...(changes.get(compose) ?? [])], mark: marked(compose) })
  }
  // An override that nobody reads where there is a file for production is judged by itself.
  for (const base of inProduction) for (const compose of changes.get(base) ?? []) projects.push({ files: [compose], mark: 'development' })
  return projects
}

/** What controls see of a Compose project: `value.services` is a list, `images` their images. */
export function projectCompose(project: ComposeProject, context: ComposeContext): Projected | OverLimit {
  try {
    return projected(project, context)
  } catch (error) {
    if (!(error instanceof OverLimitError)) throw error
    return { overLimit: error.limit, detail: error.message, identity: {} }
  }
}

function projected({ files, mark }: ComposeProject, context: ComposeContext): Projected {
  const reading = newReading(context.environment ?? new Map(), context.rules)
  const sources = [...files]
  const root: Layered = files.map(rootOf)
  const services = servicesOf(root, sources, context)
  const volumes = field(root, 'volumes')
  const awaited = completedFor(services)
  const folder = posix.dirname(files[0].file.path.replaceAll('\\', '/'))
  const images: ImageUse[] = []
  const made = services.map(({ name, layers, lost }, index): Networked => {
    const fields = builtService(name, layers, volumes, reading)
    const image = imageOf(fields, layers, reading)
    const facts = factsOf({ name, fields, image, folder, mark, context, awaited })
    if (image !== undefined && facts.deployed?.value === true) images.push({ path: ['services', index, 'image'], what: `service ${name}`, reference: image })
    const incomplete = lost ?? (isPart(layers) ? 'the file that it changes is not among the files' : undefined)
    const limits = limitsOf(layers, reading)
    const runs_as = userOf(field(layers, 'user'), reading)
    return { name, layers, fields: { ...fields, ...facts, limits, runs_as, ...(incomplete !== undefined && { incomplete: leaf(incomplete) }) } }
  })
  addNetworks(made, reading)
  const built = made.map(({ layers, fields }) => builtRecord(fields, layers))
  tellRelations(built)
  const top = ['networks', 'volumes', 'secrets', 'configs'].map(key => [key, topField(root, key, reading)] as const)
  const tree = builtRecord({ mark: leaf(mark), services: builtList(built, field(root, 'services')), ...Object.fromEntries(top) }, root)
  const placeholders = placeholdersIn(built, context.rules)
  return {
    kind: 'compose',
    identity: {},
    fields: {
      kind: 'compose', value: tree.value, images,
      ...(placeholders.length > 0 && { placeholders }),
      ...(files.every(({ file }) => isExampleFile(file.path)) && { example: true }),
    },
    containerAt: nameAt,
    source: path => {
      const { from, path: inFile } = originOf(tree, path, root[0])
      return { file: sources[from].file, artefact: sources[from].artefact, path: inFile }
    },
  }
}

/** The variables of deployed services that hold a placeholder and are no secrets. */
function placeholdersIn(services: Built[], rules: SecretRules): PlaceholderAt[] {
  return services.flatMap(({ value }, index) => {
    const { deployed, environment } = value as JsonMap
    if (deployed !== true || !Array.isArray(environment)) return []
    return environment.flatMap((entry, position): PlaceholderAt[] => {
      const what = isMap(entry) && entry.value !== undefined ? placeholderOf(entry.value, rules) : undefined
      return what === undefined ? [] : [{ path: ['services', index, 'environment', position], name: String((entry as JsonMap).name), what }]
    })
  })
}

function rootOf({ artefact: { value, tagAt } }: ComposeFile, from: number): Layer {
  return { from, path: [], value, ...(tagAt && { tagAt }) }
}

/** Adds what only all services together tell: which dependencies have a health check, which checks ask another service. */
function tellRelations(services: Built[]): void {
  const values = services.map(({ value }) => value as JsonMap)
  const names = new Set(values.map(({ name }) => name))
  const checked = new Set(values.filter(hasCheck).map(({ name }) => name))
  for (const { name, depends_on: dependencies, healthcheck } of values) {
    for (const dependency of (dependencies ?? []) as JsonMap[]) if (checked.has(dependency.service)) dependency.checked = true
    const test = isMap(healthcheck) ? healthcheck.test : undefined
    for (const asked of ((isMap(test) ? test.asks : undefined) ?? []) as JsonMap[]) if (asked.host !== name && names.has(asked.host)) asked.sibling = true
  }
}

function hasCheck({ deployed, oneshot, healthcheck, built }: JsonMap): boolean {
  if (deployed !== true || oneshot === true || (isMap(healthcheck) && healthcheck.disabled === true)) return false
  const inImage = isMap(built) && isMap(built.healthcheck) && built.healthcheck.none === false
  return inImage || (isMap(healthcheck) && healthcheck.test !== undefined)
}

/** `lost`: something that it extends is not in the run, so what it does not say itself is not known. */
type Named = { name: string; layers: Layered; lost?: string }

function servicesOf(root: Layered, sources: ComposeFile[], context: ComposeContext): Named[] {
  const services = field(root, 'services')
  return keysOf(services).flatMap(name => {
    const layers = field(services, name)
    if (layers === undefined) return []
    const lost: string[] = []
    const weaker = extended(layers, services, { sources, context, lost }, new Set([`0 ${name}`]))
    return [{ name, layers: [...weaker, ...layers], ...(lost.length > 0 && { lost: lost[0] }) }]
  })
}

/** A service that Compose would not start as it stands here: a part, which another file makes whole. */
function isPart(layers: Layered): boolean {
  return ['image', 'build', 'provider'].every(key => field(layers, key) === undefined)
}

type Extending = { sources: ComposeFile[]; context: ComposeContext; lost: string[] }

/** The services that a service extends, the weakest first; one in a file that is not in the run is left out, and `lost` says so. */
function extended(service: Layered, siblings: Layered | undefined, { sources, context, lost }: Extending, seen: Set<string>): Layered {
  const extension = field(service, 'extends')
  if (extension === undefined || seen.size > 16) return []
  const { from, value } = winner(extension)
  const name = isMap(value) ? value.service : value
  const file = isMap(value) ? value.file : undefined
  if (typeof name !== 'string') return []
  const folder = posix.dirname(sources[from].file.path.replaceAll('\\', '/'))
  const other = typeof file === 'string' ? context.composeFile?.(posix.join(folder, file)) : undefined
  if (typeof file === 'string' && other === undefined) {
    lost.push('the file of the service that it extends is not among the files')
    return []
  }
  let pool = siblings
  if (other !== undefined) {
    let index = sources.findIndex(source => source.artefact === other.artefact)
    if (index === -1) index = sources.push(other) - 1
    pool = field([rootOf(other, index)], 'services')
  }
  const base = field(pool, name)
  const key = `${base === undefined ? '' : winner(base).from} ${name}`
  if (base === undefined || seen.has(key)) return []
  return [...extended(base, pool, { sources, context, lost }, new Set([...seen, key])), ...base]
}

/** Names of services that another one waits for until they have ended. */
function completedFor(services: Named[]): Set<string> {
  const names = new Set<string>()
  for (const { layers } of services) {
    const dependencies = field(layers, 'depends_on')
    for (const key of keysOf(dependencies)) {
      const condition = field(field(dependencies, key), 'condition')
      if (condition !== undefined && winner(condition).value === 'service_completed_successfully') names.add(key)
    }
  }
  return names
}

/** An image with `build` beside it, or one that is never pulled, is made on the machine. */
function imageOf(fields: { [key: string]: Built | undefined }, layers: Layered, reading: Reading): ImageReference | undefined {
  const written = field(layers, 'image')
  if (written === undefined || typeof winner(written).value !== 'string') return undefined
  const reference = parseImage(winner(written).value as string, reading.environment)
  const policy = fields.pull_policy?.value
  return { ...reference, local: reference.local || fields.build !== undefined || policy === 'never' || policy === 'build' }
}

type Facts = {
  name: string
  fields: { [key: string]: Built | undefined }
  image: ImageReference | undefined
  folder: string
  mark: Mark
  context: ComposeContext
  awaited: Set<string>
}

function factsOf({ name, fields, image, folder, mark, context, awaited }: Facts): { [key: string]: Built | undefined } {
  const dockerfile = dockerfilePath(folder, fields.build?.value)
  const value = dockerfile === undefined ? undefined : context.dockerfile?.(dockerfile)
  const target = (fields.build?.value as JsonMap | undefined)?.target
  const facts = value === undefined ? undefined : imageFacts(value, typeof target === 'string' ? target : undefined)
  const profiles = textsOf(fields.profiles)
  const deployed = context.profiles === undefined || profiles.length === 0 || profiles.some(profile => context.profiles!.includes(profile))
  const program = programOf(image, facts)
  const component = serviceComponent(name, fields, program)
  const start = serviceStart(program, typeof fields.image?.value === 'string' ? fields.image.value : '', argvOf(fields.entrypoint), argvOf(fields.command))
  return {
    ...(facts && { built: leaf(facts as unknown as Json) }),
    ...(image && { reference: leaf(image as unknown as Json) }),
    program: leaf(program),
    ...(component !== undefined && { component: leaf(component) }),
    ...(start && { start: leaf(start as unknown as Json) }),
    mark: leaf(mark === 'development' || isDevelopment(fields.environment) ? 'development' : mark),
    deployed: leaf(deployed),
    ...(fields.env_file !== undefined && { env_from: leaf(environmentsFrom(fields.env_file, folder, context)) }),
    oneshot: leaf(awaited.has(name) || isOneshot(fields, profiles)),
  }
}

const argvOf = (command: Built | undefined): Json | undefined => (isMap(command?.value) ? command.value.argv : undefined)
/** For each `env_file` the names that it sets and which of them hold secrets, or `{"unresolved": ...}` where it is not in the run. */
function environmentsFrom(files: Built, folder: string, { envFile, rules }: ComposeContext): Json {
  return (Array.isArray(files.value) ? files.value : []).map((path): Json => {
    const variables = typeof path === 'string' ? envFile?.(posix.join(folder, path)) : undefined
    if (!isMap(variables)) return { unresolved: 'an env file that is not among the files' }
    const names = Object.keys(variables)
    return { names, secrets: names.filter(name => secretOf(name, variables[name], 'env', rules) !== undefined) }
  })
}

/** What runs, by the last part of the image's name, or of the base of what is built; `""` when that is not known. */
function programOf(image: ImageReference | undefined, facts: ImageFacts | undefined): string {
  if (image?.name !== undefined && !(image.local && facts !== undefined)) return image.name
  return facts === undefined || facts.base === 'scratch' ? image?.name ?? '' : facts.base.name ?? ''
}

const environments = new Set(['MCP_ENV', 'APP_ENV', 'ENVIRONMENT', 'NODE_ENV'])

function isDevelopment(environment: Built | undefined): boolean {
  return mapsOf(environment).some(({ name, value }) => environments.has(name as string) && typeof value === 'string' && /^(dev|development|test|testing)$/i.test(value))
}

const jobProfiles = new Set(['backup', 'migrate', 'migration', 'init', 'setup', 'seed', 'tools', 'job', 'jobs'])

function isOneshot(fields: { [key: string]: Built | undefined }, profiles: string[]): boolean {
  const deploy = fields.deploy?.value
  const mode = isMap(deploy) ? deploy.mode : undefined
  if (mode === 'replicated-job' || mode === 'global-job') return true
  if (profiles.length > 0 && profiles.every(profile => jobProfiles.has(profile))) return true
  const policy = isMap(deploy) && isMap(deploy.restart_policy) ? deploy.restart_policy.condition : undefined
  const ends = fields.restart?.value === 'no' || fields.restart?.value === false || policy === 'none'
  const check = fields.healthcheck?.value
  const hasCheck = isMap(check) && check.disabled !== true
  return ends && !hasCheck && ((fields.ports?.value as Json[] | undefined) ?? []).length === 0
}

function textsOf(built: Built | undefined): string[] {
  return Array.isArray(built?.value) ? built.value.filter(item => typeof item === 'string') : []
}

function mapsOf(built: Built | undefined): JsonMap[] {
  return Array.isArray(built?.value) ? built.value.filter(isMap) : []
}

function topField(root: Layered, key: string, reading: Reading): Built | undefined {
  const inner = field(root, key)
  return inner && leaf(plainOf(inner, reading, key), inner)
}

function nameAt(value: Json, [list, index]: Path): string | undefined {
  const services = isMap(value) && list === 'services' ? value.services : undefined
  const service = Array.isArray(services) ? services[index as number] : undefined
  return isMap(service) && typeof service.name === 'string' ? service.name : undefined
}

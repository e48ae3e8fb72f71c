import { resolve, sep } from 'node:path'
import { rulesOf } from '../artefact/ignore-rules.ts'
import type { Path } from '../artefact/document.ts'
import type { Scope } from '../finding/exemption.ts'
import { profiles, type Profile } from '../finding/enforcement.ts'
import { note, type Exemptions } from '../lint/exemptions.ts'
import type { LintOptions } from '../lint/lint.ts'
import type { Settings } from '../lint/section.ts'
import type { Catalogue, Control, Severity } from '../policy/catalogue.ts'
import type { Configuration, Content, FailOn, WrittenExemption } from './configuration.ts'
import { selects } from './selection.ts'
import { givenFacts, paramsOf, type Facts } from './settings.ts'

/** What the command line says of a run. */
export type Asked = {
  profile?: Profile
  failOn?: FailOn
  strict: boolean
  /** Patterns of controls; none means all. */
  controls: string[]
  skip: string[]
  severity?: Severity
}

/** What a configuration and the command line come to; the command line wins. */
export type Resolved = Pick<LintOptions, 'profile' | 'params' | 'enforcement' | 'settingsFor' | 'selected' | 'strict' | 'raisesOnly' | 'notSecret' | 'compose' | 'exemptions'> & {
  failOn: FailOn
  systems?: string[]
  /** Patterns as in `.gitignore`, and the folder that they are relative to. */
  excluded?: { folder: string; patterns: string[] }
  /** Absolute, of the file with the findings that were there before. */
  baseline?: string
  /** Settings that the run does not accept. */
  refused: { path: Path; what: string }[]
}

/** Puts together what holds for a run. `inTree` tells that the configuration stands in what is scanned; `working` is the working directory. */
export function resolved(asked: Asked, configuration: Configuration | undefined, catalogue: Catalogue, { inTree, today, working }: { inTree: boolean; today: string; working: string }): Resolved {
  const refused: Resolved['refused'] = []
  const raisesOnly = asked.strict && inTree
  const content = configuration === undefined ? {} : raisesOnly ? widening(configuration.content, refused) : configuration.content
  const absolute = (path: string): string => resolve(working, path)
  const folder = configuration?.folder ?? working
  const profile = raisesOnly ? stricter(asked.profile ?? 'production', content.profile) : asked.profile ?? content.profile ?? 'production'
  const base: Settings = { profile, params: { ...content.params, ...paramsOf(content) }, enforcement: content.enforcement ?? {} }
  const marks = Object.entries(content.compose?.files ?? {})
  return {
    ...base,
    strict: asked.strict,
    raisesOnly,
    failOn: asked.failOn ?? content.fail_on ?? 'deny',
    refused,
    settingsFor: content.folders && settingsByFolder(base, content.folders, asked, raisesOnly, path => relativeTo(folder, absolute(path))),
    selected: selection(asked, content.skip ?? []),
    notSecret: content.secrets?.not_secret?.map(({ name }) => name),
    compose: content.compose && { profiles: content.compose.profiles, markOf: path => marks.find(([file]) => isPath(relativeTo(folder, absolute(path)), file))?.[1] },
    exemptions: configuration && exemptionsOf(configuration, { controls: new Map(catalogue.controls.map(control => [control.id, control])), today, absolute, trusted: !raisesOnly }),
    ...(content.systems && { systems: content.systems }),
    ...(content.exclude && { excluded: { folder, patterns: content.exclude } }),
    ...(content.baseline !== undefined && { baseline: resolve(folder, content.baseline) }),
  }
}

/** What of a configuration may only add to what is judged. */
function widening(content: Content, refused: Resolved['refused']): Content {
  const refuse = (...path: Path) => void refused.push({ path, what: `--strict does not accept ${path.join('.')} from the tree that is scanned` })
  for (const key of ['exclude', 'skip', 'baseline', 'compose'] as const) if (content[key] !== undefined) refuse(key)
  if (content.secrets?.not_secret !== undefined) refuse('secrets', 'not_secret')
  if (content.fail_on === 'never') refuse('fail_on')
  const settings = (own: Partial<Settings> & Facts, at: Path): Partial<Settings> => {
    if (own.profile !== undefined && own.profile !== 'production') refuse(...at, 'profile')
    const { pod_template_paths: paths, ...others } = own.params ?? {}
    for (const name of Object.keys(others)) refuse(...at, 'params', name)
    for (const path of givenFacts(own)) refuse(...at, ...path)
    return { profile: own.profile === 'production' ? own.profile : undefined, enforcement: own.enforcement, params: paths === undefined ? {} : { pod_template_paths: paths } }
  }
  return {
    ...settings(content, []),
    systems: content.systems,
    fail_on: content.fail_on === 'never' ? undefined : content.fail_on,
    folders: content.folders && Object.fromEntries(Object.entries(content.folders).map(([folder, own]) => [folder, settings(own, ['folders', folder])])),
    exemptions: content.exemptions,
  }
}

/** The profile that denies more; the Pod Security Standards stand beside the others and only the command line chooses them. */
function stricter(asked: Profile, own: Profile | undefined): Profile {
  return own !== undefined && profiles.indexOf(own) < profiles.indexOf(asked) && !asked.startsWith('pss-') ? own : asked
}

/** The settings of the deepest folder that holds a path; each folder builds on those above it. */
function settingsByFolder(base: Settings, folders: Record<string, Partial<Settings> & Facts>, asked: Asked, raisesOnly: boolean, relative: (path: string) => string | undefined): (path: string) => Settings | undefined {
  const outermost = Object.entries(folders).map(([folder, own]) => ({ folder: trimmed(folder), own })).sort((a, b) => a.folder.length - b.folder.length)
  const built: { folder: string; settings: Settings }[] = []
  for (const { folder, own } of outermost) {
    const above = built.findLast(other => isPath(folder, other.folder))?.settings ?? base
    const profile = raisesOnly ? stricter(above.profile, own.profile) : asked.profile ?? own.profile ?? above.profile
    built.push({ folder, settings: { profile, params: { ...above.params, ...own.params, ...paramsOf(own) }, enforcement: { ...above.enforcement, ...own.enforcement } } })
  }
  return path => {
    const at = relative(path)
    return at === undefined ? undefined : built.findLast(({ folder }) => isPath(at, folder))?.settings
  }
}

const severities = ['low', 'medium', 'high', 'critical']

function selection({ controls, skip, severity }: Asked, skipped: string[]): ((control: Control) => boolean) | undefined {
  const out = [...skip, ...skipped]
  if (controls.length === 0 && out.length === 0 && severity === undefined) return undefined
  return ({ id, severity: own }) => (controls.length === 0 || controls.some(pattern => selects(pattern, id)))
    && !out.some(pattern => selects(pattern, id))
    && (severity === undefined || severities.indexOf(own) >= severities.indexOf(severity))
}

type ExemptionContext = { controls: ReadonlyMap<string, Control>; today: string; absolute(path: string): string; trusted: boolean }

function exemptionsOf({ content, file, folder, spanOf }: Configuration, { controls, today, absolute, trusted }: ExemptionContext): Exemptions {
  const into: Exemptions = { written: [], faults: [] }
  content.exemptions?.forEach((exemption, index) => {
    const { artefact, ...terms } = exemption
    note(into, terms, { by: 'configuration', trusted, scope: scopeOf(artefact, folder, absolute), file, span: spanOf(['exemptions', index]) }, controls, today)
  })
  return into
}

function scopeOf({ file, ...rest }: WrittenExemption['artefact'], folder: string, absolute: (path: string) => string): Scope {
  return file === undefined ? rest : { ...rest, file: matcher(file, folder, absolute) }
}

/** True for the path itself and what is below it; for a pattern with wildcards what it matches, as in `.gitignore`. */
function matcher(pattern: string, folder: string, absolute: (path: string) => string): (path: string) => boolean {
  const rules = /[*?[]/.test(pattern) ? rulesOf([pattern], folder) : undefined
  const known = new Map<string, boolean>()
  return path => {
    let answer = known.get(path)
    if (answer === undefined) {
      const relative = relativeTo(folder, absolute(path))
      answer = relative !== undefined && relative !== '' && (rules === undefined ? isPath(relative, pattern) : rules.test(relative).ignored)
      known.set(path, answer)
    }
    return answer
  }
}

/** With `/`; undefined for what is not in the folder. */
export function relativeTo(folder: string, absolute: string): string | undefined {
  if (absolute === folder) return ''
  const start = folder.endsWith(sep) ? folder : folder + sep
  return absolute.startsWith(start) ? absolute.slice(start.length).replaceAll(sep, '/') : undefined
}

const trimmed = (path: string): string => path.replace(/^(\.\/)+/, '').replace(/^\.$/, '').replace(/\/+$/, '')

/** True for a path that is the other, or below it. */
function isPath(path: string | undefined, named: string): boolean {
  const start = trimmed(named)
  return path !== undefined && (start === '' || path === start || path.startsWith(`${start}/`))
}

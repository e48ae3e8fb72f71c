import { basesOf, markOf } from '../input/compose-mark.ts'
import { compare, type Finding, type Report } from '../report/report.ts'
import { byUrgency } from '../report/urgency.ts'

/** What a tree holds, as far as a configuration of it may say something about that. Paths are relative to the configuration, with `/`. */
export type Found = {
  systems: string[]
  /** The files and folders that were asked for. */
  paths: string[]
  /** The folders that hold what was judged, and files at the top; how many files each. */
  holding: { path: string; files: number }[]
  /** Documents that nobody judges before they are rendered. */
  templates: number
  /** Folders whose names say what they are for: the outermost of each branch. */
  folders: { path: string; profile: 'staging' | 'development' }[]
  /** Compose files whose names do not say what they are for. */
  unmarked: string[]
  isCompose: boolean
  violated: Report['summary']['violated']
  /** The violations that an exemption may lift, the most urgent first. */
  findings: Finding[]
}

/** Looks through a report for what a configuration may say; `named` gives the path of a file as the configuration has it. */
export function lookThrough(report: Report, systems: string[], paths: string[], named: (path: string) => string): Found {
  const judged = report.coverage.filter(({ documents }) => documents.some(({ evaluated, kind }) => evaluated && kind !== undefined && kind !== 'policy-config')).map(({ file }) => named(file)).sort(compare)
  const compose = report.coverage.filter(({ documents }) => documents.some(({ kind }) => kind === 'compose')).map(({ file }) => named(file)).sort(compare)
  return {
    systems,
    paths: paths.map(named),
    holding: holdersOf(judged),
    templates: report.summary.notEvaluated.find(({ reason }) => reason === 'template')?.count ?? 0,
    folders: foldersIn(judged),
    unmarked: compose.filter(file => markOf(file) === 'unmarked' && !basesOf(file).always),
    isCompose: compose.length > 0,
    violated: report.summary.violated,
    findings: byUrgency(report.findings).filter(({ control }) => !control.startsWith('input-')).map(finding => ({ ...finding, file: named(finding.file) })),
  }
}

/** Of each branch of the tree the deepest folder that holds all of it; files at the top stand for themselves. */
function holdersOf(files: string[]): Found['holding'] {
  const branches = new Map<string, string[][]>()
  for (const file of files) {
    const steps = file.split('/')
    const top = steps.findIndex(step => step !== '..')
    const key = steps.slice(0, top + 1).join('/')
    branches.set(key, [...branches.get(key) ?? [], steps])
  }
  return [...branches.values()].map(branch => ({ path: sharedBy(branch).join('/'), files: branch.length }))
}

function sharedBy([first, ...others]: string[][]): string[] {
  if (others.length === 0) return first
  let length = first.length - 1
  for (const steps of others) while (!first.slice(0, length).every((step, index) => steps[index] === step && index < steps.length - 1)) length--
  return first.slice(0, length)
}

const staging = new Set('staging stage stg uat qa preprod preproduction'.split(' '))
const development = new Set('dev devel development local test tests testing e2e ci sandbox demo demos example examples sample samples'.split(' '))
const production = new Set('prod production live release'.split(' '))

function foldersIn(files: string[]): Found['folders'] {
  const found = new Map<string, 'staging' | 'development'>()
  for (const file of files) {
    const steps = file.split('/').slice(0, -1)
    const at = steps.findIndex(step => profileOf(step) !== undefined)
    if (at >= 0) found.set(steps.slice(0, at + 1).join('/'), profileOf(steps[at])!)
  }
  return [...found].map(([path, profile]) => ({ path, profile }))
}

/** What the words of a folder's name say; nothing where they say both. */
function profileOf(folder: string): 'staging' | 'development' | undefined {
  const words = folder.toLowerCase().split(/[._-]/)
  if (words.some(word => production.has(word))) return undefined
  if (words.some(word => staging.has(word))) return 'staging'
  return words.some(word => development.has(word)) ? 'development' : undefined
}

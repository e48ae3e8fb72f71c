import type { Known } from '../policy/known.ts'
import { writeGithub } from './github.ts'
import { writeGitlab } from './gitlab.ts'
import { writeJunit } from './junit.ts'
import { writeMarkdown } from './markdown.ts'
import type { ControlText, Out, Report } from './report.ts'
import { repositoryPaths, repositoryRoot } from './repository-path.ts'
import { writeCodeScanning, writeSarif } from './sarif.ts'

/** What these formats need beside the report. */
export type RareOptions = {
  controls: ReadonlyMap<string, ControlText>
  /** Reads the reference, which only SARIF needs. */
  known(): Known
  /** The folder that the names of files are relative to. */
  folder: string
  category?: string
  /** What fails the run. */
  failOn: 'never' | 'deny' | 'warn'
}

type Writer = (report: Report, out: Out, options: RareOptions) => void

const pathsOf = ({ folder }: RareOptions): ((file: string) => string) => repositoryPaths(repositoryRoot(folder), folder)

const sarifOptions = (options: RareOptions) => ({ known: options.known(), category: options.category, pathOf: pathsOf(options) })

/** The formats that other programs read; they are shipped as a file of their own, which a run with text or JSON does not load. */
export const rare: Record<'sarif' | 'code-scanning' | 'junit' | 'github' | 'gitlab' | 'markdown', Writer> = {
  sarif: (report, out, options) => writeSarif(report, out, sarifOptions(options)),
  'code-scanning': (report, out, options) => writeCodeScanning(report, out, sarifOptions(options)),
  junit: (report, out, options) => writeJunit(report, out, { ...options, pathOf: pathsOf(options) }),
  github: (report, out, options) => writeGithub(report, options.controls, out, pathsOf(options)),
  gitlab: (report, out, options) => writeGitlab(report, out, pathsOf(options)),
  markdown: (report, out, { controls }) => writeMarkdown(report, controls, out),
}

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { lintEnforcement } from '../finding/enforcement.ts'
import type { Catalogue } from '../policy/catalogue.ts'
import type { Out } from '../report/report.ts'
import { enforcementWord } from '../report/words.ts'
import { bundleFolder } from './bundle-folder.ts'
import { helpOption, noMore, oneOf, parse } from './options.ts'
import { packageVersion } from './version.ts'

const help = `mcp-policy controls [OPTIONS]

Lists the controls of the bundle: id, severity, what lint does about a finding
(deny fails the run), title.

  --format FORMAT   text (default) or json
  -h, --help
`

const formats = { text: writeControls, json: writeControlsJson }

/** `mcp-policy controls [--format text|json]` */
export function controls(args: string[], out: Out): number {
  const { values, positionals } = parse('controls', args, { format: { type: 'string', default: 'text' }, ...helpOption })
  if (values.help) {
    out(help)
    return 0
  }
  noMore('controls', positionals, 0)
  const write = formats[oneOf('--format', values.format, ['text', 'json'])]
  write(JSON.parse(readFileSync(join(bundleFolder(), 'controls.json'), 'utf8')) as Catalogue, out)
  return 0
}

/** One line a control: id, severity, what lint does, title. */
export function writeControls({ controls }: Catalogue, out: Out): void {
  const width = Math.max(0, ...controls.map(({ id }) => id.length))
  for (const control of controls) {
    const does = enforcementWord[lintEnforcement(control, {}, 'mcp', 'production', packageVersion())]
    out(`${control.id.padEnd(width)}  ${control.severity.padEnd(8)}  ${does}  ${control.title}\n`)
  }
}

export function writeControlsJson({ controls }: Catalogue, out: Out): void {
  out('[')
  controls.forEach((control, index) => out(`${index === 0 ? '\n' : ',\n'}${JSON.stringify(control)}`))
  out('\n]\n')
}

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { lintEnforcement } from '../finding/enforcement.ts'
import type { Catalogue } from '../policy/catalogue.ts'
import type { Out } from '../report/report.ts'
import { enforcementWord } from '../report/words.ts'
import { bundleFolder } from './bundle-folder.ts'
import { didYouMean } from './suggest.ts'
import { UsageError } from './usage.ts'

const formats: Record<string, (catalogue: Catalogue, out: Out) => void> = { text: writeControls, json: writeControlsJson }

/** `mcp-policy controls [--format text|json]` */
export function controls(args: string[], out: Out): number {
  const { values: { format } } = parseArgs({ args, options: { format: { type: 'string', default: 'text' } } })
  const write = Object.hasOwn(formats, format) ? formats[format] : undefined
  if (write === undefined) throw new UsageError(`--format ${format}: text or json${didYouMean(format, Object.keys(formats))}`)
  write(JSON.parse(readFileSync(join(bundleFolder(), 'controls.json'), 'utf8')) as Catalogue, out)
  return 0
}

/** One line a control: id, severity, what lint does, title. */
export function writeControls({ controls }: Catalogue, out: Out): void {
  const width = Math.max(0, ...controls.map(({ id }) => id.length))
  for (const control of controls) {
    const does = enforcementWord[lintEnforcement(control, {}, 'mcp', 'production')]
    out(`${control.id.padEnd(width)}  ${control.severity.padEnd(8)}  ${does}  ${control.title}\n`)
  }
}

export function writeControlsJson({ controls }: Catalogue, out: Out): void {
  out('[')
  controls.forEach((control, index) => out(`${index === 0 ? '\n' : ',\n'}${JSON.stringify(control)}`))
  out('\n]\n')
}

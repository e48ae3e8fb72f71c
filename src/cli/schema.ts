import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { schemasFolder } from './bundle-folder.ts'
import { writeTo } from '../report/output.ts'
import { helpOption, noMore, oneOf, parse } from './options.ts'

const help = `mcp-policy schema [NAME]

Prints the JSON Schema of what the tool reads or writes; without a name, the
names.

  -h, --help
`

export function run(args: string[]): number {
  const { values, positionals } = parse('schema', args, helpOption)
  const names = readdirSync(schemasFolder()).filter(name => name.endsWith('.schema.json')).map(name => name.slice(0, -'.schema.json'.length)).sort()
  noMore('schema', positionals, values.help ? Infinity : 1)
  if (values.help) writeTo(1, 'standard output', out => out(help))
  else if (positionals.length === 0) writeTo(1, 'standard output', out => out(`${names.join('\n')}\n`))
  else {
    const text = readFileSync(join(schemasFolder(), `${oneOf('schema', positionals[0], names)}.schema.json`), 'utf8')
    writeTo(1, 'standard output', out => out(text))
  }
  return 0
}

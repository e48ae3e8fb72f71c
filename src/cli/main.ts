#!/usr/bin/env node
import { complain } from './complain.ts'
import { didYouMean } from '../input/suggest.ts'
import { OutputError, writeTo } from '../report/output.ts'
import type { Out } from '../report/report.ts'
import { UsageError } from './usage.ts'
import { version } from './version.ts'

const usage = `mcp-policy: policy-as-code for MCP (Model Context Protocol) systems

  mcp-policy lint PATH...        judge files and folders; \`-\` is standard input
  mcp-policy init [PATH...]      write a configuration with what is found
  mcp-policy baseline PATH...    write down what is found: only new faults fail
  mcp-policy exemptions PATH...  what is exempted, by whom, why, and how long
  mcp-policy checklist PATH...   the 622 items of the checklists, each decided
  mcp-policy explain CONTROL     what a control asks for, why, and what to do
  mcp-policy controls            all controls of the bundle
  mcp-policy schema NAME         a JSON Schema of what the tool reads or writes
  mcp-policy --version           the version, and the digest of the bundle

\`mcp-policy COMMAND --help\` lists a command's options.
Exit: 0 nothing denied, 1 something denied, 2 it could not be done.
`

type Command = { run(args: string[]): number }

/** Each command's code is loaded when it is asked for, so that \`lint\` pays for nothing else. */
const commands: Record<string, () => Promise<Command>> = {
  lint: () => import('./lint.ts'),
  init: () => import('./init.ts'),
  baseline: () => import('./baseline.ts'),
  checklist: () => import('./checklist.ts'),
  exemptions: () => import('./exemptions.ts'),
  explain: async () => printing((await import('./explain.ts')).explain),
  controls: async () => printing((await import('./controls.ts')).controls),
  schema: () => import('./schema.ts'),
}

const printing = (command: (args: string[], out: Out) => number): Command => ({
  run(args) {
    let code = 0
    writeTo(1, 'standard output', out => { code = command(args, out) })
    return code
  },
})

async function main([name, ...args]: string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    writeTo(name === undefined ? 2 : 1, 'the usage', out => out(usage))
    return name === undefined ? 2 : 0
  }
  if (name === '--version' || name === '-V') {
    writeTo(1, 'standard output', out => out(`${version()}\n`))
    return 0
  }
  if (name.startsWith('-')) throw new UsageError(`there is no option ${name}${didYouMean(name, ['--help', '--version'])} (mcp-policy --help)`)
  if (!Object.hasOwn(commands, name)) {
    throw new UsageError(`there is no command ${name}${didYouMean(name, Object.keys(commands))} (mcp-policy --help)`)
  }
  return (await commands[name]()).run(args)
}

main(process.argv.slice(2)).then(
  code => { process.exitCode = code },
  (error: unknown) => {
    const own = error instanceof UsageError || error instanceof OutputError
    const message = own ? error.message : `internal error: ${(error as Error)?.stack ?? String(error)}`
    complain(message)
    process.exitCode = 2
  },
)

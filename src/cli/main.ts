#!/usr/bin/env node
import { didYouMean } from './suggest.ts'
import { UsageError } from './usage.ts'
import { version } from './version.ts'

const usage = `mcp-policy: policy-as-code for MCP (Model Context Protocol) systems

  mcp-policy lint PATH...      judge files and folders; \`-\` reads standard input
  mcp-policy explain CONTROL   what a control asks for, why, and what to do
  mcp-policy controls          all controls of the bundle
  mcp-policy schema NAME       a JSON Schema of what the tool reads or writes
  mcp-policy --version         the version, and the digest of the bundle

\`mcp-policy COMMAND --help\` lists a command's options.
Exit: 0 nothing denied, 1 something denied, 2 it could not be done.
`

type Command = { run(args: string[]): number }

/** Each command's code is loaded when it is asked for, so that \`lint\` pays for nothing else. */
const commands: Record<string, () => Promise<Command>> = {
  lint: () => import('./lint.ts'),
  explain: async () => printing((await import('./explain.ts')).explain),
  controls: async () => printing((await import('./controls.ts')).controls),
  schema: () => import('./schema.ts'),
}

const printing = (command: (args: string[], out: (chunk: string) => void) => number): Command =>
  ({ run: args => command(args, chunk => process.stdout.write(chunk)) })

async function main([name, ...args]: string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process[name === undefined ? 'stderr' : 'stdout'].write(usage)
    return name === undefined ? 2 : 0
  }
  if (name === '--version' || name === '-V') {
    process.stdout.write(`${version()}\n`)
    return 0
  }
  if (!Object.hasOwn(commands, name)) {
    throw new UsageError(`there is no command ${name}${didYouMean(name, Object.keys(commands))} (mcp-policy --help)`)
  }
  return (await commands[name]()).run(args)
}

main(process.argv.slice(2)).then(
  code => { process.exitCode = code },
  (error: unknown) => {
    const own = error instanceof UsageError
    process.stderr.write(`mcp-policy: ${own ? error.message : `internal error: ${(error as Error)?.stack ?? String(error)}`}\n`)
    process.exitCode = 2
  },
)

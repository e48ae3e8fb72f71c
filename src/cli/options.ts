import { parseArgs, type ParseArgsConfig } from 'node:util'
import { didYouMean } from '../input/suggest.ts'
import { UsageError } from './usage.ts'

type Options = NonNullable<ParseArgsConfig['options']>

/** The options that every command has. */
export const helpOption = { help: { type: 'boolean', short: 'h', default: false } } as const

/**
 * Parses a command's arguments; an option that does not exist is a UsageError that names the nearest one. `--no-NAME` takes a switch back;
 * `--no-config` and `--no-baseline` are an empty `--config` and `--baseline`.
 */
export function parse<const T extends Options>(command: string, args: string[], options: T) {
  const given = args.map(arg => (['--no-config', '--no-baseline'].includes(arg) && arg.slice(5) in options ? `--${arg.slice(5)}=` : arg))
  try {
    const parsed = parseArgs({ args: given, options, allowPositionals: true, allowNegative: true, strict: true })
    // Node takes `--no-NAME` for any option; only a switch has one.
    for (const [name, value] of Object.entries(parsed.values)) {
      if (options[name].type === 'string' && [value].flat().includes(false as never)) throw new Error(`Unknown option '--no-${name}'`)
    }
    return parsed
  } catch (error) {
    throw new UsageError(`${command}: ${mistake((error as Error).message, options)} (mcp-policy ${command} --help)`)
  }
}

/** Node's words for a wrong option, in ours. */
function mistake(message: string, options: Options): string {
  const unknown = /Unknown option '(-[^']*)'/.exec(message)?.[1]
  if (unknown !== undefined) return `there is no option ${unknown}${didYouMean(unknown, namesOf(options))}`
  const option = /^Option '(?:-\w, )?(--[\w-]+)[^']*'(?= argument missing| argument is ambiguous)/.exec(message)?.[1]
  if (option !== undefined) return `${option} needs a value, ${option}=VALUE`
  return message.split('\n')[0].replace(/^Option '(?:-\w, )?(--[\w-]+)[^']*'/, '$1')
}

const namesOf = (options: Options): string[] =>
  Object.entries(options).flatMap(([name, { type }]) => (type === 'boolean' && name !== 'help' ? [`--${name}`, `--no-${name}`] : [`--${name}`]))

/** One of a list of words, or a UsageError that names the nearest. */
export function oneOf<const Word extends string>(option: string, value: string, words: readonly Word[]): Word {
  if ((words as readonly string[]).includes(value)) return value as Word
  throw new UsageError(`${option}: there is no ${value}${didYouMean(value, [...words])} (one of ${words.join(', ')})`)
}

/** A whole number of at least 1; `64k`, `64M` and `1G` count in powers of 1,024. */
export function size(option: string, value: string): number {
  const found = /^([1-9]\d*)([kMG]?)$/.exec(value)
  if (found === null) throw new UsageError(`${option}: ${value} is not a size; write 1048576, 1024k, 64M or 1G`)
  return Number(found[1]) * { '': 1, k: 1024, M: 1024 ** 2, G: 1024 ** 3 }[found[2] as '' | 'k' | 'M' | 'G']
}

/** A whole number of at least 1. */
export function count(option: string, value: string): number {
  if (!/^[1-9]\d{0,8}$/.test(value)) throw new UsageError(`${option}: ${value} is not a whole number of at least 1`)
  return Number(value)
}

/** A command that takes no more arguments than it has read. */
export function noMore(command: string, positionals: string[], most: number): void {
  if (positionals.length > most) throw new UsageError(`${command}: there is nothing to do with ${positionals[most]} (mcp-policy ${command} --help)`)
}

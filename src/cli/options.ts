import { parseArgs, type ParseArgsConfig } from 'node:util'
import { didYouMean } from '../input/suggest.ts'
import { UsageError } from './usage.ts'

type Options = NonNullable<ParseArgsConfig['options']>

/** The options that every command has. */
export const helpOption = { help: { type: 'boolean', short: 'h', default: false } } as const

/** Parses a command's arguments; an option that does not exist is a UsageError that names the nearest one. */
export function parse<const T extends Options>(command: string, args: string[], options: T) {
  try {
    const { tokens, ...parsed } = parseArgs({ args, options, allowPositionals: true, allowNegative: true, strict: true, tokens: true })
    const values = parsed.values as Record<string, unknown>
    for (const token of tokens) {
      if (token.kind !== 'option' || token.rawName !== `--no-${token.name}` || options[token.name]?.type !== 'string') continue
      // For Node `--no-config` is `config: false`, whatever `config` takes.
      if (!Object.hasOwn(options, `no-${token.name}`)) throw new Error(`Unknown option '${token.rawName}'`)
      values[`no-${token.name}`] = true
      values[token.name] = tokens.flatMap(other => (other.kind === 'option' && other.rawName === `--${token.name}` ? [other.value] : [])).at(-1)
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

import { parseArgs, type ParseArgsConfig } from 'node:util'
import { didYouMean } from './suggest.ts'
import { UsageError } from './usage.ts'

type Options = NonNullable<ParseArgsConfig['options']>

/** Parses a command's arguments; an option that does not exist is a UsageError that names the nearest one. */
export function parse<const T extends Options>(command: string, args: string[], options: T) {
  try {
    return parseArgs({ args, options, allowPositionals: true, allowNegative: true, strict: true })
  } catch (error) {
    const unknown = /Unknown option '(-[^']*)'/.exec((error as Error).message)
    if (unknown === null) throw new UsageError(`${command}: ${(error as Error).message.split('\n')[0]}`)
    const names = Object.keys(options).map(name => `--${name}`)
    throw new UsageError(`${command}: there is no option ${unknown[1]}${didYouMean(unknown[1], names)} (mcp-policy ${command} --help)`)
  }
}

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

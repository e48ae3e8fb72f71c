import type { Json, Path } from '../artefact/document.ts'
import { isMap, type JsonMap } from '../artefact/json.ts'
import { knownProgram } from './program.ts'
import { shellCommands } from './shell.ts'
import type { View } from './view.ts'

/** How a container is started, as far as Hangar's switch `--unsafe-no-auth` goes. */
export type Start = {
  /** It runs Hangar. */
  hangar?: true
  /** Where the switch stands, below the container; `host` is what the same command binds, where that is the machine itself or not known. */
  unsafe: { path: Path; host?: 'loopback' | 'unknown' }[]
  /** Words of Hangar's command that a variable or a template makes, and that may be the switch. */
  unknown: Path[]
}

/** A word of a command line and its place; null where it is not known. */
type Word = { text: string | null; path: Path }

/** The start of a container with `image`, `command` and `args`; undefined for one that neither runs Hangar nor has its switch. */
export function startOf(container: View, lists: { key: string; steps: Path }[] = [{ key: 'command', steps: ['command'] }, { key: 'args', steps: ['args'] }]): Start | undefined {
  const words = lists.flatMap(({ key, steps }) => wordsAt(container[key], steps))
  const hangar = knownProgram(container)?.component === 'hangar'
  if (!hangar && !words.some(({ text }) => text?.includes(shortest))) return undefined
  const start: Start = { ...(hangar && { hangar }), unsafe: [], unknown: [] }
  for (const command of commandsIn(words)) judge(command, hangar, start)
  return hangar || start.unsafe.length > 0 ? start : undefined
}

/** The same as a field of a container of a pod, where there is something to say. */
export function finishStart(container: JsonMap): void {
  const start = startOf(container)
  if (start !== undefined) container.start = start as unknown as JsonMap
}

const flag = '--unsafe-no-auth'
/** Python's argument parser takes what begins a name for the name. */
const shortest = '--unsafe'
const ownMachine = new Set(['127.0.0.1', '::1', '[::1]', 'localhost'])

function judge(command: Word[], hangar: boolean, start: Start): void {
  let host: string | null | undefined
  const found: Path[] = []
  const unknown: Path[] = []
  for (const [index, { text, path }] of command.entries()) {
    const before = index === 0 ? undefined : command[index - 1].text
    if (before === '--host') host = text
    else if (text === null) {
      if (before === undefined || before === null || !takesValue(before)) unknown.push(path)
    } else if (text.startsWith('--host=')) host = /[$`]|\{\{/.test(text) ? null : text.slice('--host='.length)
    else if (isFlag(text, hangar)) found.push(path)
  }
  const bound = host === undefined ? undefined : host === null ? 'unknown' : ownMachine.has(host) ? 'loopback' : undefined
  for (const path of found) start.unsafe.push({ path, ...(bound !== undefined && { host: bound }) })
  if (hangar && found.length === 0) start.unknown.push(...unknown)
}

const isFlag = (text: string, hangar: boolean): boolean =>
  text === flag || text.startsWith(`${flag}=`) || (hangar && text.startsWith(shortest) && flag.startsWith(text))

const switches = new Set(['--http', '--json-logs', '--verbose', '--debug', '--no-reload'])
const takesValue = (option: string): boolean => /^--?[A-Za-z]/.test(option) && !option.includes('=') && !switches.has(option)

function wordsAt(value: unknown, steps: Path): Word[] {
  if (typeof value === 'string') return value.split(/\s+/).map(text => ({ text, path: steps }))
  if (!Array.isArray(value)) return []
  return (value as Json[]).map((word, index) => ({ text: textOf(word), path: [...steps, index] }))
}

/** A secret is no switch, whatever it is. */
function textOf(word: Json): string | null {
  if (typeof word === 'string') return isWhollyOpen(word) ? null : word
  if (typeof word !== 'object' || word === null) return String(word ?? '')
  return isMap(word) && word.secret !== undefined ? '' : null
}

const isWhollyOpen = (word: string): boolean => /^(\$\([\w.-]+\)|\$\{[^{}]*\}|\$\w+|\{\{.*\}\})$/s.test(word)

/** What runs: the words themselves, or the commands of the script that a shell is given. */
function commandsIn(words: Word[]): Word[][] {
  const shell = words.findIndex(({ text }) => text !== null && /(^|\/)(ba|da|a|z)?sh$/.test(text))
  const option = shell === -1 ? -1 : words.findIndex(({ text }, index) => index > shell && text !== null && /^-\w*c$/.test(text))
  const script = option === -1 ? undefined : words[option + 1]
  if (script === undefined) return [words]
  if (script.text === null) return [[script]]
  return scriptWords(script.text).map(command => command.map(text => ({ text, path: script.path })))
}

const longestScript = 65_536

function scriptWords(script: string): (string | null)[][] {
  const text = script.slice(0, longestScript).replaceAll(/\\\r?\n/g, ' ')
  const parsed = shellCommands(text)
  if (parsed !== undefined) return parsed.flatMap(({ commands }) => commands)
  // More than a list of commands: taken apart as far as lines and separators go.
  return text.split('\n').filter(line => !/^\s*#/.test(line)).flatMap(line => line.split(/&&|\|\||[;|&]/))
    .map(command => command.trim().split(/\s+/).map(word => (/[$`]/.test(word) ? null : word.replaceAll(/^["']|["']$/g, ''))))
}

/** The image of a Compose service and its entrypoint and command, as a container. */
export function serviceStart(program: string, image: string, entrypoint: unknown, command: unknown): Start | undefined {
  const container = { image: program === 'mcp-hangar' ? program : image, command: entrypoint, args: command }
  return startOf(container, [{ key: 'command', steps: ['entrypoint', 'argv'] }, { key: 'args', steps: ['command', 'argv'] }])
}

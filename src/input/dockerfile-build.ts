import type { Json } from '../artefact/document.ts'
import { isMap, type JsonMap } from '../artefact/json.ts'
import { parseImage } from './image.ts'

/** Something that a RUN of the final image puts there; `instruction` is the index. */
export type Installed = {
  instruction: number
  /** Packages that build others and stay in the image (`tool`), or a command that fetches or builds a program (`command`). */
  kind: 'tool' | 'command'
  name: string
}

/** How the final image comes about. */
export type Building = {
  stages: number
  /** It takes something from an earlier stage, or from an image that is more than a tool. */
  copies: boolean
  installs: Installed[]
}

/** Of the stage that is built, whose own instructions and those of the stages it begins at are in `chain`, by index of the stage. */
export function buildingOf(stages: JsonMap[], instructions: JsonMap[], chain: number[]): Building {
  const own = instructions.map((instruction, index) => ({ instruction, index })).filter(({ instruction }) => chain.includes(instruction.stage as number))
  return {
    stages: stages.length,
    copies: own.some(({ instruction }) => takenFrom(instruction).some(from => isBuilt(from, stages, instructions, chain))),
    installs: own.flatMap(({ instruction, index }) =>
      scriptsOf(instruction).flatMap(installedBy).map(installed => ({ instruction: index, ...installed }))),
  }
}

/** The stages and images that an instruction takes files from: `COPY --from`, and `RUN --mount` with `from`. */
function takenFrom({ keyword, flags }: JsonMap): string[] {
  if ((keyword !== 'COPY' && keyword !== 'RUN') || !Array.isArray(flags)) return []
  return flags.filter(isMap).flatMap(({ name, value }) => {
    if (typeof value !== 'string') return []
    if (name === 'from') return keyword === 'COPY' ? [value] : []
    return name === 'mount' ? [...value.matchAll(/(?:^|,)from=([^,]+)/g)].map(([, from]) => from) : []
  })
}

/** A stage that does nothing but name an image is that image. What a variable names is taken for a stage. */
function isBuilt(from: string, stages: JsonMap[], instructions: JsonMap[], chain: number[]): boolean {
  const named = stages.findIndex(({ name }) => typeof name === 'string' && name === from.toLowerCase())
  const index = named === -1 && /^\d+$/.test(from) ? Number(from) : named
  if (index === -1) return from.includes('$') || !isTool(from)
  if (chain.includes(index) || index >= stages.length) return false
  if (instructions.some(({ stage, keyword }) => stage === index && working.has(keyword as string))) return true
  const { parent, resolved, image } = stages[index]
  return typeof parent === 'number' ? isBuilt(String(parent), stages, instructions, chain) : !isTool(String(resolved ?? image))
}

const working = new Set(['RUN', 'COPY', 'ADD'])

/** Images that are there to copy one program from. */
function isTool(image: string): boolean {
  return tools.has(parseImage(image).name ?? '')
}

const tools = new Set('uv ruff tini busybox node bun deno composer aws-lambda-adapter grpc-health-probe curl jq docker kubectl rust golang go'.split(' '))

/** The shell scripts that a RUN runs. */
function scriptsOf(instruction: JsonMap): string[] {
  if (instruction.keyword !== 'RUN') return []
  const line = textsOf(instruction.arguments).join(' ').slice(0, longest)
  const isShell = /^\s*(<<|(\/\w+)*\/?(ba|da|a)?sh\b[^|;&]*<<)/.test(line)
  const bodies = isShell && Array.isArray(instruction.heredocs) ? instruction.heredocs.filter(isMap).map(({ text }) => String(text).slice(0, longest)) : []
  return [line, ...bodies]
}

const longest = 50_000

/** What a script installs and leaves in the image; what it removes again is not counted. */
function installedBy(script: string): Omit<Installed, 'instruction'>[] {
  const commands = commandsIn(script)
  const found: Omit<Installed, 'instruction'>[] = []
  const removed = new Set(commands.flatMap(words => packagesOf(words, removers)))
  for (const words of commands) {
    const name = commandName(words)
    if (name !== undefined) found.push({ kind: 'command', name })
    const group = words[words.findIndex(word => word === '--virtual' || word === '-t') + 1]
    if (words.some(word => word === '--virtual' || word === '-t') && removed.has(group)) continue
    for (const name of packagesOf(words, installers)) if (isBuildTool(name) && !removed.has(name)) found.push({ kind: 'tool', name })
  }
  return found
}

/** Cut at what joins commands, keywords and assignments taken off. */
function commandsIn(script: string): string[][] {
  return script.replace(/\\\r?\n/g, ' ').split(/&&|\|\||[;|\n()]/).map(part => {
    const words = part.trim().split(/\s+/).map(word => word.replace(/^["']|["']$/g, ''))
    while (words.length > 0 && /^(if|then|else|elif|do|while|until|!|\{|time|exec|sudo|env|set|[A-Za-z_]\w*=.*)$/.test(words[0])) words.shift()
    return words[0]?.startsWith('#') ? [] : words
  })
}

const installers = new Map([['apt-get', ['install']], ['apt', ['install']], ['aptitude', ['install']], ['apk', ['add']], ['dnf', ['install']], ['microdnf', ['install']], ['yum', ['install']], ['zypper', ['install', 'in']]])
const removers = new Map([['apt-get', ['purge', 'remove', 'autoremove']], ['apt', ['purge', 'remove', 'autoremove']], ['apk', ['del']], ['dnf', ['remove']], ['microdnf', ['remove']], ['yum', ['remove', 'erase']]])

/** The packages that a package manager of the system is given, without their versions. */
function packagesOf(words: string[], managers: Map<string, string[]>): string[] {
  const verbs = managers.get(baseName(words[0] ?? ''))
  const at = verbs === undefined ? -1 : words.findIndex((word, index) => index > 0 && verbs.includes(word))
  return at === -1 ? [] : words.slice(at + 1).filter(word => !word.startsWith('-')).map(word => word.replace(/[=~<>].*$/, ''))
}

function isBuildTool(name: string): boolean {
  return buildTools.has(name) || /^(gcc|g\+\+|clang|llvm)-\d/.test(name) || /.-(dev|devel)$/.test(name)
}

const buildTools = new Set('build-essential build-base gcc g++ gcc-c++ clang make cmake git autoconf automake rustc cargo golang golang-go go'.split(' '))

/** Programs that fetch or build a program, with the words that make them do so; none where the program does nothing else. */
const commandWords: { [program: string]: string[] | undefined } = {
  pip: ['install'], uv: ['sync', 'pip', 'add', 'tool'], poetry: ['install'], pdm: ['install', 'sync'], pipenv: ['install', 'sync'], conda: ['install', 'env'], mamba: ['install', 'env'],
  npm: ['install', 'ci', 'i', 'add'], pnpm: ['install', 'i', 'add'], bun: ['install', 'add'], go: ['build', 'install', 'get'], cargo: ['build', 'install'],
  mvn: ['package', 'install', 'verify'], mvnw: ['package', 'install', 'verify'], gradle: ['build', 'assemble', 'bootJar'], gradlew: ['build', 'assemble', 'bootJar'],
  dotnet: ['publish', 'build', 'restore'], composer: ['install'], bundle: ['install'], gem: ['install'],
}

function commandName(given: string[]): string | undefined {
  const words = /^python[\d.]*$/.test(baseName(given[0] ?? '')) && given[1] === '-m' ? given.slice(2) : given
  const program = baseName(words[0] ?? '').replace(/^pip[\d.]+$/, 'pip')
  if (program === 'yarn') return words.length === 1 || ['install', 'add'].includes(words[1]) || words.slice(1).every(word => word.startsWith('-')) && !words.includes('--version') ? 'yarn install' : undefined
  if (program === 'make') return 'make'
  const verbs = Object.hasOwn(commandWords, program) ? commandWords[program]! : []
  const verb = words.slice(1).find(word => verbs.includes(word))
  if (verb === undefined) return undefined
  const inner = program === 'uv' && (verb === 'pip' || verb === 'tool') ? words.slice(words.indexOf(verb) + 1).find(word => word === 'install' || word === 'sync') : undefined
  if (program === 'uv' && (verb === 'pip' || verb === 'tool')) return inner === undefined ? undefined : `uv ${verb} ${inner}`
  return `${program} ${verb}`
}

function baseName(word: string): string {
  return word.slice(word.lastIndexOf('/') + 1)
}

function textsOf(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter(item => typeof item === 'string') : []
}

import type { Artefact, FileReading } from '../artefact/artefact.ts'
import type { Json } from '../artefact/document.ts'
import { isMap, type JsonMap } from '../artefact/json.ts'
import { stableSteps } from '../finding/stable-path.ts'
import { execCheck, shellCheck, type CheckCommand } from './check-command.ts'
import { markOf, type Mark } from './compose-mark.ts'
import { isRoot } from './compose-user.ts'
import { buildingOf, type Building } from './dockerfile-build.ts'
import { argumentsOf } from './arguments.ts'
import { excludedBy } from './docker-ignore.ts'
import { bakedInstructions, chainOf, stageNamed } from './dockerfile-baked.ts'
import { imageOf, type ImageReference } from './image.ts'
import type { ImageUse } from './images.ts'
import type { Projected } from './input.ts'
import { interpolate } from './interpolation.ts'
import { runSecrets } from './run-secrets.ts'
import { maskUrl, secretOf } from './secret.ts'
import type { SecretRules } from './secret-name.ts'
import { commandWords } from './shell.ts'

/** Who the container runs as, by the last USER that counts for the last stage. */
export type ImageUser = {
  /** Index of the instruction. */
  instruction: number
  name?: string
  root?: boolean
  unresolved?: string
}

/** What is known of the image that a Dockerfile makes: of its last stage, and of the stages that it builds on. */
export type ImageFacts = {
  stage: number
  /** Absent when no USER was written: then the base decides. */
  user?: ImageUser
  base: ImageReference | 'scratch'
  /** Absent: the base's health check, if it has one. `instruction` is the index. */
  healthcheck?: { instruction: number; none: boolean; command?: CheckCommand; interval_seconds?: number; timeout_seconds?: number; retries?: number }
  exposes: number[]
  /** Programs that an instruction names, so that they may be installed: of `curl`, `wget`, `nc`. */
  mentions: string[]
}

/**
 * A Dockerfile as controls see it: `stages` and `instructions` at the indices that they have in the artefact, without the commands of RUN;
 * each instruction with `baked` where what it does gets into the image. Beside it `images` (bases that are no stages), `image`, the facts
 * of what is built, `mark`, what it is for by its name, and `context`: what the ignore file of its build context keeps out, or `{"unresolved": ...}`.
 */
export function projectDockerfile(file: FileReading, artefact: Artefact, rules: SecretRules): Projected {
  const written = mapsOf(artefact.value, 'instructions')
  const stages = mapsOf(artefact.value, 'stages').map(({ name, image, parent, platform }) => ({ name, image, parent, platform }))
  const baked = bakedInstructions(mapsOf(artefact.value, 'stages'), written)
  const instructions = written.map((instruction, index) => ({ ...projectInstruction(instruction, rules), ...(baked[index] && { baked: true }) }))
  const image = imageFacts(artefact.value)
  const building = image && finalBuilding(artefact.value)
  return {
    kind: 'dockerfile',
    identity: {},
    fields: { kind: 'dockerfile', value: { stages, instructions }, images: dockerfileImages(artefact.value), mark: markOfDockerfile(file.path), ...(image && { image: { ...image, building } }), context: contextOf(artefact) },
    stable: (value, path) => ({ steps: stableSteps(value, path, nameInstruction) }),
    source: path => ({ file, artefact, path }),
  }
}

/** Instructions of which the last one of a stage counts go by stage and keyword, whatever they say. */
const single = new Set(['USER', 'HEALTHCHECK', 'CMD', 'ENTRYPOINT', 'WORKDIR', 'SHELL', 'STOPSIGNAL'])

/** What tells a stage or an instruction from the others when lines come between; not the commands of RUN, which may hold anything. */
function nameInstruction(item: Json, whole: Json): string | undefined {
  if (!isMap(item)) return undefined
  if (item.keyword === undefined) return 'image' in item ? `stage ${stageName(item)}` : undefined
  const stage = mapsOf(whole, 'stages')[item.stage as number]
  const words = single.has(item.keyword as string) ? [] : [item.arguments ?? [], mapsOf(item, 'flags'), mapsOf(item, 'pairs').map(({ name }) => name)]
  return JSON.stringify([stage === undefined ? '' : stageName(stage), item.keyword, ...words])
}

const stageName = ({ name, image, platform }: JsonMap): string => JSON.stringify(typeof name === 'string' && name !== '' ? name : [image ?? '', platform ?? ''])

/** `ignore` is what the reader found beside the Dockerfile: the lines of the ignore file, null where there is none. */
function contextOf({ about }: Artefact): JsonMap {
  const ignore = about?.ignore
  if (ignore === undefined) return { unresolved: 'the ignore file of the build context, which was not looked for' }
  return { ignored: Array.isArray(ignore), ...excludedBy(Array.isArray(ignore) ? ignore.filter(line => typeof line === 'string') : []) }
}

/** The images that a Dockerfile builds on; `scratch` and earlier stages are none. */
export function dockerfileImages(value: Json): ImageUse[] {
  return mapsOf(value, 'stages').flatMap((stage, index) => {
    const reference = baseOf(stage)
    if (typeof stage.parent === 'number' || reference === 'scratch') return []
    const what = typeof stage.name === 'string' && stage.name !== '' ? `stage ${stage.name}` : `stage ${index + 1}`
    return [{ path: ['stages', index, 'image'], what, reference }]
  })
}

/** The facts of a stage, the last one unless another is named. Undefined where there is no such stage. */
export function imageFacts(value: Json, target?: string): ImageFacts | undefined {
  const stages = mapsOf(value, 'stages')
  const last = target === undefined || target === '' ? stages.length - 1 : stageNamed(stages, target)
  if (last < 0 || last >= stages.length) return undefined
  const chain = chainOf(stages, last)
  const all = mapsOf(value, 'instructions')
  const own = all.map((instruction, index) => ({ instruction, index })).filter(({ instruction }) => chain.includes(instruction.stage as number))
  const user = own.findLast(({ instruction }) => instruction.keyword === 'USER')
  const check = own.findLast(({ instruction }) => instruction.keyword === 'HEALTHCHECK')
  const base = baseOf(stages[chain.at(-1)!])
  return {
    stage: last,
    ...(user && { user: knownUser(userOf(user.instruction, user.index), base) }),
    base,
    ...(check && { healthcheck: checkOf(check.instruction, check.index) }),
    exposes: own.flatMap(({ instruction }) => (instruction.keyword === 'EXPOSE' ? portsOf(instruction) : [])),
    mentions: ['curl', 'wget', 'nc'].filter(program => own.some(({ instruction }) => isMentioned(instruction, program))),
  }
}

/** How the last stage comes about. */
function finalBuilding(value: Json): Building {
  const stages = mapsOf(value, 'stages')
  return buildingOf(stages, mapsOf(value, 'instructions'), chainOf(stages, stages.length - 1))
}

function markOfDockerfile(path: string): Mark {
  return /(^|[\\/])\.devcontainer[\\/]/.test(path) ? 'development' : markOf(path)
}

function baseOf({ image, resolved }: JsonMap): ImageReference | 'scratch' {
  if (resolved === 'scratch') return 'scratch'
  return imageOf(typeof resolved === 'string' ? [{ text: resolved, from: 'text' }] : interpolate(typeof image === 'string' ? image : ''))
}

function userOf(instruction: JsonMap, index: number): ImageUser {
  const [resolved] = textsOf(instruction.resolved)
  const [written = ''] = textsOf(instruction.arguments)
  if (resolved === undefined) {
    const variable = /\$\{?([A-Za-z_]\w*)/.exec(written)
    return { instruction: index, unresolved: variable === null ? 'a variable' : `the variable ${variable[1]}` }
  }
  const name = resolved.split(':')[0]
  return { instruction: index, name, root: isRoot(name) }
}

/** Microsoft's .NET images set APP_UID to a user that is not root. */
function knownUser(user: ImageUser, base: ImageReference | 'scratch'): ImageUser {
  const isDotnet = base !== 'scratch' && base.registry === 'mcr.microsoft.com' && base.repository?.startsWith('dotnet/') === true
  return isDotnet && user.unresolved === 'the variable APP_UID' ? { instruction: user.instruction, name: '1654', root: false } : user
}

function checkOf(instruction: JsonMap, index: number): NonNullable<ImageFacts['healthcheck']> {
  const flags = new Map(mapsOf(instruction, 'flags').map(({ name, value }) => [name, typeof value === 'string' ? value : '']))
  const seconds = (name: string) => secondsOf(flags.get(name))
  const retries = Number(flags.get('retries') || NaN)
  return {
    instruction: index,
    none: instruction.check === 'NONE',
    ...(instruction.check === 'CMD' && { command: commandOf(instruction) }),
    ...(seconds('interval') !== undefined && { interval_seconds: seconds('interval') }),
    ...(seconds('timeout') !== undefined && { timeout_seconds: seconds('timeout') }),
    ...(Number.isInteger(retries) && { retries }),
  }
}

function commandOf(instruction: JsonMap): CheckCommand {
  const texts = textsOf(instruction.arguments)
  return instruction.form === 'exec' ? execCheck(texts) : shellCheck(texts.join(' '))
}

/** A duration as Go and Compose write it: `1m30s`, `500ms`. Undefined for what is none. */
export function secondsOf(text: string | undefined): number | undefined {
  if (text === undefined || !/^(\d+(\.\d+)?(ns|us|µs|ms|s|m|h|d|w))+$/.test(text)) return undefined
  let seconds = 0
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h|d|w)/g)) seconds += Number(amount) * unitSeconds[unit]
  return Math.round(seconds * 1e9) / 1e9
}

const unitSeconds: { [unit: string]: number } = { ns: 1e-9, us: 1e-6, µs: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 }

function portsOf(instruction: JsonMap): number[] {
  return textsOf(instruction.resolved).flatMap(text => {
    const [, from, to] = /^(\d{1,5})(?:-(\d{1,5}))?(?:\/\w+)?$/.exec(text) ?? []
    return from === undefined ? [] : to === undefined ? [Number(from)] : [Number(from), Number(to)]
  })
}

function isMentioned(instruction: JsonMap, program: string): boolean {
  if (instruction.keyword !== 'RUN' && instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') return false
  const texts = [...textsOf(instruction.arguments), ...mapsOf(instruction, 'heredocs').map(({ text }) => text as string)]
  return texts.some(text => new RegExp(`(^|[^\\w-])${program}($|[^\\w-])`).test(text))
}

/** Instructions whose arguments controls read; RUN's may hold anything. */
const read = new Set(['FROM', 'COPY', 'ADD', 'USER', 'EXPOSE', 'WORKDIR', 'VOLUME', 'CMD', 'ENTRYPOINT', 'SHELL', 'STOPSIGNAL'])

function projectInstruction(instruction: JsonMap, rules: SecretRules): JsonMap {
  const { keyword, stage, form } = instruction
  const kept: JsonMap = { keyword, stage }
  if (form !== undefined) kept.form = form
  if (typeof keyword === 'string' && read.has(keyword)) kept.arguments = projectArguments(instruction, rules)
  if (keyword === 'RUN' || keyword === 'ADD') {
    const found = [...textsOf(instruction.arguments), ...mapsOf(instruction, 'heredocs').map(({ text }) => text as string)].flatMap(text => runSecrets(text, rules))
    if (found.length > 0) kept.run_secrets = found as unknown as JsonMap[]
  }
  if (Array.isArray(instruction.flags) && instruction.flags.length > 0) kept.flags = instruction.flags
  if (Array.isArray(instruction.pairs)) {
    kept.pairs = mapsOf(instruction, 'pairs').map(({ name, value }) => {
      const secret = secretOf(typeof name === 'string' ? name : '', value, 'compose', rules)
      return { name, value: secret === undefined ? value : { secret } } as JsonMap
    })
  }
  return kept
}

/** The words of a command without what they are given as secrets; of the others, addresses without their passwords. */
function projectArguments({ keyword, form, resolved, arguments: written }: JsonMap, rules: SecretRules): Json {
  const known = resolved ?? written
  const list = Array.isArray(known) ? known : []
  if (keyword === 'CMD' || keyword === 'ENTRYPOINT') {
    return argumentsOf(form === 'exec' ? list : textsOf(list).flatMap(commandWords), 'compose', rules, word => word ?? null)
  }
  return list.map(word => (typeof word === 'string' ? maskUrl(word, 'compose') ?? word : word))
}

function mapsOf(value: Json | undefined, key: string): JsonMap[] {
  const items = isMap(value) ? value[key] : undefined
  return Array.isArray(items) ? items.filter(isMap) : []
}

function textsOf(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter(item => typeof item === 'string') : []
}

import { posix } from 'node:path'
import type { Json } from '../artefact/document.ts'
import { isMap, type JsonMap } from '../artefact/json.ts'

/**
 * For each instruction whether what it does gets into the image that the last stage makes: it stands in that stage or in one that it
 * builds on, or it is a COPY or ADD into a folder which such a stage copies out of another one.
 */
export function bakedInstructions(stages: JsonMap[], instructions: JsonMap[]): boolean[] {
  const copies = copiesOf(stages, instructions)
  if (copies.length > mostCopies) return instructions.map(() => true)
  const whole = new Set(chainOf(stages, stages.length - 1))
  const baked = new Set<number>()
  const taken: Taken[] = []
  const follow = (copy: Copy): void => {
    if (baked.has(copy.index)) return
    baked.add(copy.index)
    if (copy.from !== undefined) for (const stage of chainOf(stages, copy.from)) for (const path of copy.sources) taken.push({ stage, path })
  }
  for (const copy of copies) if (whole.has(copy.stage)) follow(copy)
  // Following one may add others to the end.
  for (const { stage, path } of taken) for (const copy of copies) if (copy.stage === stage && covers(path, copy)) follow(copy)
  return instructions.map(({ stage }, index) => baked.has(index) || whole.has(stage as number))
}

/** A file of more is nobody's, and following all of them would take long. */
const mostCopies = 2000

/** A path that is copied out of a stage; undefined where it is not known. */
type Taken = { stage: number; path: string | undefined }

/** A COPY or ADD; `from` is the stage that it copies out of, `sources` are absolute paths there. */
type Copy = { index: number; stage: number; from?: number; sources: (string | undefined)[]; files: string[]; target: string | undefined }

/** A stage and the stages that it builds on; parents stand above, so the way ends. */
export function chainOf(stages: JsonMap[], last: number): number[] {
  if (last < 0) return []
  const chain = [last]
  for (let parent = stages[last].parent; typeof parent === 'number' && parent < chain.at(-1)!; parent = stages[parent].parent) chain.push(parent)
  return chain
}

export function stageNamed(stages: JsonMap[], name: string): number {
  const named = stages.findIndex(stage => typeof stage.name === 'string' && stage.name === name.toLowerCase())
  return named === -1 && /^\d+$/.test(name) ? Number(name) : named
}

/** What a path takes with it: the folder that was copied into, or the file itself. */
function covers(path: string | undefined, { target, files }: Copy): boolean {
  if (path === undefined || target === undefined) return true
  return isWithin(target, path) || files.some(file => isWithin(posix.join(target, file), path))
}

const isWithin = (path: string, folder: string): boolean => folder === '/' || path === folder || path.startsWith(`${folder}/`)

function copiesOf(stages: JsonMap[], instructions: JsonMap[]): Copy[] {
  const folders: (string | undefined)[] = []
  const copies: Copy[] = []
  for (const [index, { keyword, stage, resolved, flags }] of instructions.entries()) {
    if (typeof stage !== 'number') continue
    if (keyword === 'FROM') {
      const { parent } = stages[stage]
      folders[stage] = typeof parent === 'number' ? folders[parent] : '/'
    }
    const words = Array.isArray(resolved) ? resolved.map(word => (typeof word === 'string' ? word : undefined)) : []
    if (keyword === 'WORKDIR') folders[stage] = inFolder(folders[stage], words[0])
    if (keyword !== 'COPY' && keyword !== 'ADD') continue
    const source = fromOf(flags)
    const from = source === undefined ? -1 : stageNamed(stages.slice(0, stage), source)
    const sources = words.slice(0, -1)
    copies.push({
      index, stage,
      ...(from >= 0 && from < stage && { from }),
      sources: sources.map(path => inFolder('/', path)),
      files: sources.flatMap(path => (path === undefined ? [] : [posix.basename(path)])),
      target: inFolder(folders[stage], words.at(-1)),
    })
  }
  return copies
}

function fromOf(flags: Json | undefined): string | undefined {
  const flag = Array.isArray(flags) ? flags.find(one => isMap(one) && one.name === 'from') : undefined
  return isMap(flag) && typeof flag.value === 'string' ? flag.value : undefined
}

/** A path in a folder, without a slash at its end. */
function inFolder(folder: string | undefined, path: string | undefined): string | undefined {
  if (path === undefined || (folder === undefined && !path.startsWith('/'))) return undefined
  const whole = path.startsWith('/') ? posix.normalize(path) : posix.join(folder!, path)
  return whole.length > 1 ? whole.replace(/\/$/, '') : whole
}

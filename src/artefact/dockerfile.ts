import type { Contents, Source, Uncovered } from './artefact.ts'
import { type Heredoc, type LogicalLine, logicalLines, slice, spanOf, type Stretch, words } from './dockerfile-lines.ts'
import { expand, openScope, type Scope, type Variables, variablesIn } from './dockerfile-variables.ts'
import type { Span } from './document.ts'
import { type Placed, parsedFrom, placedList, placedRecord, placedScalar } from './placed.ts'

/**
 * A Dockerfile as one artefact:
 *
 * - `stages`: `{name, image, resolved, unresolved, platform, parent, first, last}`. `image` is as written, `resolved` with the
 *   defaults of build arguments, null when one has none (`unresolved` names them); `parent` is the index of the earlier stage
 *   that `image` names, else null; `first` and `last` are indices of instructions.
 * - `instructions`: `{keyword, stage, flags, form, arguments, resolved, pairs, heredocs, check, trigger}`. `stage` is null above
 *   the first FROM. `form` is `exec` (JSON; `arguments` are its strings), `shell` (`arguments` is the one command line) or `words`.
 *   `resolved` are the arguments without quotes and variables, null where one has no known value. `pairs` are `{name, value,
 *   resolved}` of ENV, ARG and LABEL. `check` is `CMD` or `NONE` of a HEALTHCHECK. `trigger` is the instruction of an ONBUILD.
 */
export function readDockerfile(source: Source): Contents {
  const span = { start: 0, end: source.text.length }
  if (source.text.length > maximumLength || (source.text.match(/^[ \t]*FROM\s/gim) ?? []).length > maximumStages) {
    const detail = `larger than a Dockerfile is: more than ${maximumLength} characters or ${maximumStages} stages`
    return { artefacts: [], uncovered: [{ span, reason: 'limit', detail, document: 0 }], documents: [span], empty: [] }
  }
  const { lines, escape } = logicalLines(source.text)
  const file: DockerfileReading = { escape, stages: [], instructions: [], globals: openScope(undefined) }
  const uncovered: Uncovered[] = []
  for (const line of lines) {
    const statement = statementOf(line)
    if (keywords.has(statement.keyword)) addInstruction(file, statement, line)
    else uncovered.push(faultAt(line, source.text))
  }
  if (file.stages.length === 0) return { artefacts: [], uncovered: [{ span, reason: 'syntax', detail: 'no FROM: not a Dockerfile', document: 0 }], documents: [span], empty: [] }
  const stages = file.stages.map(stage => placedRecord(stage.fields, stage.span))
  const root = placedRecord({ stages: placedList(stages, span), instructions: placedList(file.instructions, span) }, span)
  const about = source.ignore === undefined ? undefined : { ignore: source.ignore }
  return { artefacts: [{ kind: 'dockerfile', document: 0, span, ...parsedFrom(root, []), ...(about && { about }) }], uncovered, documents: [span], empty: [] }
}

/** What is inherited from stage to stage makes the work grow with both. */
const maximumLength = 512 * 1024
const maximumStages = 500

type Stage = { name: string; span: Span; fields: { [key: string]: Placed }; scope: Scope }

/** What is known of the file so far. `globals` are the arguments above the first FROM. */
type DockerfileReading = { escape: string; stages: Stage[]; instructions: Placed[]; globals: Scope }

/** The variables at the end of what was read. */
function variablesOf({ stages, globals }: DockerfileReading): Variables {
  return variablesIn(stages.at(-1)?.scope ?? globals)
}

type Statement = { keyword: string; rest: Stretch; end: number }

const keywords = new Set(
  'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(' '),
)

function statementOf({ stretch, span }: { stretch: Stretch; span: Span }): Statement {
  const keyword = /^\S*/.exec(stretch.text)![0]
  const from = keyword.length + /^\s*/.exec(stretch.text.slice(keyword.length))![0].length
  const to = Math.max(from, stretch.text.trimEnd().length)
  return { keyword: keyword.toUpperCase(), rest: slice(stretch, from, to), end: span.end }
}

function faultAt({ span }: LogicalLine, text: string): Uncovered {
  const at = { span, document: 0, at: span.start }
  if (!text.includes('{{')) return { ...at, reason: 'syntax', detail: 'not an instruction of a Dockerfile' }
  return { ...at, reason: 'template', detail: 'a template, which is no Dockerfile before it is rendered', hint: 'render it and check the output' }
}

function addInstruction(file: DockerfileReading, statement: Statement, { span, heredocs }: LogicalLine): void {
  if (statement.keyword === 'FROM') addStage(file, statement, span)
  const fields = fieldsOf(statement, file, heredocs)
  const stage = file.stages.length - 1
  fields.stage = placedScalar(stage === -1 ? null : stage, span)
  file.instructions.push(placedRecord(fields, span))
  if (stage !== -1) file.stages[stage].fields.last = placedScalar(file.instructions.length - 1, span)
}

function fieldsOf(statement: Statement, file: DockerfileReading, heredocs: Heredoc[]): { [key: string]: Placed } {
  const { flags, rest } = takeFlags(statement.rest, file.escape)
  const span = spanOf(statement.rest, statement.end)
  const fields: { [key: string]: Placed } = { keyword: placedScalar(statement.keyword, span), flags: placedList(flags, span) }
  if (heredocs.length > 0) fields.heredocs = placedList(heredocs.map(placedHeredoc), span)
  if (statement.keyword === 'ONBUILD') return { ...fields, trigger: placedRecord(fieldsOf(statementOf({ stretch: rest, span }), file, heredocs), span) }
  if (['ENV', 'ARG', 'LABEL'].includes(statement.keyword)) return { ...fields, pairs: placedList(readPairs(statement.keyword, rest, file), span) }
  if (statement.keyword !== 'HEALTHCHECK') return { ...fields, ...readArguments(statement.keyword, rest, file, span) }
  const check = statementOf({ stretch: rest, span })
  return { ...fields, check: placedScalar(check.keyword, span), ...readArguments('CMD', check.rest, file, span) }
}

function placedHeredoc({ name, text, span }: Heredoc): Placed {
  return placedRecord({ name: placedScalar(name, span), text: placedScalar(text, span) }, span)
}

/** The `--name=value` words at the start. */
function takeFlags(stretch: Stretch, escape: string): { flags: Placed[]; rest: Stretch } {
  const flags: Placed[] = []
  let from = 0
  for (const word of words(stretch, escape)) {
    const start = stretch.text.indexOf(word.text, from)
    if (!/^--[a-z]/.test(word.text)) return { flags, rest: slice(stretch, start, stretch.text.length) }
    from = start + word.text.length
    flags.push(flagOf(word))
  }
  return { flags, rest: slice(stretch, stretch.text.length, stretch.text.length) }
}

function flagOf(word: Stretch): Placed {
  const span = spanOf(word, 0)
  const equals = word.text.indexOf('=')
  const name = word.text.slice(2, equals === -1 ? undefined : equals)
  const value = equals === -1 ? null : word.text.slice(equals + 1)
  return placedRecord({ name: placedScalar(name, span), value: placedScalar(value, span) }, span)
}

function readArguments(keyword: string, rest: Stretch, file: DockerfileReading, span: Span): { [key: string]: Placed } {
  const strings = takesJson.has(keyword) ? jsonStrings(rest) : undefined
  const form = strings !== undefined ? 'exec' : takesCommand.has(keyword) ? 'shell' : 'words'
  const separate = form === 'words' && !['USER', 'WORKDIR', 'STOPSIGNAL', 'MAINTAINER'].includes(keyword)
  const found = strings ?? (separate ? words(rest, file.escape) : [rest]).filter(word => word.text !== '').map(word => ({ text: word.text, span: spanOf(word, span.start) }))
  const fields: { [key: string]: Placed } = {
    form: placedScalar(form, span),
    arguments: placedList(found.map(argument => placedScalar(argument.text, argument.span)), span),
  }
  if (takesCommand.has(keyword)) return fields
  const variables = variablesOf(file)
  const resolved = found.map(argument => placedScalar(expand(argument.text, variables, file.escape).text, argument.span))
  return { ...fields, resolved: placedList(resolved, span) }
}

const takesJson = new Set(['RUN', 'CMD', 'ENTRYPOINT', 'SHELL', 'VOLUME', 'COPY', 'ADD'])
const takesCommand = new Set(['RUN', 'CMD', 'ENTRYPOINT', 'SHELL'])

/** The strings of the JSON form; undefined where Docker does not take it for JSON. */
function jsonStrings(rest: Stretch): { text: string; span: Span }[] | undefined {
  if (!rest.text.startsWith('[')) return undefined
  try {
    const strings: unknown = JSON.parse(rest.text)
    if (!Array.isArray(strings) || !strings.every(string => typeof string === 'string')) return undefined
    const literals = [...rest.text.matchAll(/"(?:[^"\\]|\\.)*"/g)]
    return strings.map((text, index) => ({ text, span: spanOf(slice(rest, literals[index].index, literals[index].index + literals[index][0].length), 0) }))
  } catch {
    return undefined
  }
}

/** `NAME=value ...`, or the old `ENV NAME the rest of the line`. Sets what it reads in the variables of the stage. */
function readPairs(keyword: string, rest: Stretch, file: DockerfileReading): Placed[] {
  const found = words(rest, file.escape)
  const isOld = found.length > 1 && !found[0].text.includes('=')
  if (keyword === 'ARG') return found.map(word => readArgument(word, file))
  const pairs = isOld ? [oldPair(rest, found[0].text.length)] : found.map(word => ({ word, nameEnd: word.text.indexOf('='), gap: 1 }))
  const read = pairs.map(pair => readPair(pair, file))
  // The pairs of one ENV do not see each other.
  if (keyword === 'ENV') for (const { name, resolved } of read) setEnvironment(file, name, resolved)
  return read.map(pair => pair.placed)
}

function oldPair(rest: Stretch, nameEnd: number): Pair {
  return { word: rest, nameEnd, gap: /^\s*/.exec(rest.text.slice(nameEnd))![0].length }
}

/** A name and a value, `gap` characters apart; `nameEnd` is -1 where there is no value. */
type Pair = { word: Stretch; nameEnd: number; gap: number }

function readPair({ word, nameEnd, gap }: Pair, file: DockerfileReading): { name: string; resolved: string | null; placed: Placed } {
  const name = expand(nameEnd === -1 ? word.text : word.text.slice(0, nameEnd), () => undefined, file.escape).text ?? ''
  const value = nameEnd === -1 ? undefined : slice(word, nameEnd + gap, word.text.length)
  const span = spanOf(word, 0)
  const valueSpan = value === undefined ? span : spanOf(value, span.end)
  const resolved = value === undefined ? null : expand(value.text, variablesOf(file), file.escape).text
  const placed = placedRecord({
    name: placedScalar(name, span),
    value: placedScalar(value === undefined ? null : unquoted(value.text), valueSpan),
    resolved: placedScalar(resolved, valueSpan),
  }, span)
  return { name, resolved, placed }
}

function readArgument(word: Stretch, file: DockerfileReading): Placed {
  const nameEnd = word.text.indexOf('=')
  const { name, resolved, placed } = readPair({ word, nameEnd, gap: 1 }, file)
  declareArgument(file, name, nameEnd === -1 ? undefined : resolved)
  return placed
}

/** The value without the quotes around all of it; variables stay as they are written. */
function unquoted(text: string): string {
  const quoted = /^(["'])(.*)\1$/s.exec(text)
  return quoted === null ? text : quoted[2]
}

function setEnvironment({ stages }: DockerfileReading, name: string, value: string | null): void {
  stages.at(-1)?.scope.environment.set(name, value)
}

/** An argument without a default has, inside a stage, the one that it has above the first FROM. */
function declareArgument({ stages, globals }: DockerfileReading, name: string, value: string | null | undefined): void {
  const scope = stages.at(-1)?.scope ?? globals
  scope.buildArguments.set(name, (value === undefined && scope !== globals ? globals.buildArguments.get(name) : value) ?? null)
}

function addStage(file: DockerfileReading, { rest, end }: Statement, span: Span): void {
  const { flags, rest: operands } = takeFlags(rest, file.escape)
  const [image, as, name] = words(operands, file.escape)
  const imageSpan = image === undefined ? { start: end, end } : spanOf(image, end)
  const { text: resolved, unresolved } = expand(image?.text ?? '', variablesIn(file.globals), file.escape)
  const stageName = as?.text.toUpperCase() === 'AS' && name !== undefined ? name.text.toLowerCase() : null
  const parent = file.stages.findLastIndex(stage => stage.name !== '' && stage.name === resolved?.toLowerCase())
  const platform = flags.map(flag => (flag as { map: Map<string, Placed> }).map).find(flag => (flag.get('name') as { scalar: string }).scalar === 'platform')
  file.stages.push({
    name: stageName ?? '',
    span,
    scope: openScope(parent === -1 ? undefined : file.stages[parent].scope),
    fields: {
      name: placedScalar(stageName, name === undefined ? span : spanOf(name, end)),
      image: placedScalar(image?.text ?? '', imageSpan),
      resolved: placedScalar(resolved, imageSpan),
      unresolved: placedList(unresolved.map(variable => placedScalar(variable, imageSpan)), imageSpan),
      platform: platform?.get('value') ?? placedScalar(null, span),
      parent: placedScalar(parent === -1 ? null : parent, imageSpan),
      first: placedScalar(file.instructions.length, span),
    },
  })
}

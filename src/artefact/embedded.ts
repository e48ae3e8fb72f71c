import type { Artefact, ArtefactKind, Contents, Source, Uncovered } from './artefact.ts'
import { bridgeMarkers } from './bridge.ts'
import { type RecognisedDocument, readDocuments } from './documents.ts'
import type { Json, Parsed, Path, Place, Span } from './document.ts'
import { hangarMarkers } from './hangar.ts'
import { isMap } from './json.ts'
import { clientMarkers } from './mcp-client.ts'
import { fileName, type Recognised } from './recognised.ts'
import { faultOf } from './uncovered.ts'
import { type InnerValues, valuesInside } from './values-inside.ts'
import { embedded } from './yaml/stream.ts'

/** An artefact whose strings are looked into. */
export type Holder = {
  artefact: Artefact
  /** Its index in the list of the file. */
  index: number
  /** The document that it is in, and where in that. */
  document: Parsed
  path: Path
  /** From offsets in the text of that document to offsets in the file; undefined where there is no such way, as out of base64. */
  toFile: ((offset: number) => number) | undefined
  source: Source
}

/**
 * Adds the configurations inside strings of an artefact: of a ConfigMap or Secret, of Helm values, and Helm values inside an object.
 *
 * A string that no recogniser knows is no artefact, since the object that holds it was judged; one that has a key of a known
 * configuration and cannot be read is uncovered.
 */
export function addEmbedded(contents: Contents, holder: Holder): void {
  const { artefact } = holder
  if (artefact.kind === 'helm-values') for (const candidate of stringsIn(artefact.value, [])) addCandidate(contents, candidate, holder)
  if (artefact.kind !== 'kubernetes' || !isMap(artefact.value)) return
  for (const candidate of entriesOf(artefact.value)) addCandidate(contents, candidate, holder)
  for (const values of valuesInside(artefact.value)) addValues(contents, values, holder)
}

/** A string that may hold a configuration, and the name that it would have as a file. */
type Candidate = { path: Path; name: string; encoded: boolean; meant?: Recognised }

function entriesOf(object: { [key: string]: Json }): Candidate[] {
  if (object.apiVersion !== 'v1') return []
  if (object.kind === 'ConfigMap') return entriesAt(object, 'data', false)
  return object.kind === 'Secret' ? [...entriesAt(object, 'stringData', false), ...entriesAt(object, 'data', true)] : []
}

function entriesAt(object: { [key: string]: Json }, field: string, encoded: boolean): Candidate[] {
  const entries = object[field]
  if (!isMap(entries)) return []
  return Object.keys(entries).filter(key => typeof entries[key] === 'string').map(key => ({ path: [field, key], name: key, encoded }))
}

/** Every text of several lines, or with a flow map, in a value. */
function stringsIn(value: Json, path: Path): Candidate[] {
  if (typeof value === 'string') return /[\n{]/.test(value) ? [{ path, name: String(path.at(-1) ?? ''), encoded: false }] : []
  if (Array.isArray(value)) return value.flatMap((item, index) => stringsIn(item, [...path, index]))
  return isMap(value) ? Object.keys(value).flatMap(key => stringsIn(value[key], [...path, key])) : []
}

function addCandidate(contents: Contents, candidate: Candidate, holder: Holder): void {
  const string = valueAt(holder.artefact.value, candidate.path)
  if (typeof string !== 'string') return
  const plain = candidate.encoded ? Buffer.from(string, 'base64').toString('utf8') : string
  const isMarked = candidate.meant !== undefined || markers.test(plain)
  if (!isMarked && !mayHide(plain, candidate.name)) return
  const text = textOf(plain, candidate, holder)
  for (const document of readDocuments(text.text, fileName(candidate.name), holder.source.limits)) {
    const recognised = candidate.meant ?? document.recognised
    if ('parsed' in document && recognised !== undefined && embeddable.has(recognised.kind)) addArtefact(contents, { ...document, recognised }, { text, candidate, holder })
    if ('error' in document && (isMarked || recognised !== undefined)) contents.uncovered.push(faultIn(document, { text, candidate, holder }))
  }
}

function valueAt(value: Json, path: Path): Json {
  return path.reduce((inner, step) => (inner as { [key: string]: Json })[step], value)
}

const embeddable = new Set<ArtefactKind>(['hangar-config', 'bridge-gateway-config', 'bridge-router-config', 'mcp-client-config', 'helm-values'])

/** A key that only these configurations have, at the start of a line, a flow map or a JSON object. */
const markers = new RegExp(`(?:^|[{,])[ \\t]*["']?(?:${[...hangarMarkers, ...bridgeMarkers, ...clientMarkers].join('|')})["']?[ \\t]*:`, 'm')

/** True for a text whose keys may be written in another way, or that is told only by several keys together. */
function mayHide(text: string, name: string): boolean {
  return /\.ya?ml$/i.test(name) || (/\.json$/i.test(name) && text.includes('\\u')) || /^[ \t]*(discovery|sessions|providers|server|mcp)[ \t]*:/m.test(text)
}

/** The text of a string, and the way from its characters to the file. */
type EmbeddedText = { text: string; toFile: ((offset: number) => number) | undefined }

function textOf(plain: string, { path, encoded }: Candidate, holder: Holder): EmbeddedText {
  const { toFile } = holder
  const inner = encoded || toFile === undefined ? undefined : embedded(holder.document, [...holder.path, ...path])
  return inner === undefined || toFile === undefined ? { text: plain, toFile: undefined } : { text: inner.text, toFile: offset => toFile(inner.toOuter(offset)) }
}

/** A string that is being read. */
type Reading = { text: EmbeddedText; candidate: Candidate; holder: Holder }

function addArtefact(contents: Contents, document: RecognisedDocument & { parsed: Parsed; recognised: Recognised }, reading: Reading): void {
  const { parsed, recognised, span } = document
  const { text, candidate, holder } = reading
  const spanOf = spansOf(reading)
  const artefact: Artefact = {
    kind: recognised.kind,
    value: parsed.value,
    locate: path => placeIn(parsed.locate(path), spanOf),
    remarks: parsed.remarks.map(remark => ({ ...remark, span: spanOf(remark.span) })),
    hasBigInt: parsed.hasBigInt,
    document: holder.artefact.document,
    span: spanOf(span),
    outer: { artefact: holder.index, kind: holder.artefact.kind, path: candidate.path },
  }
  if (recognised.about !== undefined) artefact.about = recognised.about
  const index = contents.artefacts.push(artefact) - 1
  addEmbedded(contents, { artefact, index, document: parsed, path: [], toFile: text.toFile, source: holder.source })
}

function faultIn(document: RecognisedDocument, reading: Reading): Uncovered {
  const { text, holder } = reading
  const fault = faultOf(document, text.text, holder.source.path)
  const span = spansOf(reading)(document.span)
  return { ...fault, span, at: fault.at === undefined ? span.start : (text.toFile?.(fault.at) ?? span.start), document: holder.artefact.document }
}

/** Spans of the string as spans of the file: of the key that holds it, where its characters are not to be found. */
function spansOf({ text, candidate, holder }: Reading): (span: Span) => Span {
  if (text.toFile !== undefined) return exactSpan(text.toFile, holder.source.text)
  const { key, value } = holder.artefact.locate(candidate.path)
  return () => key ?? value
}

/** Maps a span; one that ends before a line break ends there, not after the next line's indent. */
function exactSpan(toFile: (offset: number) => number, file: string): (span: Span) => Span {
  return ({ start, end }) => {
    const first = toFile(start)
    if (end <= start) return { start: first, end: first }
    const next = toFile(end)
    const last = toFile(end - 1) + 1
    return { start: first, end: next > last && /[\r\n]/.test(file.slice(last, next)) ? last : Math.max(next, first) }
  }
}

function placeIn(place: Place, spanOf: (span: Span) => Span): Place {
  const value = spanOf(place.value)
  return place.key === undefined ? { value, missing: place.missing } : { key: spanOf(place.key), value, missing: place.missing }
}

/** Helm values that stand in an object: as a map, which is a part of its value, or as text. */
function addValues(contents: Contents, { path, chart }: InnerValues, holder: Holder): void {
  const { artefact: outer, document, source, toFile } = holder
  const about = { chart, overlay: true }
  const value = valueAt(outer.value, path)
  if (typeof value === 'string') return addCandidate(contents, { path, name: 'values.yaml', encoded: false, meant: { kind: 'helm-values', dialect: 'kubectl', about } }, holder)
  // Kept by itself: a run lets go of the object's when it has been judged.
  const whole = outer.locate
  const locate = (inner: Path): Place => whole([...path, ...inner])
  const artefact: Artefact = {
    kind: 'helm-values',
    value,
    locate,
    // They are those of the object.
    remarks: [],
    hasBigInt: outer.hasBigInt,
    document: outer.document,
    span: locate([]).value,
    about,
    outer: { artefact: holder.index, kind: outer.kind, path },
  }
  const index = contents.artefacts.push(artefact) - 1
  addEmbedded(contents, { artefact, index, document, path: [...holder.path, ...path], toFile, source })
}

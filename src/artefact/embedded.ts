import type { Artefact, ArtefactKind, Contents, Source, Uncovered } from './artefact.ts'
import { bridgeMarkers } from './bridge.ts'
import { type RecognisedDocument, readDocuments } from './documents.ts'
import type { Json, Parsed, Path, Place, Span } from './document.ts'
import { hangarMarkers } from './hangar.ts'
import { at, isMap } from './json.ts'
import { clientMarkers } from './mcp-client.ts'
import { fileName } from './recognised.ts'
import { faultOf } from './uncovered.ts'
import { embedded } from './yaml/stream.ts'

/** A string of an artefact that may hold a configuration, and the name that it would have as a file. */
type Candidate = { path: Path; name: string; encoded: boolean }

/** The text of a string, and where each of its characters stands in the file. */
type EmbeddedText = { text: string; toOuter(offset: number): number; exact: boolean }

/**
 * The configurations inside strings of an artefact: of a ConfigMap or Secret, and of Helm values.
 *
 * A string that no recogniser knows is no artefact, since the object that holds it was judged; one that has a key of a known
 * configuration and cannot be read is uncovered.
 */
export function readEmbedded(outer: Artefact, index: number, document: Parsed, source: Source): Contents {
  const contents: Contents = { artefacts: [], uncovered: [], empty: [] }
  for (const candidate of candidatesIn(outer)) readCandidateInto(contents, candidate, { outer, index, document, source })
  return contents
}

function candidatesIn(outer: Artefact): Candidate[] {
  if (outer.kind === 'helm-values') return stringsIn(outer.value, [])
  if (outer.kind !== 'kubernetes' || !isMap(outer.value)) return []
  if (outer.value.apiVersion !== 'v1') return []
  if (outer.value.kind === 'ConfigMap') return entriesOf(outer, 'data', false)
  return outer.value.kind === 'Secret' ? [...entriesOf(outer, 'stringData', false), ...entriesOf(outer, 'data', true)] : []
}

function entriesOf(outer: Artefact, field: string, encoded: boolean): Candidate[] {
  const entries = at(outer.value, field)
  if (!isMap(entries)) return []
  return Object.keys(entries).filter(key => typeof entries[key] === 'string').map(key => ({ path: [field, key], name: key, encoded }))
}

/** Every text of several lines, or of JSON, in a value. */
function stringsIn(value: Json, path: Path): Candidate[] {
  if (typeof value === 'string') return /[\n{]/.test(value) ? [{ path, name: String(path.at(-1) ?? ''), encoded: false }] : []
  if (Array.isArray(value)) return value.flatMap((item, index) => stringsIn(item, [...path, index]))
  return isMap(value) ? Object.keys(value).flatMap(key => stringsIn(value[key], [...path, key])) : []
}

type Holder = { outer: Artefact; index: number; document: Parsed; source: Source }

function readCandidateInto(contents: Contents, candidate: Candidate, holder: Holder): void {
  const string = stringAt(holder.outer.value, candidate.path)
  const plain = candidate.encoded ? Buffer.from(string, 'base64').toString('utf8') : string
  const marked = markers.test(plain)
  if (!marked && !mayHide(plain, candidate.name)) return
  const inner = candidate.encoded ? undefined : embedded(holder.document, [...(holder.outer.item ?? []), ...candidate.path])
  const text = inner === undefined ? inexactText(plain, candidate, holder) : { ...inner, exact: true }
  for (const document of readDocuments(text.text, fileName(candidate.name), holder.source.limits)) {
    if ('parsed' in document && document.recognised !== undefined && embeddable.has(document.recognised.kind)) {
      contents.artefacts.push(embeddedArtefact(document, text, candidate, holder))
    }
    if ('error' in document && (marked || document.recognised !== undefined)) contents.uncovered.push(embeddedFault(document, text, candidate, holder))
  }
}

function stringAt(value: Json, path: Path): string {
  return path.reduce((inner, step) => (inner as { [key: string]: Json })[step], value) as string
}

const embeddable = new Set<ArtefactKind>(['hangar-config', 'bridge-gateway-config', 'bridge-router-config', 'mcp-client-config'])

/** A key that only these configurations have, at the start of a line, a flow map or a JSON object. */
const markers = new RegExp(`(?:^|[{,])[ \\t]*["']?(?:${[...hangarMarkers, ...bridgeMarkers, ...clientMarkers].join('|')})["']?[ \\t]*:`, 'm')

/** True for a text whose keys may be written in another way, or that is told only by several keys together. */
function mayHide(text: string, name: string): boolean {
  return /\.ya?ml$/i.test(name) || (/\.json$/i.test(name) && text.includes('\\u')) || /^[ \t]*(discovery|sessions|providers|server|mcp)[ \t]*:/m.test(text)
}

/** A text whose characters cannot be found in the file, such as base64: everything in it stands where its key stands. */
function inexactText(text: string, candidate: Candidate, { outer }: Holder): EmbeddedText {
  const place = outer.locate(candidate.path)
  const { start } = place.key ?? place.value
  return { text, toOuter: () => start, exact: false }
}

function embeddedArtefact(document: RecognisedDocument & { parsed: Parsed }, text: EmbeddedText, candidate: Candidate, holder: Holder): Artefact {
  const { parsed, recognised } = document
  const { outer, index } = holder
  const spanOf = text.exact ? exactSpan(text, holder.source.text) : () => keySpan(outer.locate(candidate.path))
  const artefact: Artefact = {
    kind: recognised!.kind,
    value: parsed.value,
    locate: path => placeIn(parsed.locate(path), spanOf),
    remarks: parsed.remarks.map(remark => ({ ...remark, span: spanOf(remark.span) })),
    hasBigInt: parsed.hasBigInt,
    document: outer.document,
    span: spanOf(document.span),
    outer: { artefact: index, kind: outer.kind, path: candidate.path },
  }
  if (recognised!.about !== undefined) artefact.about = recognised!.about
  return artefact
}

function embeddedFault(document: RecognisedDocument, text: EmbeddedText, candidate: Candidate, { outer, source }: Holder): Uncovered {
  const spanOf = text.exact ? exactSpan(text, source.text) : () => keySpan(outer.locate(candidate.path))
  const fault = faultOf(document, text.text, source.path)
  const at = text.exact && fault.at !== undefined ? text.toOuter(fault.at) : spanOf(document.span).start
  return { ...fault, span: spanOf(document.span), at, document: outer.document }
}

/** Maps a span; one that ends before a line break ends there, not after the next line's indent. */
function exactSpan({ toOuter }: EmbeddedText, file: string): (span: Span) => Span {
  return ({ start, end }) => {
    const first = toOuter(start)
    if (end <= start) return { start: first, end: first }
    const next = toOuter(end)
    const last = toOuter(end - 1) + 1
    return { start: first, end: next > last && /[\r\n]/.test(file.slice(last, next)) ? last : Math.max(next, first) }
  }
}

function keySpan(place: Place): Span {
  return place.key ?? place.value
}

function placeIn(place: Place, spanOf: (span: Span) => Span): Place {
  const value = spanOf(place.value)
  return place.key === undefined ? { value, missing: place.missing } : { key: spanOf(place.key), value, missing: place.missing }
}

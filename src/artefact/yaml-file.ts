import type { Artefact, Contents, Source, Uncovered } from './artefact.ts'
import { readDocuments, type RecognisedDocument } from './documents.ts'
import type { Parsed, Path } from './document.ts'
import { addEmbedded } from './embedded.ts'
import { type KubernetesObject, rendering, unpackList } from './kubernetes.ts'
import { hasPatchDirective, isJsonPatch } from './kustomization.ts'
import { describeUnknown } from './recognise.ts'
import { fileName, type Recognised } from './recognised.ts'
import { faultOf } from './uncovered.ts'
import { tagAt } from './yaml/stream.ts'

/** The artefacts of a file of YAML documents, or of JSON as kubectl reads it. One broken document hides no other. */
export function readYamlFile(source: Source): Contents {
  return contentsOf(readDocuments(source.text, fileName(source.path, source.chartName), source.limits), source)
}

export function contentsOf(documents: RecognisedDocument[], source: Source): Contents {
  const contents: Contents = { artefacts: [], uncovered: [], documents: [], empty: [] }
  const mayPatch = source.text.includes('$patch')
  for (const document of documents) {
    if ('empty' in document) {
      contents.empty.push(document.span)
      continue
    }
    const number = contents.documents.push(document.span) - 1
    if ('error' in document) contents.uncovered.push({ ...faultOf(document, source.text, source.path), document: number })
    else if (document.recognised?.kind === 'kubernetes') addObjects(contents, document, number, { source, mayPatch })
    else addDocument(contents, document, number, source)
  }
  return contents
}

type ReadDocument = RecognisedDocument & { parsed: Parsed }

function addDocument(contents: Contents, document: ReadDocument, number: number, source: Source): void {
  const { recognised, parsed, span } = document
  const part = (reason: Uncovered['reason'], detail: string): Uncovered => ({ span, reason, detail, document: number })
  if (recognised === undefined) {
    contents.uncovered.push(isJsonPatch(parsed.value) ? part('patch', jsonPatch) : part('unknown-kind', describeUnknown(parsed.value)))
  } else if (recognised.unread !== undefined) {
    contents.uncovered.push({ ...part('unknown-kind', `${recognised.unread}: no control reads it yet`), kind: recognised.kind })
  } else {
    addArtefact(contents, artefactOf(document, recognised, number), parsed, source)
    if (recognised.kind === 'kustomization') contents.uncovered.push({ ...part('needs-rendering', 'what this kustomization builds is not in this file'), hint: 'run kustomize build and check the output' })
  }
}

const jsonPatch = 'a JSON patch, which is nothing without the object that it changes'
const mergePatch = 'a strategic merge patch, which is nothing without the object that it changes'

/** Parts of one document that are shown at their own place; past these they are shown at the document, since finding a place is a walk over all before it. */
const maximumPlaces = 100

function addObjects(contents: Contents, document: ReadDocument, number: number, { source, mayPatch }: { source: Source; mayPatch: boolean }): void {
  const { objects, broken } = unpackList(document.parsed)
  let places = 0
  const report = (path: Path, reason: Uncovered['reason'], why: { detail: string; hint?: string }): void => {
    const span = path.length === 0 || places++ >= maximumPlaces ? document.span : document.parsed.locate(path).value
    contents.uncovered.push({ span, reason, ...why, document: number })
  }
  for (const object of objects) {
    const rendered = rendering(object.value)
    if (mayPatch && hasPatchDirective(object.value)) report(object.path, 'patch', { detail: mergePatch })
    else addArtefact(contents, objectArtefact(document, object, number), document.parsed, source)
    if (rendered !== undefined) report(object.path, 'needs-rendering', rendered)
  }
  for (const { path, detail } of broken) report(path, 'unknown-kind', { detail })
}

/** Adds an artefact and those that are inside its strings. */
function addArtefact(contents: Contents, artefact: Artefact, document: Parsed, source: Source): void {
  const index = contents.artefacts.push(artefact) - 1
  addEmbedded(contents, { artefact, index, document, path: artefact.item ?? [], toFile: offset => offset, source })
}

function artefactOf({ parsed, span }: ReadDocument, { kind, about }: Recognised, document: number): Artefact {
  const artefact: Artefact = { kind, document, span, value: parsed.value, locate: parsed.locate, remarks: parsed.remarks, hasBigInt: parsed.hasBigInt }
  if (kind === 'compose') artefact.tagAt = path => tagAt(parsed, path)
  if (about !== undefined) artefact.about = about
  return artefact
}

function objectArtefact({ parsed, span, recognised }: ReadDocument, { value, path, remarks }: KubernetesObject, document: number): Artefact {
  if (path.length === 0) return artefactOf({ parsed, span, recognised }, { kind: 'kubernetes', dialect: 'kubectl' }, document)
  return {
    kind: 'kubernetes',
    value,
    locate: (inner: Path) => parsed.locate([...path, ...inner]),
    remarks,
    hasBigInt: parsed.hasBigInt,
    document,
    // A place is found by walking over all items before it: only who asks pays for that.
    get span() {
      return parsed.locate(path).value
    },
    item: path,
  }
}

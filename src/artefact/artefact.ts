import type { Json, Path, Place, Remark, Span } from './document.ts'

/**
 * What an artefact is: the artefact kinds of the vocabulary that a file can have, with every `k8s/*` as `kubernetes`,
 * and `kustomization`, which no control judges and from which namespaces and patches are read.
 */
export type ArtefactKind =
  | 'kubernetes'
  | 'kustomization'
  | 'hangar-config'
  | 'bridge-gateway-config'
  | 'bridge-router-config'
  | 'openmcp-config'
  | 'openmcp-catalog'
  | 'fastmcp-json'
  | 'mcp-client-config'
  | 'compose'
  | 'env-file'
  | 'nginx-conf'
  | 'proxy-config'
  | 'prometheus-config'
  | 'prometheus-rules'
  | 'alertmanager-config'
  | 'grafana-dashboard'
  | 'grafana-provisioning'
  | 'log-shipper-config'
  | 'logrotate-conf'
  | 'redis-conf'
  | 'postgres-conf'
  | 'helm-values'
  | 'helm-chart'
  | 'systemd-unit'
  | 'iac'
  | 'dockerfile'
  | 'dockerignore'
  | 'gitignore'
  | 'ci-workflow'
  | 'update-bot'
  | 'precommit-config'
  | 'pyproject'
  | 'uv-lock'
  | 'python-version'
  | 'python-source'
  | 'junit-report'
  | 'coverage-report'
  | 'sarif-report'
  | 'sbom'
  | 'load-report'
  | 'doc'
  | 'policy-config'
  | 'evidence-record'
  /** What the reader noticed about a file; the controls of area `input` judge it. */
  | 'reading'

/** A thing we check. All offsets are in UTF-16 units of the file's text, also of what is embedded in a string of it. */
export type Artefact = {
  kind: ArtefactKind
  value: Json
  /** The place of a path of `value`. Never throws. */
  locate(path: Path): Place
  /** What the reader noticed; paths are those of `value`. */
  remarks: Remark[]
  hasBigInt: boolean
  /** Number of the document in the file; empty ones are not counted. */
  document: number
  /** The document, the item of a `List`, or the string that holds an embedded artefact. */
  readonly span: Span
  /** The tag at a path that is none of YAML's own, such as Compose's `!reset` and `!override`. Absent outside of YAML. */
  tagAt?(path: Path): string | undefined
  /** What the recogniser knows beside the value: the client and servers of an MCP client configuration, the chart of Helm values, the ignore file of a Dockerfile. */
  about?: { [key: string]: Json }
  /** Of an embedded artefact: the artefact that holds it, as an index into the file's list, and where in that one's value. */
  outer?: { artefact: number; kind: ArtefactKind; path: Path }
  /** Of an item of a `List`: where the item stands in the document. */
  item?: Path
}

export type UncoveredReason =
  /** A template that nobody rendered. */
  | 'template'
  | 'syntax'
  /** A bound on size, depth or aliases. */
  | 'limit'
  /** The file could not be opened or read. */
  | 'unreadable'
  /** Read, but nothing that a control reads; `kind` is set when it is known what it is. */
  | 'unknown-kind'
  /** An object that stands for others which only its own program makes. */
  | 'needs-rendering'
  /** A part of an object, which is nothing without the object that it changes. */
  | 'patch'
  | 'encoding'

/** A part of a file that no control judged, and why. No text of the file is quoted in `detail`. */
export type Uncovered = {
  span: Span
  reason: UncoveredReason
  detail: string
  document?: number
  kind?: ArtefactKind
  /** What the user can do about it. */
  hint?: string
  /** Where reading failed. */
  at?: number
}

/** A file as it was read. For each document of it there is an artefact or an uncovered part. */
export type FileReading = {
  path: string
  text: string
  artefacts: Artefact[]
  uncovered: Uncovered[]
  /** Documents that hold nothing but comments. */
  empty: Span[]
  /** From an offset in `text` to one in the file's bytes, for SARIF. */
  byteOffset(offset: number): number
}

/**
 * A file with the documents that it has, by their number. Every character of the text is in exactly one of `documents` and `empty`;
 * where the file could not be read there are none.
 */
export type AccountedReading = FileReading & { documents: Span[] }

export type Limits = {
  /** How deep a value may nest. */
  depth: number
  /** The largest file that is read, in bytes. */
  bytes: number
}

export const defaultLimits: Limits = { depth: 1000, bytes: 64 * 1024 * 1024 }

/** What a reader of one format makes of a text. */
export type Contents = { artefacts: Artefact[]; uncovered: Uncovered[]; documents: Span[]; empty: Span[] }

/** A text on its way to becoming artefacts. */
export type Source = {
  path: string
  text: string
  limits: Limits
  /** The name in the Chart.yaml beside or above the file, where there is one. */
  chartName?: string
  /** The lines of the ignore file of a Dockerfile's build context, null where there is none; absent where nobody looked. */
  ignore?: string[] | null
}

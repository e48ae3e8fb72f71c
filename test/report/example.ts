import type { Known } from '../../src/policy/known.ts'
import { byPlace, type ControlText, type Coverage, type CoveredDocument, type Finding, type Report } from '../../src/report/report.ts'
import { summarise } from '../../src/report/summary.ts'

/** A finding at `line:column` of a file, `length` columns long. */
export function finding(file: string, line: number, column: number, length: number, more: Partial<Finding> = {}): Finding {
  const control = more.control ?? 'workload-readonly-rootfs'
  return {
    control,
    severity: 'medium',
    enforcement: 'warn',
    outcome: 'violated',
    message: 'container gateway can write to its root filesystem',
    artefact: { kind: 'kubernetes', apiVersion: 'apps/v1', objectKind: 'Deployment', name: 'gateway', container: 'gateway' },
    file,
    line,
    column,
    endLine: line,
    endColumn: column + length,
    path: 'spec.template.spec.containers[0].securityContext.readOnlyRootFilesystem',
    fingerprint: `${control}:${file}:${line}`,
    ...more,
  }
}

export function report(findings: Finding[], coverage: Coverage[] = []): Report {
  const sorted = [...findings].sort(byPlace)
  return {
    tool: { name: 'mcp-policy', version: '0.1.0' },
    bundle: { digest: 'sha256:0' },
    profile: 'production',
    summary: summarise(sorted, coverage, { skippedFiles: new Map(), ignoredFiles: [] }),
    findings: sorted,
    coverage,
    problems: [], exemptions: [],
  }
}

export const controls = new Map<string, ControlText>([
  ['workload-readonly-rootfs', {
    id: 'workload-readonly-rootfs',
    title: 'Mount the root filesystem read-only',
    severity: 'medium',
    remediation: 'Set `readOnlyRootFilesystem` to `true` and mount an `emptyDir` where the program writes.',
    items: ['python-067'],
  }],
  ['workload-no-privileged', {
    id: 'workload-no-privileged',
    title: 'Run no privileged containers',
    severity: 'critical',
    remediation: 'Remove `privileged` and add the one capability, device or volume that the program needs.',
    items: ['stack-071', 'bridge-124'],
  }],
])

export const covered = (file: string, ...documents: Partial<CoveredDocument>[]): Coverage => ({
  file,
  status: documents.every(({ evaluated = true }) => evaluated) ? 'evaluated' : 'in-part',
  documents: documents.map((document, index) => ({ document: index, startByte: 0, endByte: 10, line: 1, evaluated: true, ...document })),
})

/** What a writer wrote. */
export function written(write: (out: (chunk: string) => void) => void): string {
  const chunks: string[] = []
  write(chunk => chunks.push(chunk))
  return chunks.join('')
}

/** Controls with nothing in the reference but what reports know of them. */
export function knownOf(texts: ReadonlyMap<string, ControlText>): Known {
  const controls = [...texts.values()].map(text => ({
    ...text, admission: 'none' as const, artefacts: [], whole_set: false, cases: {}, standard: {}, items: [], instances: {}, profiles: [], since: '0.1.0',
  }))
  const reference = { description: '', related: [], also: [], fix: '', beyond: [], unread: [], settings: {}, examples: [] }
  return { catalogue: { controls, families: {}, entrypoints: {} }, reference: Object.fromEntries([...texts.keys()].map(id => [id, reference])), items: new Map() }
}

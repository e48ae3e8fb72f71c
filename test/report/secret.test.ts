import { expect, test } from 'vitest'
import { writeCompact } from '../../src/report/compact.ts'
import { writeGithub } from '../../src/report/github.ts'
import { writeGitlab } from '../../src/report/gitlab.ts'
import { writeJson } from '../../src/report/json.ts'
import { writeJunit } from '../../src/report/junit.ts'
import { writeMarkdown } from '../../src/report/markdown.ts'
import { writeCodeScanning, writeSarif } from '../../src/report/sarif.ts'
import type { ControlText, Finding, Out, Report } from '../../src/report/report.ts'
import { writeText } from '../../src/report/text.ts'
import { covered, finding, knownOf, report, written } from './example.ts'

const planted = 'Rosebud-1941'
const encoded = Buffer.from(planted).toString('base64')

const files: Record<string, { text: string; more: Partial<Finding> }> = {
  '.env.prod': {
    text: `LOG_LEVEL=debug\n# was ${planted}\nDB=${planted}\n`,
    more: { control: 'log-level', artefact: { kind: 'env-file' } },
  },
  'secret.yaml': {
    text: `apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\nstringData:\n  anything: ${planted}\n  config.yaml: |\n    user: ${planted}\n`,
    more: { control: 'config-known-keys', artefact: { kind: 'kubernetes', objectKind: 'Secret', name: 'db' } },
  },
  'embedded.yaml': {
    text: `apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\nstringData:\n  config.yaml: |\n    user: ${planted}\n    mode: x\n`,
    more: { control: 'config-known-keys', artefact: { kind: 'hangar-config' } },
  },
  'list.yaml': {
    text: `kind: List\nitems:\n- data:\n    a: ${encoded}\n  kind: "Secret"\n- kind: Pod\n  metadata: {}\n`,
    more: { artefact: { kind: 'kubernetes', objectKind: 'Pod' } },
  },
  'deployment.yaml': {
    text: `kind: Deployment\nspec:\n  env:\n    - name: DB_PASSWORD\n      value: ${planted}\n    - name: MODE\n      value: x\n  args: [--token, ${planted}]\n  url: redis://:${planted}@cache\n`,
    more: {},
  },
  'one-line.json': {
    text: `${JSON.stringify({ kind: 'Deployment', filler: 'x '.repeat(400), env: [{ name: 'DB_PASSWORD', value: planted }], more: 'y '.repeat(400) })}\n`,
    more: {},
  },
  'config.yaml': {
    text: `auth:\n  anything: ${planted}\n  other: 1\n`,
    more: { control: 'secrets-no-plaintext', artefact: { kind: 'hangar-config' } },
  },
  'path.yaml': {
    text: `auth:\n  ? secret\n  : ${planted}\n`,
    more: { path: 'auth.secret' },
  },
}

/** A finding at every place of the file, so that every line is quoted if any may be. */
const findings = Object.entries(files).flatMap(([file, { text, more }]) =>
  text.split('\n').flatMap((line, index) =>
    Array.from({ length: Math.ceil((line.length + 1) / 7) }, (_, step) => finding(file, index + 1, step * 7 + 1, 5, more))))

const run = report(findings, Object.keys(files).map(file => covered(file, {})))
const controls = new Map<string, ControlText>(findings.map(({ control }) => [control, { id: control, title: '', severity: 'low', remediation: '', items: [] }]))
const source = (file: string) => files[file].text

const formats: Record<string, (run: Report, out: Out) => void> = {
  text: (run, out) => writeText(run, controls, out, { colour: false, detail: 'all', width: 100, source }),
  'narrow text': (run, out) => writeText(run, controls, out, { colour: true, detail: 'all', width: 20, source }),
  compact: writeCompact,
  json: (run, out) => writeJson(run, controls, out),
  sarif: (run, out) => writeSarif(run, out, { known: knownOf(controls), pathOf: file => file }),
  'code-scanning': (run, out) => writeCodeScanning(run, out, { known: knownOf(controls), pathOf: file => file }),
  junit: (run, out) => writeJunit(run, out, { controls, failOn: 'deny', pathOf: file => file }),
  github: (run, out) => writeGithub({ ...run, findings: run.findings.filter(({ file }) => file === 'deployment.yaml') }, controls, out, file => file),
  gitlab: (run, out) => writeGitlab(run, out, file => file),
  markdown: (run, out) => writeMarkdown({ ...run, findings: run.findings.filter(({ file }) => file === 'deployment.yaml') }, controls, out),
}

test.each(Object.entries(formats))('%s tells no secret', (_, write) => {
  const text = written(out => write(run, out))
  expect(text).toContain('deployment.yaml')
  expect(text).not.toMatch(/Rosebud|1941/)
  expect(text).not.toContain(encoded)
})

test('what is no secret is quoted beside it', () => {
  const text = written(out => formats.text(run, out))
  expect(text).toContain('- name: DB_PASSWORD')
  expect(text).toContain('value: •••')
  expect(text).toContain('anything: •••')
})

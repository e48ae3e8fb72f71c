import { expect, test } from 'vitest'
import { bundleFolder, checklistsFolder } from '../../src/cli/bundle-folder.ts'
import { explain, explanation } from '../../src/cli/explain.ts'
import { UsageError } from '../../src/cli/usage.ts'
import { readKnown } from '../../src/policy/known.ts'
import { known } from './known.ts'

test('a control is explained in full', () => {
  expect(explanation(known, 'health-probes')).toBe(`\
health-probes  Probe *every* server

  Severity   high
  Lint       fails the run
  Admission  warns
  Judges     kubernetes, compose
  Profiles   production
  Since      0.1.0

Why
  A server that hangs is restarted. Silence counts.

Cases
  liveness: There is a liveness probe. (pod-security: probes)
  readiness: There is a readiness probe.

Undecidable
  Where a template, a variable or a patch of a kustomization decides, a control cannot tell: that is
  reported as undecidable and fails no run.

Not judged yet
  No reader knows systemd-unit, iac yet: nothing is found there, and no item is met by it.

Settings
  health.paths: Paths that probes may ask for.

What to do
  Add a \`livenessProbe\` and a \`readinessProbe\`.
  Can be automated: adds the probe

Checklist items
  bridge-001  \`/healthz\` endpoint <responding>
  bridge-002  Ready, a_b_c [readiness]

Example pods.yaml
  kind: Pod # finds health-probes/liveness
  ---
  kind: Pod
  clean: true

Example server.json
  {
    "healthcheck": "\`\`\`"
  }
  line 2: health-probes

See also
  CIS 1.2
  https://kubernetes.io/docs/
`)
})

test('a case is explained with the items that it decides', () => {
  const text = explanation(known, 'health-probes/liveness')
  expect(text).toMatch(/^health-probes\/liveness {2}Probe/)
  expect(text).toContain('liveness: There is a liveness probe.')
  expect(text).toContain('bridge-001')
  expect(text).not.toMatch(/readiness:|bridge-002/)
})

test('what compares objects is left to the audit', () => {
  expect(explanation(known, 'net-policy')).toBe(`\
net-policy  Cover each Pod

  Severity   low
  Lint       notes it
  Admission  does not judge it; the audit of the cluster reports it as deny
  Judges     kubernetes, compared with each other
  Since      0.1.0

Why
  Open by default.

What to do
  Add a NetworkPolicy.
`)
})

test.each([
  ['health-probe', 'no control health-probe; did you mean health-probes?'],
  ['probes', 'no control probes; did you mean health-probes?'],
  ['toString', 'no control toString; `mcp-policy controls` lists them'],
  ['health-probes/livenes', 'no case livenes of health-probes; did you mean liveness?'],
  ['health-probes/constructor', 'no case constructor of health-probes; it has liveness, readiness'],
  ['health-probes/liveness/x', 'no case liveness/x of health-probes; did you mean liveness?'],
  ['net-policy/x', 'no case x of net-policy; it has no cases'],
])('%s is a mistake that is answered', (name, message) => {
  expect(() => explanation(known, name)).toThrow(UsageError)
  expect(() => explanation(known, name)).toThrow(new RegExp(`^${message.replace('?', '\\?')}$`))
})

test('every control of the bundle has an explanation', () => {
  const { controls } = readKnown(bundleFolder(), checklistsFolder()).catalogue
  const parts: string[] = []
  expect(explain(controls.map(({ id }) => id), chunk => parts.push(chunk))).toBe(0)
  for (const { id, title } of controls) expect(parts.join('')).toContain(`${id}  ${title}\n`)
})

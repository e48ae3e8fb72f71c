import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readKnown } from '../../src/policy/known.ts'
import { reference } from '../../src/tasks/docs.ts'
import { policies } from '../../src/tasks/opa.ts'
import { known } from '../cli/known.ts'

test('a chapter says all that is known of a control', () => {
  const text = reference(known)
  expect(text.slice(text.indexOf('### health-probes'))).toBe(`\
### health-probes

**Probe \\*every\\* server.** Severity high; lint fails the run, admission warns. Judges \`kubernetes\`, \`compose\`. Only in the profiles production. May be undecidable. Since 0.1.0.

A server that hangs is restarted.
Silence counts.

**Cases**

- \`liveness\`: There is a liveness probe. (pod-security: probes)
- \`readiness\`: There is a readiness probe.

**Settings**

- \`health.paths\`: Paths that probes may ask for.

**What to do.** Add a \`livenessProbe\` and a \`readinessProbe\`.

Can be automated: adds the probe

**Not judged yet.** No reader knows systemd-unit, iac yet: nothing is found there, and no item is met by it.

**Checklist items**

- \`bridge-001\` \`/healthz\` endpoint \\<responding>
- \`bridge-002\` Ready, a\\_b\\_c (judged by \`readiness\`)

No checklist item asks for \`readiness\`.

Found in \`pods.yaml\`:

\`\`\`yaml
kind: Pod # finds health-probes/liveness
\`\`\`

Clean in \`pods.yaml\`:

\`\`\`yaml
kind: Pod
clean: true
\`\`\`

Found in \`server.json\` (line 2: health-probes):

\`\`\`\`json
{
  "healthcheck": "\`\`\`"
}
\`\`\`\`

See also: CIS 1.2, <https://kubernetes.io/docs/>
`)
})

test('the table of contents leads to areas and controls', () => {
  expect(reference(known)).toContain(`\
**[Network](#network)**

| control | requirement | severity | lint | admission |
| --- | --- | --- | --- | --- |
| [net-policy](#net-policy) | Cover each Pod | low | notes it | does not judge it |
`)
})

test.each([
  ['an item that no checklist has', { ...known, items: new Map() }, 'health-probes: there is no checklist item bridge-001'],
  ['an area that is not known', { ...known, catalogue: { ...known.catalogue, controls: [{ ...known.catalogue.controls[0], id: 'other-x' }] } }, 'other-x: src/tasks/areas.ts has no area other'],
])('%s is refused', (_, changed, message) => {
  expect(() => reference(changed)).toThrow(message)
})

test('the committed reference is that of the committed bundle', () => {
  expect(readFileSync(join(policies, 'CONTROLS.md'), 'utf8')).toBe(reference(readKnown(join(policies, 'bundle'), join(policies, 'checklists'))))
})

import type { Control } from '../../src/policy/catalogue.ts'
import type { Known } from '../../src/policy/known.ts'

const probes: Control = {
  id: 'health-probes',
  title: 'Probe *every* server',
  severity: 'high',
  admission: 'warn',
  artefacts: ['kubernetes', 'compose'],
  whole_set: false,
  cases: { liveness: 'There is a liveness probe.', readiness: 'There is a readiness probe.' },
  standard: { 'pod-security': { liveness: ['probes'] } },
  items: ['bridge-001', 'bridge-002'],
  instances: { 'bridge-002': ['readiness'] },
  remediation: 'Add a `livenessProbe` and a `readinessProbe`.',
  profiles: ['production'],
  since: '0.1.0',
}

const pairs: Control = {
  ...probes, id: 'net-policy', title: 'Cover each Pod', severity: 'low', admission: 'deny', artefacts: ['kubernetes'], whole_set: true,
  cases: {}, standard: {}, items: [], instances: {}, remediation: 'Add a NetworkPolicy.', profiles: [],
}

const family = (ids: string[]) => ({
  lint: { entrypoint: 'x', findings: ids, excused: [], undecided: ids },
  outcomes: { entrypoint: 'y', judged: ids, inapplicable: [] },
})

/** Two controls with all that a control can have. */
export const known: Known = {
  catalogue: { controls: [probes, pairs], families: { kubernetes: family(['health-probes']) }, entrypoints: {} },
  reference: {
    'health-probes': {
      description: 'A server that hangs is restarted.\nSilence counts.',
      related: ['https://kubernetes.io/docs/'],
      also: ['CIS 1.2'],
      fix: 'adds the probe',
      beyond: ['readiness'],
      unread: ['systemd-unit', 'iac'],
      settings: { 'health.paths': 'Paths that probes may ask for.' },
      examples: [
        { file: 'pods.yaml', text: 'kind: Pod # finds health-probes/liveness\n---\nkind: Pod\nclean: true\n', finds: [] },
        { file: 'server.json', text: '{\n  "healthcheck": "```"\n}\n', finds: ['line 2: health-probes'] },
      ],
    },
    'net-policy': { description: 'Open by default.', related: [], also: [], fix: '', beyond: [], unread: [], settings: {}, examples: [] },
  },
  items: new Map([
    ['bridge-001', { id: 'bridge-001', source: 'bridge', line: 1, section: 'Health', text: '`/healthz` endpoint <responding>', kind: 'checkbox' }],
    ['bridge-002', { id: 'bridge-002', source: 'bridge', line: 2, section: 'Health', text: 'Ready, a_b_c', kind: 'checkbox' }],
  ]),
}

import { join } from 'node:path'
import fc, { type Arbitrary } from 'fast-check'
import { expect, test } from 'vitest'
import type { Json } from '../../src/artefact/document.ts'
import type { JsonMap } from '../../src/artefact/json.ts'
import { batchText, inputText } from '../../src/input/text.ts'
import { engineOf, loadBundle } from '../../src/policy/bundle.ts'
import { judge, type Judgement } from '../../src/policy/judge.ts'
import { root } from '../../src/tasks/opa.ts'
import { projected } from '../input/objects.ts'

const bundle = loadBundle(join(root, 'policies', 'bundle'))
const engine = engineOf(bundle)

/** What a file can hold where Kubernetes asks for something else. */
const odd: Arbitrary<Json> = fc.constantFrom<Json[]>(
  null, true, false, 0, -1, 1.5, 10n ** 30n, '', 'x', 'Unconfined', 'Localhost', 'ALL', 'windows', 'localhost', '{{ x }}', '${X}', [], {}, ['ALL', null, {}], { a: 1 },
)
const orOdd = (arbitrary: Arbitrary<Json>): Arbitrary<Json> => fc.oneof({ weight: 4, arbitrary }, { weight: 1, arbitrary: odd })
const some = (fields: Record<string, Arbitrary<Json>>): Arbitrary<Json> => orOdd(fc.record(fields, { requiredKeys: [] }) as Arbitrary<Json>)
const list = (item: Arbitrary<Json>): Arbitrary<Json> => orOdd(fc.array(item, { maxLength: 3 }))

const context = some({
  privileged: odd, runAsNonRoot: odd, runAsUser: odd, allowPrivilegeEscalation: odd, procMount: odd,
  capabilities: some({ add: list(odd), drop: list(odd) }), seccompProfile: some({ type: odd, localhostProfile: odd }),
  appArmorProfile: some({ type: odd }), seLinuxOptions: some({ type: odd, user: odd, role: odd }),
  windowsOptions: some({ hostProcess: odd, runAsUserName: odd }), sysctls: list(some({ name: odd })),
})
const probe = some({ httpGet: some({ host: odd }), tcpSocket: some({ host: odd }) })
const containers = list(some({
  name: odd, image: odd, securityContext: context, ports: list(some({ hostPort: odd, containerPort: odd })), livenessProbe: probe,
  lifecycle: some({ preStop: probe }), volumeMounts: list(some({ name: odd, readOnly: odd })), env: list(some({ name: odd, value: odd })),
}))
const spec = fc.record({
  containers, initContainers: containers, ephemeralContainers: containers, securityContext: context,
  hostNetwork: odd, hostPID: odd, hostIPC: odd, hostUsers: odd, shareProcessNamespace: odd, os: some({ name: odd }), nodeSelector: odd,
  volumes: list(some({ name: odd, hostPath: some({ path: odd }), nfs: odd, emptyDir: odd })),
}, { requiredKeys: [] }) as Arbitrary<JsonMap>

const objects: Record<string, (spec: JsonMap) => Json> = {
  Pod: spec => ({ apiVersion: 'v1', kind: 'Pod', spec }),
  DaemonSet: spec => ({ apiVersion: 'apps/v1', kind: 'DaemonSet', spec: { template: { metadata: { annotations: { 'mcp-policy.io/host-access': 'x' } }, spec } } }),
  'an MCPServer of Hangar': spec => ({ apiVersion: 'mcp-hangar.io/v1alpha2', kind: 'MCPServer', spec: { ...spec, mode: 'container' } }),
  'an MCPServer of ToolHive': spec => ({
    apiVersion: 'toolhive.stacklok.dev/v1beta1', kind: 'MCPServer',
    spec: { podTemplateSpec: { spec }, volumes: spec.volumes ?? null, env: spec.containers ?? null, secrets: spec.volumes ?? null },
  }),
}

test.each(Object.entries(objects))('%s of any shape is judged, and every answer has its place', (_, make) => {
  fc.assert(fc.property(spec, fc.constantFrom(18, 30, 34, 37), (given, minor) => {
    const { fields, source } = projected(make(given))
    const { answers, failed } = judged({ ...fields, pod_security_minor: minor, component: 'log-agent' })
    expect(failed).toEqual([])
    for (const { findings, excused, undecided } of answers.values()) {
      for (const { message, path } of [...findings, ...excused]) expect([message.length > 0, source(path).path.length > 0]).toEqual([true, true])
      for (const { reason, path } of undecided) expect([reason.length > 0, path !== undefined && source(path).path.length > 0]).toEqual([true, true])
    }
  }), { numRuns: 300, seed: 1 })
})

test('a container without a name loses no finding', () => {
  fc.assert(fc.property(spec, given => {
    const named = withNames(given, index => ({ name: `c${index}` }))
    const unnamed = withNames(given, () => ({}))
    expect(places(unnamed)).toEqual(places(named))
  }), { numRuns: 300, seed: 1 })
})

function judged(fields: Record<string, unknown>): Judgement {
  return judge(engine, bundle.catalogue, 'kubernetes', batchText([inputText(fields)]), 'outcomes')
}

function withNames(spec: JsonMap, name: (index: number) => JsonMap): JsonMap {
  const renamed = { ...spec }
  for (const list of ['containers', 'initContainers', 'ephemeralContainers']) {
    const containers = spec[list]
    if (!Array.isArray(containers)) continue
    renamed[list] = containers.map((container, index) => {
      if (typeof container !== 'object' || container === null || Array.isArray(container)) return container
      const { name: _, ...rest } = container
      return { ...rest, ...name(index) }
    })
  }
  return renamed
}

function places(spec: JsonMap): string[] {
  const controls = [...judged(projected(objects.Pod(spec)).fields).answers].filter(([control]) => control.startsWith('workload-'))
  return controls.flatMap(([control, { findings }]) => findings.map(({ case: part, path }) => `${control}/${part} ${path.join('.')}`)).sort()
}

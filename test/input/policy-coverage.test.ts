import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inventoryOf } from '../../src/input/inventory.ts'
import { object, server, tablesOf, type Map } from './set-objects.ts'

const policy = (spec: Map, metadata: Map = {}) => object('networking.k8s.io/v1', 'NetworkPolicy', 'p', spec, metadata)
const cilium = (spec: Map, kind = 'CiliumNetworkPolicy') => object('cilium.io/v2', kind, 'p', spec)
const network = (...objects: Parameters<typeof tablesOf>[0]) => tablesOf([server('web', { namespace: 'a', labels: { app: 'web', tier: 'x' } }), ...objects]).workloads[0].network
const [none, both] = [{ ingress: false, egress: false }, { ingress: true, egress: true }]
const ingress = { ingress: true, egress: false }
const egress = { ingress: false, egress: true }

test.each<[string, Map, unknown]>([
  ['no types', { podSelector: {} }, ingress],
  ['no selector', {}, ingress],
  ['empty types', { podSelector: {}, policyTypes: [] }, ingress],
  ['no types and an egress rule', { podSelector: {}, egress: [{}] }, both],
  ['no types and no egress rules', { podSelector: {}, egress: [] }, ingress],
  ['Egress', { podSelector: {}, policyTypes: ['Egress'] }, egress],
  ['both', { podSelector: { matchLabels: {} }, policyTypes: ['Ingress', 'Egress'] }, both],
  ['an expression', { podSelector: { matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['y'] }] } }, ingress],
  ['another label', { podSelector: { matchLabels: { app: 'db' } } }, none],
])('a policy with %s', (_, spec, expected) => {
  expect(network(policy(spec, { namespace: 'a' }))).toEqual(expected)
})

test('only policies of the namespace count, and unnamed ones', () => {
  expect(network(policy({}, { namespace: 'b' }))).toEqual(none)
  expect(network(policy({}))).toEqual(ingress)
  expect(network(policy({}, { namespace: 'kube-system' }))).toEqual(none)
})

test('two policies may share the work', () => {
  expect(network(policy({}), policy({ policyTypes: ['Egress'] }))).toEqual(both)
})

test.each<[string, Map, unknown]>([
  ['a section', { endpointSelector: { matchLabels: { app: 'web' } }, ingress: [{}] }, ingress],
  ['sources of labels', { endpointSelector: { matchLabels: { 'k8s:app': 'web', 'any:tier': 'x' } }, egress: [{ toEntities: ['world'] }] }, egress],
  ['rules that deny', { endpointSelector: {}, egressDeny: [{ toEntities: ['world'] }] }, egress],
  ['empty sections', { endpointSelector: {}, ingress: [], egress: [] }, none],
  ['no default deny', { endpointSelector: {}, ingress: [{}], enableDefaultDeny: { ingress: false } }, none],
  ['nodes', { nodeSelector: {}, ingress: [{}] }, none],
])('Cilium: %s', (_, spec, expected) => {
  expect(network(cilium(spec))).toEqual(expected)
})

test('Cilium across the cluster, of one namespace or of all, and in several parts', () => {
  const wide = (labels: Map) => cilium({ endpointSelector: { matchLabels: labels }, ingress: [{}] }, 'CiliumClusterwideNetworkPolicy')
  expect(network(wide({}))).toEqual(ingress)
  expect(network(wide({ 'k8s:io.kubernetes.pod.namespace': 'a' }))).toEqual(ingress)
  expect(network(wide({ 'io.kubernetes.pod.namespace': 'b' }))).toEqual(none)
  expect(network(wide({ 'io.cilium.k8s.policy.serviceaccount': 'web' }))).toEqual({ ...none, unknown: 'a label that Cilium gives pods' })
  const parts = { value: { apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { name: 'p' }, specs: [{ endpointSelector: {}, ingress: [{}] }, { endpointSelector: {}, egress: [{}] }] } }
  expect(network(parts)).toEqual(both)
})

test('what is not known may close more', () => {
  const unresolved = { unresolved: 'a template' }
  expect(network(policy({ podSelector: { matchLabels: { app: unresolved } } }, { namespace: 'a' }))).toEqual({ ...none, unknown: 'a template' })
  expect(network(policy({ podSelector: { matchLabels: { app: unresolved } } }, { namespace: 'b' }))).toEqual(none)
  expect(network(policy({ policyTypes: [unresolved] }))).toMatchObject({ unknown: 'policyTypes of p is not known' })
  expect(tablesOf([server('web', { labels: { app: unresolved } })]).workloads[0].network).toEqual({ ...none, unknown: 'a template' })
  for (const [apiVersion, kind] of [['projectcalico.org/v3', 'NetworkPolicy'], ['crd.projectcalico.org/v1', 'GlobalNetworkPolicy'], ['policy.networking.k8s.io/v1alpha1', 'AdminNetworkPolicy']]) {
    expect(network(object(apiVersion, kind, 'p', { selector: 'all()' }))).toEqual({ ...none, unknown: `${kind} p (${apiVersion}) is not worked out` })
  }
})

test('servers of an operator', () => {
  const mcpServer = (apiVersion: string, spec: Map, pod: unknown) => ({ value: { apiVersion, kind: 'MCPServer', metadata: { name: 's', namespace: 'a' }, spec, pod } })
  const pod = { containers: [{ name: 'provider' }] }
  const hangar = (spec: Map, ...more: Parameters<typeof tablesOf>[0]) => tablesOf([mcpServer('mcp-hangar.io/v1alpha2', spec, pod), ...more]).workloads[0]
  expect(hangar({})).toMatchObject({ operator: 'mcp-hangar', network: none })
  expect(hangar({})).not.toHaveProperty('operator_egress')
  expect(hangar({ capabilities: { network: { egress: [] } } })).toMatchObject({ operator_egress: true })
  expect(hangar({}, object('v1', 'Namespace', 'a', {}, { labels: { 'mcp-hangar.io/enforce-egress': 'true' } }))).toMatchObject({ operator_egress: true })
  expect(hangar({}, policy({ podSelector: { matchLabels: { 'mcp-hangar.io/provider': 's' } } }))).toMatchObject({ network: ingress })
  expect(tablesOf([mcpServer('mcp-hangar.io/v1alpha2', { mode: 'remote' }, undefined)]).workloads[0]).toMatchObject({ remote: true })
  expect(tablesOf([mcpServer('toolhive.stacklok.dev/v1alpha1', {}, pod)]).workloads[0]).toMatchObject({ operator: 'toolhive' })
})

test('labels that controllers give', () => {
  const set = (labels: Map) => tablesOf([server('db', {}, 'StatefulSet'), server('web'), policy({ podSelector: { matchLabels: labels } })]).workloads.map(row => row.network?.ingress)
  expect(set({ 'statefulset.kubernetes.io/pod-name': 'db-0' })).toEqual([true, false])
  expect(set({ 'statefulset.kubernetes.io/pod-name': 'web-0' })).toEqual([false, false])
  expect(set({ app: 'web', 'pod-template-hash': '5c9' })).toEqual([false, true])
  expect(tablesOf([server('web'), policy({ podSelector: { matchLabels: { 'pod-template-hash': '5c9' } } })]).workloads[0].network).toMatchObject({ unknown: 'a label that a controller gives its pods' })
})

test('what policies say of themselves to controls of one object', () => {
  const facts = (objects: Parameters<typeof tablesOf>[0], whole = true) => inventoryOf(objects, { whole, systemNamespaces: [], injected: [] }).facts[0].policy
  const balancer = (targetPort: unknown, more: Map = {}) => object('v1', 'Service', 's', { type: 'LoadBalancer', selector: { app: 'web' }, ports: [{ port: 443, targetPort }, { port: 9090 }], ...more }, { namespace: 'a' })
  const open = policy({ podSelector: { matchLabels: { app: 'web' } } }, { namespace: 'a' })
  const web = server('web', { namespace: 'a', container: { ports: [{ name: 'tls', containerPort: 8443 }] } })
  expect(facts([open])).toEqual({ selects: [], public_ports: [], whole: true })
  expect(facts([open, web, balancer('tls')], false)).toEqual({ selects: ['mcp-server'], public_ports: ['tls', 8443], whole: false })
  expect(facts([open, web, balancer(8443, { type: 'ClusterIP' })])).toEqual({ selects: ['mcp-server'], public_ports: [], whole: true })
  expect(facts([policy({}, { namespace: 'a' }), web, server('shop', { namespace: 'a', container: { image: 'acme/shop:1' } })])?.selects).toEqual(['mcp-server', 'other'])
  expect(inventoryOf([object('projectcalico.org/v3', 'NetworkPolicy', 'p')], { whole: true, systemNamespaces: [], injected: [] }).facts[0]).not.toHaveProperty('policy')
})

const labels = fc.dictionary(fc.constantFrom('app', 'tier'), fc.constantFrom('a', 'b'), { noNullPrototype: true })
const namespace = fc.constantFrom(undefined, 'one', 'two')
const rule = fc.record({ namespace, labels, types: fc.constantFrom(undefined, [], ['Ingress'], ['Egress'], ['Ingress', 'Egress']), egress: fc.constantFrom(undefined, [], [{}]) })

test('coverage is what looking at each pair finds', () => {
  fc.assert(fc.property(fc.array(fc.record({ namespace, labels }), { maxLength: 8 }), fc.array(rule, { maxLength: 8 }), (pods, rules) => {
    const set = [
      ...pods.map((pod, index) => server(`s${index}`, pod.namespace === undefined ? { labels: pod.labels } : pod)),
      ...rules.map(({ namespace: of, labels: matchLabels, types: policyTypes, egress: written }) =>
        policy({ podSelector: { matchLabels }, policyTypes, egress: written }, of === undefined ? {} : { namespace: of })),
    ]
    const slow = pods.map(pod => {
      const own = rules.filter(each => (each.namespace === undefined || pod.namespace === undefined || each.namespace === pod.namespace)
        && Object.entries(each.labels).every(([key, value]) => pod.labels[key] === value))
      const untyped = (each: (typeof rules)[number]) => each.types === undefined || each.types.length === 0
      return {
        ingress: own.some(each => untyped(each) || each.types?.some(type => type === 'Ingress')),
        egress: own.some(each => (untyped(each) ? (each.egress?.length ?? 0) > 0 : each.types?.some(type => type === 'Egress'))),
      }
    })
    expect(tablesOf(set).workloads.map(row => row.network)).toEqual(slow)
  }), { numRuns: 500 })
})

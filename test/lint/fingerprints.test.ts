import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import type { Report } from '../../src/report/report.ts'
import { filesUnder, lintText } from '../lint-files.ts'

/** What a baseline would hold of a report, in no order. */
const fingerprints = ({ findings }: Report): string[] =>
  findings.filter(({ outcome, control }) => outcome === 'violated' && control !== 'input-not-evaluated').map(({ control, fingerprint }) => `${control} ${fingerprint}`).sort()

type Plain = null | boolean | number | string | Plain[] | { [key: string]: Plain }

const name = fc.constantFrom('gateway', 'search', 'notes', 'files', 'weather')
const image = fc.constantFrom('registry.example/mcp-gateway', 'registry.example/search:latest', 'registry.example/notes:1.2.3')
const container = fc.record({
  name, image,
  args: fc.subarray(['--debug', '--listen=0.0.0.0', '--allow-all']),
  securityContext: fc.record({ privileged: fc.constantFrom('on', true, false), capabilities: fc.record({ add: fc.subarray(['SYS_ADMIN', 'NET_ADMIN', 'CHOWN']) }) }, { requiredKeys: [] }),
  ports: fc.uniqueArray(fc.record({ containerPort: fc.constantFrom(80, 8080, 9090), hostPort: fc.constantFrom(80, 8080) }), { selector: ({ containerPort }) => containerPort, maxLength: 3 }),
}, { requiredKeys: ['name', 'image'] })
/** Of two containers that could be the program of a pod the first one is: their order says something. */
const containers = fc.uniqueArray(container, { selector: one => one.name, minLength: 1, maxLength: 3 }).map(list => {
  const program = list.find(one => one.image.includes('mcp'))
  return list.map(one => (one.image.includes('mcp') && one !== program ? { ...one, image: 'registry.example/notes:1.2.3' } : one))
})
const podSpec = fc.record({
  containers,
  hostNetwork: fc.boolean(),
  volumes: fc.uniqueArray(fc.record({ name: fc.constantFrom('a', 'b', 'c'), hostPath: fc.record({ path: fc.constantFrom('/', '/var/run/docker.sock') }) }), { selector: one => one.name, maxLength: 3 }),
}, { requiredKeys: ['containers'] })
const pod = fc.record({ name, spec: podSpec }).map(({ name, spec }): Plain => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec }) as Plain)
const deployment = fc.record({ name, replicas: fc.constantFrom(1, 3), spec: podSpec }).map(({ name, replicas, spec }): Plain => ({
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, labels: { app: name } },
  spec: { replicas, selector: { matchLabels: { app: name } }, template: { metadata: { labels: { app: name } }, spec } },
}) as Plain)
const objects = fc.uniqueArray(fc.oneof(pod, deployment), { selector: object => JSON.stringify([(object as any).kind, (object as any).metadata.name]), minLength: 1, maxLength: 4 })

/** The same value with the keys of its maps, and items of its lists where their order says nothing, in another order. */
function shuffled(value: Plain, order: () => number): Plain {
  const mixed = <T>(list: T[]): T[] => list.map(one => ({ one, at: order() })).sort((a, b) => a.at - b.at).map(({ one }) => one)
  if (Array.isArray(value)) return mixed(value.map(item => shuffled(item, order)))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(mixed(Object.entries(value)).map(([key, inner]) => [key, shuffled(inner, order)]))
}

const form = fc.record({ indent: fc.constantFrom(2, 4, 7), flow: fc.boolean(), remarks: fc.nat(5) })
type Form = { indent: number; flow: boolean; remarks: number }

function yamlOf(documents: Plain[], { indent, flow, remarks }: Form): string {
  // kubectl takes a text that begins with a brace for JSON.
  const written = (one: Plain) => flow
    ? Object.entries(one as object).map(([key, value]) => `${key}: ${stringify(value, { collectionStyle: 'flow', lineWidth: 40 }).trim().replaceAll('\n', '\n  ')}\n`).join('')
    : stringify(one, { indent, lineWidth: 40 })
  return documents.map(one => `${'# a remark\n'.repeat(remarks)}${written(one)}`).join('--- # next\n')
}

const random = fc.infiniteStream(fc.nat()).map(stream => () => stream.next().value as number)

describe('the fingerprints of a file stay', () => {
  test('when Kubernetes objects, their lists and keys change places, are written otherwise, and the file gets another name', () => {
    fc.assert(fc.property(objects, form, form, random, (documents, before, after, order) => {
      const was = lintText('deploy/all.yaml', yamlOf(documents, before))
      const is = lintText('moved/other.yaml', yamlOf(shuffled(documents, order) as Plain[], after))
      expect(fingerprints(is)).toEqual(fingerprints(was))
      expect(was.findings.length).toBeGreaterThan(0)
    }), { numRuns: 60 })
  })

  test('when services of a Compose file and their lists change places', () => {
    const service = fc.record({
      image, privileged: fc.boolean(), ports: fc.subarray(['6379:6379', '8080:8080', '127.0.0.1:90:90']), volumes: fc.subarray(['/var/run/docker.sock:/s', '/:/host', 'data:/data']),
      environment: fc.subarray(['API_TOKEN=sk-1234567890abcdef', 'LOG_LEVEL=info']),
    }, { requiredKeys: ['image'] })
    fc.assert(fc.property(fc.dictionary(name, service, { minKeys: 1 }), form, form, random, (services, before, after, order) => {
      const value: Plain = { services: services as Plain }
      expect(fingerprints(lintText('compose.yaml', yamlOf([shuffled(value, order)], after)))).toEqual(fingerprints(lintText('compose.yaml', yamlOf([value], before))))
    }), { numRuns: 40 })
  })

  test('when lines and stages come between those of a Dockerfile', () => {
    const before = 'FROM python AS build\nUSER root\nRUN make\nFROM node\nCOPY --from=build /a /a\nUSER 0\nHEALTHCHECK NONE\n'
    const after = '# syntax=docker/dockerfile:1\nFROM alpine:3.20 AS tools\nUSER 1000\nFROM python AS build\nRUN true\nUSER root\nRUN make all\nFROM node\nENV A=b\nCOPY --from=build /a /a\nRUN x\nUSER root\nHEALTHCHECK  NONE\n'
    const ours = (text: string) => lintText('Dockerfile', text).findings.filter(({ message }) => !message.includes('alpine') && !message.includes('tools'))
    const was = ours(before)
    expect(was.length).toBeGreaterThan(1)
    const of = (findings: Report['findings']) => findings.map(({ control, fingerprint }) => `${control} ${fingerprint}`).sort()
    expect(of(ours(after))).toEqual(of(was))
  })

  const examples = filesUnder(join(import.meta.dirname, '..', 'examples')).filter(file => /\.ya?ml$/.test(file))
  test.each(examples)('when lines move in %s', file => {
    const text = readFileSync(file, 'utf8')
    const moved = text.charCodeAt(0) === 0xfeff ? text : `# one\n# two\n${text.replaceAll(/\n(?=---[ \t]*\n)/g, '\n\n# more\n')}`
    expect(fingerprints(lintText(file, moved))).toEqual(fingerprints(lintText(file, text)))
  })
})

test('a fault more is a fingerprint more, whatever the rest does', () => {
  const faulty = (spec: { [key: string]: Plain }): Plain => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'more' }, spec: { containers: [{ name: 'c', image: 'registry.example/c' }], ...spec } })
  fc.assert(fc.property(objects, form, random, (documents, after, order) => {
    const was = lintText('a.yaml', yamlOf([...documents, faulty({})], after))
    const is = lintText('a.yaml', yamlOf(shuffled([...documents, faulty({ hostNetwork: true, volumes: [{ name: 'v', hostPath: { path: '/' } }] })], order) as Plain[], after))
    const rest = fingerprints(was)
    const more = fingerprints(is).filter(one => {
      const at = rest.indexOf(one)
      if (at >= 0) rest.splice(at, 1)
      return at < 0
    })
    expect(more.length).toBeGreaterThanOrEqual(2)
    expect(rest).toEqual([])
  }), { numRuns: 30 })
})

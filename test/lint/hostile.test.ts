import { describe, expect, test } from 'vitest'
import { defaultLimits } from '../../src/artefact/artefact.ts'
import { defaultInputLimits } from '../../src/input/limit.ts'
import { lintText } from '../lint-files.ts'

const pod = (spec: object) => JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec })
const privileged = { name: 'c', image: 'r.example/c:1.0', securityContext: { privileged: true } }
const controls = (text: string | Uint8Array, name = 'pod.yaml') =>
  [...new Set(lintText(name, text).findings.filter(({ outcome }) => outcome === 'violated').map(({ control }) => control))].sort()

/** Of each pair either text takes the hash from where the last pair left it to the same number, so all ways through them collide. */
const collidingPairs = [['01vl8', '0ipd6'], ['04pvu', '0b3ea'], ['05rnw', '0mpba'], ...Array<string[]>(11).fill(['07rnw', '0opba'])]

function collidingKeys(count: number): string[] {
  let keys = ['']
  for (const pair of collidingPairs) keys = keys.flatMap(key => pair.map(part => key + part))
  return keys.slice(0, count)
}

/** FNV-1 of 32 bits, which the engine's objects and sets use without a seed: 16,384 such keys cost it seconds, 2,000 cost 50 ms. */
function hashOfEngine(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 0x01000193) ^ text.charCodeAt(at)) >>> 0
  return hash
}

describe('what would stop a careless linter', () => {
  test('keys named as parts of every JavaScript object are data', () => {
    const text = pod({ containers: [{ ...privileged, __proto__: undefined }], nodeSelector: {} })
      .replace('"nodeSelector":{}', '"nodeSelector":{"__proto__":"x","constructor":"y","toString":"z","hasOwnProperty":"w"}')
    expect(controls(text)).toContain('workload-no-privileged')
    expect(controls('apiVersion: v1\nkind: Pod\n__proto__: {kind: ConfigMap}\nspec: {containers: [{name: c, securityContext: {__proto__: {privileged: false}, privileged: true}}]}\n'))
      .toContain('workload-no-privileged')
  })

  test('the last of ten thousand containers is judged, or all of them are over the limit; none passes in silence', () => {
    const containers = Array.from({ length: 10_000 }, (_, index) => ({ name: `c${index}` })) as object[]
    containers.push(privileged)
    const said = controls(pod({ containers }))
    expect(said.includes('workload-no-privileged') || said.includes('input-over-limit')).toBe(true)
  })

  test('a string of a megabyte is read', () => {
    expect(controls(pod({ containers: [{ ...privileged, command: ['x'.repeat(1_000_000)] }] }))).toContain('workload-no-privileged')
  })

  test('nesting over the limit is reported as such', () => {
    const deep = `apiVersion: v1\nkind: ConfigMap\na: ${'['.repeat(100_000)}${']'.repeat(100_000)}\n`
    expect(controls(deep)).toEqual(['input-over-limit'])
  })

  test('a bomb of aliases is reported as such', () => {
    const levels = Array.from({ length: 9 }, (_, level) => `l${level}: &l${level} [${Array(9).fill(level === 0 ? 'x' : `*l${level - 1}`).join(', ')}]`)
    expect(controls(`apiVersion: v1\nkind: ConfigMap\n${levels.join('\n')}\n`)).toEqual(['input-over-limit'])
  })

  test('keys that collide in the hash of the engine are judged up to the limit on keys, and over the limit beyond it', () => {
    const labelled = (count: number) => {
      const keys = collidingKeys(count)
      expect(new Set(keys).size).toBe(count)
      expect(new Set(keys.map(hashOfEngine)).size).toBe(1)
      const labels = Object.fromEntries(keys.map(key => [key, 'v']))
      return JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', labels }, spec: { containers: [privileged] } })
    }
    expect(controls(labelled(2000))).toContain('workload-no-privileged')
    expect(controls(labelled(16_384))).toEqual(['input-over-limit'])
  })

  test('a file over the limit on size is not read, and said so', () => {
    const { findings } = lintText('pod.yaml', pod({ containers: [privileged] }), {})
    expect(findings.map(({ control }) => control)).toContain('workload-no-privileged')
    const limits = { ...defaultLimits, input: { ...defaultInputLimits, size: 64 } }
    expect(lintText('pod.yaml', pod({ containers: [privileged] }), { limits }).findings.map(({ control }) => control)).toEqual(['input-over-limit'])
  })

  test.each([
    ['NUL characters', 'apiVersion: v1\nkind: Pod\u0000\n'],
    ['half of a UTF-16 file', Buffer.from('\uFEFFapiVersion: v1\nkind: Pod\n', 'utf16le').subarray(0, 31)],
    ['an unfinished quoted string', 'apiVersion: v1\nkind: "Pod\n'],
  ])('%s are an input that was not evaluated', (_, bytes) => {
    expect(controls(bytes)).toEqual(['input-not-evaluated'])
  })

  test('a lone surrogate reaches the engine as the replacement character', () => {
    expect(controls('{"apiVersion":"v1","kind":"Pod","metadata":{"name":"\\ud800"},"spec":{"containers":[{"name":"c","securityContext":{"privileged":true}}]}}'))
      .toContain('workload-no-privileged')
  })

  test('an integer beyond 2^53 keeps its digits on the way to the controls', () => {
    expect(controls('apiVersion: v1\nkind: Pod\nspec: {terminationGracePeriodSeconds: 9007199254740993, containers: [{name: c, securityContext: {privileged: true}}]}\n'))
      .toContain('workload-no-privileged')
  })

  test('in CI what was not read denies', () => {
    const broken = 'apiVersion: v1\nkind: "Pod\n'
    const enforcement = (failOnUncovered: boolean) => lintText('pod.yaml', broken, { failOnUncovered }).findings.map(finding => finding.enforcement)
    expect(enforcement(false)).toEqual(['warn'])
    expect(enforcement(true)).toEqual(['deny'])
  })
})

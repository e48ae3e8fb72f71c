import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { defaultLimits } from '../../src/artefact/artefact.ts'
import { readFile } from '../../src/artefact/read.ts'
import { unaccounted } from '../../src/tasks/accounted.ts'
import { outline, reading, textAt } from './reading.ts'

const pod = 'apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: {hostNetwork: true}\n'
const nothing = { lost: '', silent: [] }
const json = '{"apiVersion": "v1", "kind": "Pod", "spec": {"hostNetwork": true}}'

describe('where other linters lose a document, this one reads it', () => {
  test.each([
    ['a separator with a comment', `${pod}--- # note\n${pod}`, 2],
    ['a separator with blanks', `${pod}---  \t\n${pod}`, 2],
    ['a separator after CRLF', `${pod}---\r\n${pod}`.replaceAll(/(?<!\r)\n/g, '\r\n'), 2],
    ['no line break at the end', `${pod}---\n${pod.trimEnd()}`, 2],
    ['bare carriage returns', pod.replaceAll('\n', '\r'), 1],
    ['a byte order mark', `\ufeff${pod}`, 1],
    ['a byte order mark at a later document', `${pod}---\n\ufeff${pod}`, 2],
    ['a template in a comment', `# {{ .Values.x }}\n${pod}`, 1],
    ['a template in a text', `${pod}  \n---\n${pod.replace('{name: x}', '{name: "{{ x }}"}')}`, 2],
    ['flow style', json.replaceAll('"', '').replace('{', '{ # c\n'), 0],
    ['keys in quotes', '"apiVersion": v1\n\'kind\': Pod\n', 1],
    ['an escaped key', '"\\x6bind": Pod\napiVersion: v1\n', 1],
    ['an explicit key', '? kind\n: Pod\n? apiVersion\n: v1\n', 1],
    ['a duplicate kind, of which the last counts', 'apiVersion: v1\nkind: Service\nkind: Pod\n', 1],
    ['an alias', 'apiVersion: v1\nkind: &k Pod\nmetadata: {name: *k}\n', 1],
    ['a merge key', 'x: &x {kind: Pod, apiVersion: v1}\n<<: *x\n', 1],
    ['empty documents', `---\n---\n# only this\n---\n${pod}---\n`, 1],
    ['a long line', `${pod}# ${'x'.repeat(1_000_000)}\n---\n${pod}`, 2],
  ])('%s', (_, text, objects) => {
    const file = reading('a.yaml', text)
    const pods = file.artefacts.filter(({ value }) => (value as { kind: string }).kind === 'Pod')
    // What kubectl does not read is said to be unread.
    expect([pods.length, file.uncovered.length]).toEqual([objects, objects === 0 ? 1 : 0])
    expect(unaccounted(file)).toEqual(nothing)
  })

  test.each([
    ['UTF-16, little end first', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(pod, 'utf16le')])],
    ['UTF-16, big end first', Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(pod, 'utf16le').swap16()])],
  ])('%s', (_, bytes) => {
    const file = reading('a.yaml', bytes)
    expect(outline(file)).toEqual({ kinds: ['kubernetes'], reasons: [] })
    const { value } = file.artefacts[0].locate(['spec', 'hostNetwork'])
    expect(file.byteOffset(value.start)).toBe(bytes.indexOf(Buffer.from('true', bytes[0] === 0xff ? 'utf16le' : 'latin1').subarray(0, 1), 2 * pod.indexOf('true')) - (bytes[0] === 0xff ? 0 : 1))
  })

  test('a broken document hides none of the others', () => {
    const file = reading('a.yaml', `${pod}---\na: [\n---\n${pod}---\n{{ if x }}\n---\n${pod}`)
    expect(file.artefacts.map(({ document }) => document)).toEqual([0, 2, 4])
    expect(file.uncovered).toMatchObject([{ document: 1, reason: 'syntax' }, { document: 3, reason: 'template' }])
  })

  test.each([
    ['templates/pod.yaml', /^render the chart \(helm template\)/],
    ['pod.yaml', /helm template, kustomize build/],
  ])('a template in %s has a hint', (path, hint) => {
    expect(reading(path, '{{- if x }}\n' + pod).uncovered).toMatchObject([{ reason: 'template', hint: expect.stringMatching(hint) }])
  })
})

describe('each program reads its own file in its own way', () => {
  test('what kubectl takes for a truth and Compose for a text', () => {
    const [compose] = reading('compose.yaml', 'services:\n  a:\n    image: x\n    labels: {a: yes, b: on}\n').artefacts
    expect(compose.value).toEqual({ services: { a: { image: 'x', labels: { a: 'yes', b: 'on' } } } })
    const [object] = reading('a.yaml', 'apiVersion: v1\nkind: Pod\nmetadata: {labels: {a: yes}}\n').artefacts
    expect(object.value).toMatchObject({ metadata: { labels: { a: true } } })
    const [hangar] = reading('a.yaml', 'mcp_servers: {a: {mode: docker, read_only: yes}}\n').artefacts
    expect(hangar.value).toMatchObject({ mcp_servers: { a: { read_only: true } } })
  })

  test('what Compose refuses is not read in another way', () => {
    const file = reading('compose.yaml', 'services:\n  a:\n    image: x\n    image: y\n')
    expect(file).toMatchObject({ artefacts: [], uncovered: [{ reason: 'syntax', kind: 'compose' }] })
  })

  test('what kubectl refuses is read where it is for another program', () => {
    expect(outline(reading('compose.yaml', '%YAML 1.1\n---\nservices:\n  a:\n    image: x\n'))).toEqual({ kinds: ['compose'], reasons: [] })
    expect(outline(reading('a.yaml', '%YAML 1.1\n---\napiVersion: v1\nkind: Pod\n'))).toEqual({ kinds: ['kubernetes'], reasons: ['syntax'] })
  })

  test('the tags of Compose are known', () => {
    const file = reading('compose.yaml', 'services:\n  a:\n    image: x\n    ports: !reset []\n')
    expect(file.artefacts[0].tagAt!(['services', 'a', 'ports'])).toBe('!reset')
  })
})

describe('a file whose name tells nothing', () => {
  test.each([
    ['/dev/fd/63', pod, ['kubernetes'], []],
    ['notes.txt', json, ['kubernetes'], []],
    ['build', '# syntax=docker/dockerfile:1\n\nFROM a\nUSER b\n', ['dockerfile'], []],
    ['settings', 'A=b\n# c\nexport D=e\n', ['env-file'], []],
    ['notes', 'From here on\nall is text: [\n', [], ['syntax']],
    ['letter', 'Dear all,\nhello\n', [], ['unknown-kind']],
  ])('%s is told from its content', (path, text, kinds, reasons) => {
    const file = outline(reading(path, text))
    expect(file).toEqual({ kinds, reasons })
  })
})

describe('what cannot be read at all', () => {
  test('is said, for a file that is too large', () => {
    expect(readFile('a.yaml', new Uint8Array(11), { limits: { depth: 9, bytes: 10 } })).toMatchObject({ artefacts: [], uncovered: [{ reason: 'limit', detail: 'larger than 10 bytes' }] })
  })

  test('is said, for a broken encoding', () => {
    expect(reading('a.yaml', new Uint8Array([0xff, 0xfe, 0x61]))).toMatchObject({ artefacts: [], uncovered: [{ reason: 'encoding' }] })
  })

  test('is said, for what nests too deep', () => {
    const text = `apiVersion: v1\nkind: Pod\nspec: ${'{a: '.repeat(2000)}1${'}'.repeat(2000)}\n---\n${pod}`
    expect(outline(reading('a.yaml', text))).toEqual({ kinds: ['kubernetes'], reasons: ['limit'] })
  })
})

const documents = fc.constantFrom(
  pod, json, 'a: [', 'a: {{ x }}', '{{- if x }}', '# comment', '', '- op: add\n  path: /a', 'services:\n  a: {image: b}', 'mcp_servers: {}', 'apiVersion: v1\nkind: List\nitems: [1]',
  'text', '"', 'a: b: c', '\t', 'A=b', '%YAML 1.1', '...', 'x\n...\ny', 'apiVersion: v1\nkind: ConfigMap\ndata:\n  c: |\n    mcp_servers: [', 'FROM a', '\ufeff', '\u0000',
)
const separators = fc.constantFrom('\n---\n', '\n--- # x\n', '\r\n---\r\n', '\n', '\r', '\n--- x\n', ' ', '\n---')
const paths = fc.constantFrom('a.yaml', 'a.json', 'a.jsonc', 'compose.yaml', 'values.yaml', 'a.env', 'Dockerfile', 'config.toml', 'other')

test('every character is judged, or said to be not', () => {
  fc.assert(
    fc.property(paths, fc.array(fc.tuple(documents, separators), { maxLength: 6 }), (path, parts) => {
      expect(unaccounted(reading(path, parts.flat().join('')))).toEqual(nothing)
    }),
    { numRuns: 2000 },
  )
})

test('any bytes are read without a throw, and every span is inside the text', () => {
  fc.assert(
    fc.property(paths, fc.oneof(fc.uint8Array({ maxLength: 60 }), fc.string({ maxLength: 60, unit: 'binary' }).map(text => new TextEncoder().encode(text))), (path, bytes) => {
      const file = readFile(path, bytes, { limits: defaultLimits })
      for (const { span } of [...file.artefacts, ...file.uncovered]) expect(0 <= span.start && span.start <= span.end && span.end <= file.text.length).toBe(true)
      expect(unaccounted(file)).toEqual(nothing)
    }),
    { numRuns: 2000 },
  )
})

test('a place is known for every path of every artefact', () => {
  const file = reading('a.yaml', `${pod}---\n${json}`)
  expect(textAt(file, file.artefacts[0], ['metadata', 'name'])).toBe('x')
  expect(file.artefacts[0].locate(['a', 0, 'b']).missing).toBe(3)
})

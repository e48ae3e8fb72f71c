import { describe, expect, test } from 'vitest'
import { outline, reading, textAt } from './reading.ts'

const configMap = (data: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\ndata:\n${data}`

describe('a configuration in a ConfigMap', () => {
  test('is an artefact of its own, at its place in the file', () => {
    const file = reading('a.yaml', configMap('  config.yaml: |\n    # mine\n    mcp_servers:\n      math:\n        mode: docker\n        image: math:1\n  other: x\n'))
    expect(outline(file)).toEqual({ kinds: ['kubernetes', 'hangar-config'], reasons: [] })
    const [, inner] = file.artefacts
    expect(inner).toMatchObject({ document: 0, outer: { artefact: 0, kind: 'kubernetes', path: ['data', 'config.yaml'] }, value: { mcp_servers: { math: { mode: 'docker', image: 'math:1' } } } })
    expect(textAt(file, inner, ['mcp_servers', 'math', 'image'])).toBe('math:1')
    const place = inner.locate(['mcp_servers', 'math', 'mode', 'nothing'])
    expect(place.missing).toBe(1)
    expect(file.text.slice(place.key!.start, place.key!.end)).toBe('mode')
    expect(file.text.slice(inner.span.start, inner.span.end)).toMatch(/^# mine[^]*image: math:1/)
    expect(textAt(file, inner, ['mcp_servers', 'math'])).toMatch(/^mode: docker\n +image: math:1$/)
  })

  test.each([
    ['in double quotes', '  c: "gateway_pool:\\n  endpoints:\\n  - url: wss://x\\n"\n', 'bridge-router-config', ['gateway_pool', 'endpoints', 0, 'url'], 'wss://x'],
    ['in single quotes', "  c: 'gateway_pool: {endpoints: [{url: \"wss://x\"}]}'\n", 'bridge-router-config', ['gateway_pool', 'endpoints', 0, 'url'], '"wss://x"'],
    ['as JSON', '  c: |-\n    {\n      "mcpServers": {\n        "a": {"command": "npx"}\n      }\n    }\n', 'mcp-client-config', ['mcpServers', 'a', 'command'], '"npx"'],
    ['with its keys in another form', '  c.yaml: |\n    "\\x6dcp_servers": {a: {mode: docker}}\n', 'hangar-config', ['mcp_servers', 'a', 'mode'], 'docker'],
  ])('%s', (_, data, kind, path, text) => {
    const file = reading('a.yaml', configMap(data))
    expect(outline(file)).toEqual({ kinds: ['kubernetes', kind], reasons: [] })
    expect(textAt(file, file.artefacts[1], path)).toBe(text)
  })

  test('in an item of a list knows its object', () => {
    const file = reading('a.yaml', 'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Pod}\n- apiVersion: v1\n  kind: ConfigMap\n  data:\n    c: |\n      tool_access: {mode: egress}\n')
    expect(file.artefacts.map(({ kind, outer }) => [kind, outer?.artefact])).toEqual([['kubernetes', undefined], ['kubernetes', undefined], ['hangar-config', 1]])
    expect(textAt(file, file.artefacts[2], ['tool_access', 'mode'])).toBe('egress')
  })

  test('that cannot be read is uncovered at its place', () => {
    const file = reading('a.yaml', configMap('  config.yaml: |\n    mcp_servers:\n      a: [1\n'))
    expect(outline(file)).toEqual({ kinds: ['kubernetes'], reasons: ['syntax'] })
    const [{ at, span }] = file.uncovered
    expect(at).toBeGreaterThan(file.text.indexOf('a: [1'))
    expect(file.text.slice(span.start, span.end)).toMatch(/^mcp_servers/)
  })

  test('that is a template is uncovered as one', () => {
    expect(outline(reading('a.yaml', configMap('  c: |\n    service_discovery:\n    {{- if x }}\n')))).toEqual({ kinds: ['kubernetes'], reasons: ['template'] })
  })

  test.each([
    ['a script', 'run.sh: |\n    #!/bin/sh\n    echo: [\n'],
    ['broken YAML of another program', 'app.yaml: |\n    a: [\n'],
    ['a configuration that no control reads', 'prometheus.yml: |\n    scrape_configs: []\n'],
    ['a Compose file', 'compose.yaml: |\n    services: {a: {image: b}}\n'],
    ['an object', 'pod.yaml: |\n    apiVersion: v1\n    kind: Pod\n'],
  ])('%s is none', (_, data) => {
    expect(outline(reading('a.yaml', configMap(`  ${data}`)))).toEqual({ kinds: ['kubernetes'], reasons: [] })
  })

  test('is looked for in no other kind', () => {
    const text = configMap('  c.yaml: |\n    mcp_servers: {}\n')
    expect(outline(reading('a.yaml', text.replace('kind: ConfigMap', 'kind: Other')))).toEqual({ kinds: ['kubernetes'], reasons: [] })
    expect(outline(reading('a.yaml', text.replace('\ndata:', '\nbinaryData:')))).toEqual({ kinds: ['kubernetes'], reasons: [] })
  })
})

describe('a configuration in a Secret', () => {
  const base64 = (text: string) => Buffer.from(text).toString('base64')

  test('as text has exact places', () => {
    const file = reading('a.yaml', 'apiVersion: v1\nkind: Secret\nstringData:\n  c: |\n    sessions: {}\n    auth: {provider: jwt}\n')
    expect(outline(file)).toEqual({ kinds: ['kubernetes', 'bridge-gateway-config'], reasons: [] })
    expect(textAt(file, file.artefacts[1], ['auth', 'provider'])).toBe('jwt')
  })

  test('in base64 has the place of its key', () => {
    const file = reading('a.yaml', `apiVersion: v1\nkind: Secret\ndata:\n  other: AAAA\n  c: ${base64('mcp_servers:\n  a: {mode: docker}\n')}\n`)
    expect(outline(file)).toEqual({ kinds: ['kubernetes', 'hangar-config'], reasons: [] })
    const [, inner] = file.artefacts
    expect(inner).toMatchObject({ value: { mcp_servers: { a: { mode: 'docker' } } }, outer: { path: ['data', 'c'] } })
    expect(textAt(file, inner, ['mcp_servers', 'a'])).toBe('c')
    expect(file.text.slice(inner.span.start, inner.span.end)).toBe('c')
  })

  test('that cannot be read is quoted nowhere', () => {
    const file = reading('a.yaml', `apiVersion: v1\nkind: Secret\ndata:\n  c: ${base64('mcp_servers: [hunter2\n')}\nstringData:\n  d: "mcp_servers: [hunter2"\n`)
    expect(outline(file)).toEqual({ kinds: ['kubernetes'], reasons: ['syntax', 'syntax'] })
    expect(JSON.stringify(file.uncovered)).not.toContain('hunter2')
  })
})

test('configurations in Helm values', () => {
  const file = reading('values.yaml', 'gateway:\n  config:\n    data: |\n      server:\n        frontends: [{protocol: http}]\nrouter:\n  config:\n    data: |\n      gateway_pool: {endpoints: []}\nextra:\n- files: {c: "mcp_servers: {}"}\n')
  expect(file.artefacts.map(({ kind, outer }) => [kind, outer?.path])).toEqual([
    ['helm-values', undefined],
    ['bridge-gateway-config', ['gateway', 'config', 'data']],
    ['bridge-router-config', ['router', 'config', 'data']],
    ['hangar-config', ['extra', 0, 'files', 'c']],
  ])
  expect(textAt(file, file.artefacts[1], ['server', 'frontends', 0, 'protocol'])).toBe('http')
})

describe('values inside an object', () => {
  test.each([
    ['HelmRelease', 'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nspec:\n  chart: {spec: {chart: mcp-bridge}}\n  values:\n    gateway: {replicaCount: 1}\n', 'mcp-bridge', ['spec', 'values']],
    ['Application', 'apiVersion: argoproj.io/v1alpha1\nkind: Application\nspec:\n  source:\n    chart: mcp-bridge\n    helm:\n      valuesObject:\n        gateway: {replicaCount: 1}\n', 'mcp-bridge', ['spec', 'source', 'helm', 'valuesObject']],
    ['HelmChart', 'apiVersion: helm.cattle.io/v1\nkind: HelmChart\nspec:\n  chart: repo/mcp-bridge\n  valuesContent: |\n    gateway: {replicaCount: 1}\n', 'mcp-bridge', ['spec', 'valuesContent']],
    ['Application with text', 'apiVersion: argoproj.io/v1alpha1\nkind: Application\nspec:\n  sources:\n  - chart: mcp-bridge\n    helm:\n      values: |\n        gateway: {replicaCount: 1}\n', 'mcp-bridge', ['spec', 'sources', 0, 'helm', 'values']],
  ])('%s', (_, text, chart, path) => {
    const file = reading('a.yaml', text)
    expect(outline(file)).toEqual({ kinds: ['kubernetes', 'helm-values'], reasons: ['needs-rendering'] })
    expect(file.artefacts[1]).toMatchObject({ about: { chart, overlay: true }, value: { gateway: { replicaCount: 1 } }, outer: { artefact: 0, kind: 'kubernetes', path } })
    expect(textAt(file, file.artefacts[1], ['gateway', 'replicaCount'])).toBe('1')
  })
})

test('a configuration inside values inside an object is found at its place', () => {
  const inner = 'gateway:\n  config:\n    data: |\n      server:\n        frontends: [{protocol: http}]\n'
  const indented = inner.replace(/^/gm, '    ').trimEnd()
  const asMap = `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nspec:\n  values:\n${indented}\n`
  const asText = `apiVersion: helm.cattle.io/v1\nkind: HelmChart\nspec:\n  valuesContent: |\n${indented}\n`
  for (const text of [asMap, asText]) {
    const file = reading('a.yaml', text)
    expect(file.artefacts.map(({ kind, outer }) => [kind, outer?.artefact])).toEqual([['kubernetes', undefined], ['helm-values', 0], ['bridge-gateway-config', 1]])
    expect(textAt(file, file.artefacts[2], ['server', 'frontends', 0, 'protocol'])).toBe('http')
  }
})

import { describe, expect, test } from 'vitest'
import type { Json } from '../../src/artefact/document.ts'
import { hangarImages, helmImages, type ImageUse, kubernetesImages } from '../../src/input/images.ts'

/** What a use comes to, in one line: place, user, pin. */
const lines = (uses: ImageUse[]) => uses.map(({ path, what, reference, off }) =>
  `${path.join('.')} | ${what} | ${reference.pin}${reference.local ? ' local' : ''}${off === true ? ' off' : ''}`)

describe('Kubernetes', () => {
  test('every list of containers and image volumes', () => {
    const pod: Json = {
      apiVersion: 'v1', kind: 'Pod',
      spec: {
        containers: [{ name: 'gateway', image: 'acme/gateway:1.2.3' }, { name: 'patched' }, { image: 'acme/other' }],
        initContainers: [{ name: 'wait', image: 'busybox:latest' }],
        ephemeralContainers: [{ name: 'look', image: 'localhost:5000/look:dev' }],
        volumes: [{ name: 'models', image: { reference: 'acme/models:main' } }, { name: 'scratch', emptyDir: {} }],
      },
    }
    expect(lines(kubernetesImages(pod))).toEqual([
      'spec.containers.0.image | container gateway | version',
      'spec.containers.2.image | container without a name | none',
      'spec.initContainers.0.image | init container wait | latest',
      'spec.ephemeralContainers.0.image | ephemeral container look | moving local',
      'spec.volumes.0.image.reference | volume models | moving',
    ])
  })

  test.each<[string, Json, string[]]>([
    ['a Deployment', { kind: 'Deployment', spec: { template: { spec: { containers: [{ name: 'a', image: 'x:1.2' }] } } } }, [
      'spec.template.spec.containers.0.image | container a | version',
    ]],
    ['a CronJob', { kind: 'CronJob', spec: { jobTemplate: { spec: { template: { spec: { containers: [{ name: 'a', image: 'x' }] } } } } } }, [
      'spec.jobTemplate.spec.template.spec.containers.0.image | container a | none',
    ]],
    ['a PodTemplate', { kind: 'PodTemplate', template: { spec: { containers: [{ name: 'a', image: 'x' }] } } }, [
      'template.spec.containers.0.image | container a | none',
    ]],
    ['Hangar MCPServer', { apiVersion: 'mcp-hangar.io/v1alpha2', kind: 'MCPServer', spec: { image: 'ghcr.io/acme/math:latest' } }, [
      'spec.image | the server | latest',
    ]],
    ['a volume of an MCPServer', {
      apiVersion: 'mcp-hangar.io/v1alpha2', kind: 'MCPServer', spec: { image: 'acme/math:1.2', volumes: [{ name: 'models', image: { reference: 'acme/models' } }] },
    }, ['spec.image | the server | version', 'spec.volumes.0.image.reference | volume models | none']],
    ['a remote MCPServer', { apiVersion: 'mcp-hangar.io/v1alpha2', kind: 'MCPServer', spec: { mode: 'remote', endpoint: 'https://mcp.example' } }, []],
    ['a discovery source', { apiVersion: 'mcp-hangar.io/v1alpha2', kind: 'MCPDiscoverySource', spec: { providerTemplate: { spec: { image: 'acme/x' } } } }, [
      'spec.providerTemplate.spec.image | the provider template | none',
    ]],
    ['ToolHive MCPServer', {
      apiVersion: 'toolhive.stacklok.dev/v1alpha1', kind: 'MCPServer',
      spec: { image: 'ghcr.io/acme/github', podTemplateSpec: { spec: { containers: [{ name: 'mcp' }, { name: 'log', image: 'acme/log:1.0' }] } } },
    }, ['spec.image | the server | none', 'spec.podTemplateSpec.spec.containers.1.image | container log | version']],
    ['pull policy Never', { kind: 'Pod', spec: { containers: [{ name: 'a', image: 'x:dev', imagePullPolicy: 'Never' }] } }, [
      'spec.containers.0.image | container a | moving local',
    ]],
    ['what is no text', { kind: 'Pod', spec: { containers: [{ name: 'a', image: 7 }, null, 'b', { name: 'c', image: null }] } }, [
      'spec.containers.0.image | container a | invalid',
    ]],
    ['a scalar that is marked already', { kind: 'Pod', spec: { containers: [{ name: 'a', image: { unresolved: 'a template' } }] } }, [
      'spec.containers.0.image | container a | unresolved',
    ]],
    ['containers that are no list', { kind: 'Pod', spec: { containers: { a: 1 } } }, []],
    ['a kind named like a property of all objects', { kind: 'constructor', spec: {} }, []],
  ])('%s', (_, object, expected) => {
    expect(lines(kubernetesImages(object))).toEqual(expected)
  })

  test('another kind has its pod where the caller says', () => {
    const rollout: Json = { kind: 'Rollout', spec: { template: { spec: { containers: [{ name: 'a', image: 'x:1.2' }] } } } }
    expect(kubernetesImages(rollout)).toEqual([])
    expect(lines(kubernetesImages(rollout, ['spec', 'template', 'spec']))).toEqual(['spec.template.spec.containers.0.image | container a | version'])
  })
})

test('servers of a Hangar configuration', () => {
  const config: Json = {
    mcp_servers: { weather: { mode: 'docker', image: 'acme/weather:latest' }, local: { mode: 'subprocess', command: ['weather'] }, tagged: { image: '${REPO:-acme/x}:${TAG:-1.4}' } },
  }
  expect(lines(hangarImages(config))).toEqual([
    'mcp_servers.weather.image | server weather | latest',
    'mcp_servers.tagged.image | server tagged | version',
  ])
})

test.each<[string, Json, string[]]>([
  ['a map with a tag', { image: { repository: 'ghcr.io/acme/x', tag: 'latest' } }, ['image.tag | value image | latest']],
  ['an empty tag is the version of the chart', { image: { repository: 'acme/x', tag: '' } }, ['image.tag | value image | version']],
  ['null too', { image: { repository: 'acme/x', tag: null } }, ['image.tag | value image | version']],
  ['no tag key', { image: { repository: 'acme/x' } }, []],
  ['a digest wins', { image: { registry: 'ghcr.io', repository: 'acme/x', tag: 'latest', digest: `sha256:${'a'.repeat(64)}` } }, ['image.digest | value image | digest']],
  ['a number', { image: { repository: 'redis', tag: 7 } }, ['image.tag | value image | major-only']],
  ['a text', { worker: { image: 'busybox:latest' } }, ['worker.image | value worker.image | latest']],
  ['a text with its tag beside it', { worker: { image: 'busybox', tag: '1.36' } }, ['worker.tag | value worker.image | version']],
  ['another name', { initImage: 'busybox' }, ['initImage | value initImage | none']],
  ['an empty text', { image: '' }, []],
  ['inside a list', { sidecars: [{ name: 'a', image: 'x:edge' }] }, ['sidecars.0.image | value sidecars.0.image | moving']],
  ['of a part that is off', { redis: { enabled: false, image: { repository: 'redis', tag: 'latest' } } }, ['redis.image.tag | value redis.image | latest off']],
  ['built on the machine', { image: { repository: 'x', tag: 'dev', pullPolicy: 'Never' } }, ['image.tag | value image | moving local']],
  ['a git repository', { source: { repository: 'https://git.example/acme/x', tag: 'main' } }, []],
  ['the repository that holds its tag', { image: { repository: 'localhost:5000/x:1.2', tag: '' } }, ['image.repository | value image | version local']],
])('Helm values: %s', (_, values, expected) => {
  expect(lines(helmImages(values))).toEqual(expected)
})

test('values that nest deeper than anything real are left', () => {
  let values: Json = { image: 'x' }
  for (let depth = 0; depth < 5000; depth++) values = { inner: values }
  expect(helmImages(values)).toEqual([])
})

import { describe, expect, test } from 'vitest'
import { projected } from './objects.ts'

const secret = (fields: object) => projected({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'x' }, ...fields } as never).fields
const encoded = (text: string) => Buffer.from(text).toString('base64')

describe('a Secret', () => {
  test('entries with the name of a secret are told by their class, those of data decoded', () => {
    expect(secret({ data: { password: encoded('letmein\n'), note: encoded('hello') }, stringData: { 'api-key': 'Zk83hf0w' } })).toEqual({
      kind: 'kubernetes',
      value: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'x' } },
      secrets: [
        { path: ['data', 'password'], name: 'password', class: 'literal', length: 7, common: true },
        { path: ['stringData', 'api-key'], name: 'api-key', class: 'literal', length: 8 },
      ],
    })
  })

  test('a password that is the name of the user beside it is common', () => {
    expect(secret({ stringData: { username: 'gateway' }, data: { password: encoded('gateway') } }).secrets).toMatchObject([{ common: true, user: true }])
  })

  test.each([
    ['bytes that are no text', { password: Buffer.from([0, 255, 1]).toString('base64') }],
    ['what is no base64', { password: 'not base64!' }],
    ['what is no scalar', { password: [1] }],
  ])('%s is left out', (_, data) => {
    expect(secret({ data }).secrets).toBeUndefined()
  })

  test('a template is a reference', () => {
    expect(secret({ data: { password: '{{ .Values.password | b64enc }}' } }).secrets).toMatchObject([{ class: 'reference', via: 'template' }])
  })

  test.each(['kubernetes.io/service-account-token', 'kubernetes.io/tls', 'helm.sh/release.v1'])('of type %s is made by a program', type => {
    expect(secret({ type, data: { token: encoded('letmein') } }).secrets).toBeUndefined()
  })

  test('what is a placeholder and no secret is told by its place', () => {
    expect(secret({ stringData: { tenant: 'your-tenant-here' }, data: { url: encoded('https://mcp.example.com') } }).placeholders).toEqual([
      { path: ['data', 'url'], name: 'url', what: 'host' },
      { path: ['stringData', 'tenant'], name: 'tenant', what: 'marked' },
    ])
  })
})

test('variables of containers and hosts of an Ingress', () => {
  const pod = projected({
    apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x' },
    spec: { containers: [{ name: 'a', env: [{ name: 'DB_USER', value: 'gateway' }, { name: 'DB_PASSWORD', value: 'gateway' }, { name: 'TENANT', value: '<tenant>' }] }] },
  }).fields
  expect(pod.placeholders).toEqual([{ path: ['spec', 'containers', 0, 'env', 2, 'value'], name: 'TENANT', what: 'marked' }])
  expect(pod.value).toMatchObject({ spec: { containers: [{ env: [{}, { value: { secret: { class: 'literal', length: 7, common: true, user: true } } }, {}] }] } })
  const ingress = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'x' }, spec: { rules: [{ host: 'mcp.example.com' }, { host: 'mcp.acme.io' }, { host: null }] } }
  expect(projected(ingress).fields.placeholders).toEqual([{ path: ['spec', 'rules', 0, 'host'], name: 'host', what: 'host' }])
})

import { expect, test } from 'vitest'
import { composeConsumers, composeMounts } from '../../src/lint/projection/mounted.ts'
import type { Json } from '../../src/artefact/document.ts'

const composed = (path: string, value: Json) => ({
  project: { files: [{ file: { path } }], mark: 'unmarked' },
  projected: { kind: 'compose', identity: {}, fields: { value }, source: () => { throw new Error('not asked for') } },
}) as never

const service = (name: string, given: { [key: string]: Json }) => ({ name, program: 'mcp-hangar', deployed: true, ...given })
const bind = (source: string) => ({ type: 'bind', source, target: '/app', read_only: true })

test('a service that mounts a file or a folder around it reads the file', () => {
  const readers = composeConsumers(composeMounts([composed('deploy/compose.yaml', {
    services: [
      service('file', { volumes: [bind('../hangar/config.yaml')], command: { form: 'exec', argv: ['serve', '--http'] } }),
      service('folder', { volumes: [bind('../hangar/')], environment: [{ name: 'MCP_MODE', value: 'http' }] }),
      service('config', { configs: [{ source: 'hangar' }], entrypoint: { form: 'exec', argv: ['mcp-hangar'] } }),
      service('other', { volumes: [bind('/hangar/config.yaml'), bind('./hangar'), bind('~/hangar'), { type: 'volume', source: 'hangar', target: '/app' }] }),
      service('off', { volumes: [bind('..')], deployed: false }),
    ],
    configs: { hangar: { file: '../hangar/config.yaml' } },
  })]))
  expect(readers('hangar\\config.yaml')).toEqual([
    { container: 'file', component: 'hangar', image: 'mcp-hangar', command: [], args: ['serve', '--http'] },
    { container: 'folder', component: 'hangar', image: 'mcp-hangar', command: [], args: [], mcp_mode: 'http', environment: [{ name: 'MCP_MODE', value: 'http' }] },
    { container: 'config', component: 'hangar', image: 'mcp-hangar', command: ['mcp-hangar'], args: [] },
  ])
  expect(readers('hangar2/config.yaml')).toEqual([])
})

test('the folder of the project is around all of its files', () => {
  const readers = composeConsumers(composeMounts([composed('compose.yaml', { services: [service('all', { volumes: [bind('.')] })] })]))
  expect(readers('a/b/config.yaml').map(({ container }) => container)).toEqual(['all'])
})

import { expect, test } from 'vitest'
import { leaf } from '../../src/input/built.ts'
import { serviceComponent } from '../../src/input/compose-component.ts'

test.each([
  ['ghcr.io/mcp-hangar/mcp-hangar:2.13.0', 'main', {}, 'hangar'],
  ['python:3.12', 'main', { command: { argv: ['mcp-hangar', 'serve'] } }, 'hangar'],
  ['acme/mcp-bridge-router:1', 'main', {}, 'router'],
  ['redis:7', 'mcp-redis', {}, 'redis'],
  ['nginx:1', 'mcp-proxy', {}, 'proxy'],
  ['acme/mcp-search:1', 'main', {}, 'mcp-server'],
  ['acme/search:1', 'mcp', {}, 'mcp-server'],
  ['acme/search:1', 'search', { environment: [{ name: 'FASTMCP_PORT', value: '8000' }] }, 'mcp-server'],
  ['acme/search:1', 'search', { environment: [{ name: 'MCP_POLICY_X', value: '1' }] }, undefined],
  ['node:22', 'search', { command: { argv: ['npx', '-y', '@modelcontextprotocol/server-git'] } }, 'mcp-server'],
  ['acme/web:1', 'web', {}, undefined],
])('%s as %s', (image, name, given, expected) => {
  const fields = Object.fromEntries(Object.entries({ image, ...given }).map(([key, value]) => [key, leaf(value as never)]))
  expect(serviceComponent(name, fields, image.split('/').at(-1)!.split(':')[0])).toBe(expected)
})

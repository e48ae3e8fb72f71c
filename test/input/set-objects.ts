import { inventoryOf, type SetObject, type SetOptions } from '../../src/input/inventory.ts'

export type Map = { [key: string]: unknown }

export function object(apiVersion: string, kind: string, name: string, spec: Map = {}, metadata: Map = {}): SetObject {
  return { value: { apiVersion, kind, metadata: { name, ...metadata }, spec } }
}

/** A Deployment of an MCP server; `container` and `pod` add to what it runs. */
export function server(name: string, { labels = { app: name }, container = {}, pod = {}, spec = {}, ...metadata }: Map & { container?: Map; pod?: Map; spec?: Map } = {}, kind = 'Deployment'): SetObject {
  const template = { metadata: { labels }, spec: { containers: [{ name: 'main', image: 'acme/mcp-server:1', ...container }], ...pod } }
  return object('apps/v1', kind, name, { ...spec, template }, metadata)
}

export const tablesOf = (objects: SetObject[], options: Partial<SetOptions> = {}) =>
  inventoryOf(objects, { whole: true, systemNamespaces: ['kube-system'], injected: [], ...options }).tables

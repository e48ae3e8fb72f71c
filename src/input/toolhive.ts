import type { Json } from '../artefact/document.ts'
import { at, isMap, type JsonMap } from '../artefact/json.ts'
import { envShape, finishCommand, metadataShape, podShape } from './pod.ts'
import { amountsOf, resourcesShape } from './resources.ts'
import { mapOf, plain, verbatim, type Shape } from './shape.ts'
import { finishStart } from './start.ts'
import { from, isWritten, pick, type Origin, type SyntheticPod } from './synthetic.ts'

/** The spec of ToolHive's MCPServer and VirtualMCPServer as controls read it. */
export const toolhiveSpec: Shape = {
  ...mapOf({ env: envShape, args: verbatim, resources: resourcesShape, podTemplateSpec: mapOf({ metadata: metadataShape, spec: podShape }) }, plain),
  finish: finishCommand,
}

/**
 * The pod that ToolHive's operator makes of a projected MCPServer or VirtualMCPServer spec: the pod template, in which the operator's own
 * container takes image, arguments, environment and resources from the spec, and every security field that the pod or that container
 * leaves out has the operator's value. A VirtualMCPServer's image and resources are the operator's, so they are absent here.
 */
export function toolhivePod(kind: string, spec: JsonMap): SyntheticPod {
  const name = kind === 'VirtualMCPServer' ? 'vmcp' : 'mcp'
  const templatePath = ['spec', 'podTemplateSpec', 'spec']
  const template = mapAt(spec, 'podTemplateSpec', 'spec')
  const containers = Array.isArray(template.containers) ? [...template.containers] : []
  const found = containers.findIndex(container => isMap(container) && container.name === name)
  const index = found < 0 ? containers.length : found
  const own = found < 0 ? { name } : containers[found] as JsonMap
  const mine = kind === 'VirtualMCPServer' ? { fields: {}, origins: [] } : fieldsOf(spec, own, [...templatePath, 'containers', index])
  const volumes = kind === 'VirtualMCPServer' ? [] : hostPathsOf(spec)
  const templateVolumes = Array.isArray(template.volumes) ? template.volumes : []
  containers[index] = {
    ...own,
    ...mine.fields,
    ...(volumes.length > 0 && { volumeMounts: [...(Array.isArray(own.volumeMounts) ? own.volumeMounts : []), ...volumes.map(({ mount }) => mount)] }),
    securityContext: filled(own.securityContext, containerDefault),
  }
  finishStart(containers[index] as JsonMap)
  return {
    operator: 'toolhive',
    metadataPath: ['spec', 'podTemplateSpec', 'metadata'],
    pod: {
      ...template,
      ...(isWritten(spec.serviceAccount) && { serviceAccountName: spec.serviceAccount }),
      ...(volumes.length > 0 && { volumes: [...templateVolumes, ...volumes.map(({ volume }) => volume)] }),
      securityContext: filled(template.securityContext, podDefault),
      containers,
    },
    origin: from(templatePath, [
      ...(isWritten(spec.serviceAccount) ? [['serviceAccountName', from(['spec', 'serviceAccount'])] as [string, Origin]] : []),
      ['containers', from([...templatePath, 'containers'], [[index, from([...templatePath, 'containers', index], mine.origins)]])],
      ['volumes', from([...templatePath, 'volumes'], volumes.map(({ origin }, position) => [templateVolumes.length + position, origin]))],
    ]),
  }
}

const podDefault: JsonMap = {
  runAsNonRoot: true, runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000, seccompProfile: { type: 'RuntimeDefault' },
}
const containerDefault: JsonMap = {
  privileged: false, runAsNonRoot: true, runAsUser: 1000, runAsGroup: 1000, allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true, seccompProfile: { type: 'RuntimeDefault' }, capabilities: { drop: ['ALL'] },
}

function filled(written: Json | undefined, defaults: JsonMap): Json {
  if (!isWritten(written)) return defaults
  if (!isMap(written) || 'unresolved' in written) return written
  const context = { ...written }
  for (const key of Object.keys(defaults)) if (!isWritten(context[key])) context[key] = defaults[key]
  return context
}

/** What the spec gives to the server's container, and where each of it stands. */
function fieldsOf(spec: JsonMap, own: JsonMap, path: (string | number)[]): { fields: JsonMap; origins: [string, Origin][] } {
  const fields: JsonMap = {}
  const origins: [string, Origin][] = []
  for (const name of ['image', 'args']) {
    if (!isWritten(spec[name])) continue
    fields[name] = spec[name]
    origins.push([name, from(['spec', name])])
  }
  if (isWritten(spec.resources)) {
    const resources = resourcesOf(spec.resources, own.resources, [...path, 'resources'])
    fields.resources = resources.value
    origins.push(['resources', resources.origin])
  } else if (!isWritten(own.resources)) origins.push(['resources', from(['spec', 'resources'])])
  const env: Json[] = Array.isArray(own.env) ? [...own.env] : []
  const places: [number, Origin][] = []
  for (const [position, entry] of listAt(spec, 'env').entries()) {
    places.push([env.length, from(['spec', 'env', position])])
    env.push(entry)
  }
  for (const [position, secret] of listAt(spec, 'secrets').entries()) {
    if (!isMap(secret)) continue
    places.push([env.length, from(['spec', 'secrets', position])])
    env.push({ name: secret.targetEnvName ?? secret.key ?? '', valueFrom: { secretKeyRef: { name: secret.name ?? '', key: secret.key ?? '' } } })
  }
  if (places.length > 0) {
    fields.env = env
    origins.push(['env', from([...path, 'env'], places)])
  }
  // Without an image in the spec there is none anywhere: the place to write it is the spec's.
  if (!isWritten(spec.image) && !isWritten(own.image)) origins.push(['image', from(['spec', 'image'])])
  return { fields, origins }
}

/** The spec's resources, which the operator gives to the process in front of the server, with what the template gives to the server itself. */
function resourcesOf(ofSpec: Json, own: Json | undefined, path: (string | number)[]): { value: Json; origin: Origin } {
  const place = ['spec', 'resources']
  if (!isKnownMap(own)) return { value: ofSpec, origin: from(place) }
  if (!isKnownMap(ofSpec)) return { value: own, origin: from(path) }
  const merged: JsonMap = {}
  const below: [string, Origin][] = []
  for (const side of ['limits', 'requests']) {
    const strong = mapAt(own, side)
    const names = Object.keys(strong).filter(name => isWritten(strong[name]))
    merged[side] = { ...mapAt(ofSpec, side), ...pick(strong, names) }
    below.push([side, from([...place, side], names.map(name => [name, from([...path, side, name])]))])
  }
  return { value: { ...merged, amounts: amountsOf(merged) }, origin: from(place, below) }
}

function isKnownMap(value: Json | undefined): value is JsonMap {
  return isWritten(value) && isMap(value) && !('unresolved' in value)
}

function hostPathsOf(spec: JsonMap): { volume: Json; mount: Json; origin: Origin }[] {
  return listAt(spec, 'volumes').flatMap((volume, index) => {
    if (!isMap(volume)) return []
    const { name = '', hostPath = '', mountPath = '', readOnly = false } = volume
    const at = ['spec', 'volumes', index]
    return [{
      volume: { name, hostPath: { path: hostPath } },
      mount: { name, mountPath, readOnly },
      origin: from(at, [['hostPath', from([...at, 'hostPath'], [['path', from([...at, 'hostPath'])]])]]),
    }]
  })
}

function listAt(map: JsonMap, key: string): Json[] {
  const value = map[key]
  return Array.isArray(value) ? value : []
}

function mapAt(map: JsonMap, ...keys: string[]): JsonMap {
  const value = at(map, ...keys)
  return isMap(value) ? value : {}
}

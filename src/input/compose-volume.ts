import { posix } from 'node:path'
import type { Json } from '../artefact/document.ts'
import { isMap } from '../artefact/json.ts'
import { piecesOf, type Reading } from './compose-reading.ts'
import { holeIn, withHoles } from './interpolation.ts'

/** What a service mounts. `source` of a bind mount is a clean path, as far as it is absolute. */
export type Mount = {
  type: string
  source?: string | { unresolved: string }
  target?: string | { unresolved: string }
  read_only: boolean
}

/** A mount in the short or the long form. */
export function mountOf(value: Json, reading: Reading): Mount | undefined {
  return isMap(value) ? longForm(value, reading) : typeof value === 'string' ? shortForm(value, reading) : undefined
}

function longForm(value: { [key: string]: Json }, reading: Reading): Mount {
  const part = (key: string) => {
    const holed = withHoles(piecesOf(value[key], reading) ?? [])
    const hole = holeIn(holed.text, holed)
    return hole === undefined ? holed.text : { unresolved: hole }
  }
  const [type, source, target] = ['type', 'source', 'target'].map(part)
  return mount(typeof type === 'string' && type !== '' ? type : 'volume', source, target, value.read_only === true || value.read_only === 'true')
}

/** `[source:]target[:options]`; the source may be a Windows path with a drive. */
function shortForm(value: string, reading: Reading): Mount {
  const holed = withHoles(piecesOf(value, reading) ?? [])
  const part = (text: string | undefined) => {
    const hole = holeIn(text ?? '', holed)
    return hole === undefined ? text ?? '' : { unresolved: hole }
  }
  const drive = /^[A-Za-z]:[\\/]/.test(holed.text) ? 2 : 0
  const rest = holed.text.slice(drive).split(':')
  const first = holed.text.slice(0, drive) + rest[0]
  if (rest.length === 1) return mount('volume', '', part(first), false)
  const readOnly = (rest[2] ?? '').split(',').includes('ro')
  return mount(isPath(first) ? 'bind' : 'volume', part(first), part(rest[1]), readOnly)
}

function isPath(source: string): boolean {
  return /^[./~\\]|^[A-Za-z]:[\\/]|^[\ue000-\uefff]/.test(source)
}

function mount(type: string, source: string | { unresolved: string }, target: string | { unresolved: string }, read_only: boolean): Mount {
  return {
    type,
    ...(source !== '' && { source: typeof source === 'string' && type === 'bind' ? cleanPath(source) : source }),
    ...(target !== '' && { target }),
    read_only,
  }
}

/** `/etc/../etc/` is `/etc`. */
export function cleanPath(path: string): string {
  if (!path.startsWith('/')) return path
  const clean = posix.normalize(path).replace(/^\/\//, '/')
  return clean.length > 1 && clean.endsWith('/') ? clean.slice(0, -1) : clean
}

import type { Json } from '../artefact/document.ts'
import { isMap } from '../artefact/json.ts'
import { piecesOf, type Reading } from './compose-reading.ts'
import { holeIn, withHoles } from './interpolation.ts'

/** A port that a service publishes on its host. */
export type PublishedPort = {
  /** Where it is open: on every address of the host, on the host alone, on one named address, or who knows. */
  binding: 'all' | 'loopback' | 'address' | 'unresolved'
  host_ip?: string
  /** First and last port on the host, equal for one; absent when Docker chooses one, or it is not known. */
  published?: { from: number; to: number }
  target?: { from: number; to: number }
  protocol: string
  /** What is not known of it. */
  unresolved?: string
}

/** A port mapping in the short or the long form. Undefined for what Compose refuses. */
export function publishedPort(value: Json, reading: Reading): PublishedPort | undefined {
  return isMap(value) ? longForm(value, reading) : shortForm(value, reading)
}

function longForm(value: { [key: string]: Json }, reading: Reading): PublishedPort | undefined {
  const part = (key: string) => {
    const holed = withHoles(piecesOf(value[key], reading) ?? [])
    return { text: holed.text.trim(), hole: holeIn(holed.text, holed) }
  }
  const [ip, published, target, protocol] = ['host_ip', 'published', 'target', 'protocol'].map(part)
  return portOf({ ip, published, target, protocol: protocol.text || 'tcp' })
}

/** `[[ip:]published:]target[/protocol]`, where an IPv6 address may stand in brackets or bare. */
function shortForm(value: Json, reading: Reading): PublishedPort | undefined {
  const holed = withHoles(piecesOf(value, reading) ?? [])
  const [mapping, protocol = 'tcp'] = holed.text.trim().split('/', 2)
  if (mapping === '') return undefined
  const pieces = mapping.split(':')
  const part = (text: string) => ({ text, hole: holeIn(text, holed) })
  const target = part(pieces.pop()!)
  const published = part(pieces.pop() ?? '')
  const ip = part(pieces.join(':').replace(/^\[(.*)\]$/, '$1'))
  // A variable that stands alone for the port of the host may hold an address as well.
  const mayHoldAddress = published.hole !== undefined && ip.text === '' ? published.hole : target.hole !== undefined && published.text === '' ? target.hole : undefined
  return portOf({ ip: mayHoldAddress === undefined ? ip : { text: '', hole: mayHoldAddress }, published, target, protocol })
}

type Part = { text: string; hole: string | undefined }

function portOf({ ip, published, target, protocol }: { ip: Part; published: Part; target: Part; protocol: string }): PublishedPort | undefined {
  const ranges = [published, target].map(({ text, hole }) => (hole === undefined ? rangeOf(text) : undefined))
  if ((published.text !== '' && published.hole === undefined && ranges[0] === undefined) || (target.hole === undefined && ranges[1] === undefined)) return undefined
  const unresolved = ip.hole ?? published.hole ?? target.hole
  return {
    binding: ip.hole === undefined ? bindingOf(ip.text) : 'unresolved',
    ...(ip.hole === undefined && ip.text !== '' && { host_ip: ip.text }),
    ...(ranges[0] && { published: ranges[0] }),
    ...(ranges[1] && { target: ranges[1] }),
    protocol: protocol.toLowerCase(),
    ...(unresolved !== undefined && { unresolved }),
  }
}

function rangeOf(text: string): { from: number; to: number } | undefined {
  const [, first, last] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? []
  if (first === undefined) return undefined
  const [from, to] = [Number(first), Number(last ?? first)]
  return from > 65_535 || to > 65_535 || to < from ? undefined : { from, to }
}

function bindingOf(ip: string): 'all' | 'loopback' | 'address' {
  if (ip === '' || ip === '0.0.0.0' || /^[0:]+$/.test(ip)) return 'all'
  return /^127\.|^(0*:)+0*1$|^localhost$/i.test(ip) ? 'loopback' : 'address'
}

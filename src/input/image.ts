import { hasDefault, holeIn, interpolate, withHoles, type Holed, type Piece } from './interpolation.ts'

/**
 * What says which build of an image runs.
 *
 * `digest`, `version` pin it; `major-only` and `distribution-only` move within a line; `moving` is a name that moves, `latest` and `none`
 * (no tag, which means latest) with it. `unresolved`: a template or a variable decides. `invalid`: no image reference.
 */
export type Pin = 'digest' | 'version' | 'major-only' | 'distribution-only' | 'moving' | 'latest' | 'none' | 'unresolved' | 'invalid'

/** An image reference, `[registry[:port]/]repository[:tag][@digest]`, in parts. What is not there, or not known, has no field. */
export type ImageReference = {
  pin: Pin
  /** The reference with defaults and known variables put in; absent when it is invalid beyond its digest or not all of it is known. */
  text?: string
  registry?: string
  /** Without the registry: `library` is not added. */
  repository?: string
  /** The last segment of the repository. */
  name?: string
  tag?: string
  /** What the tag says of what else is in the image: `alpine`, `slim`, or `full` where it names neither; absent without a tag. */
  variant?: 'alpine' | 'slim' | 'full'
  digest?: string
  /** Of what is invalid: only the digest is wrong. */
  fault?: 'digest'
  /** From the registry of the machine itself. */
  local: boolean
  /** A default (`${TAG:-1.2}`) decides a part of it, which the deployment may set otherwise. */
  default: boolean
  /** What is not known of it: `a template`, `the variable TAG`. */
  unresolved?: string
}

/** Reads an image reference as container runtimes do, variables put in as Compose does. Never throws. */
export function parseImage(written: string, environment?: ReadonlyMap<string, string>): ImageReference {
  return imageOf(interpolate(written.trim(), environment))
}

/** The same of a text whose variables are resolved already (a Dockerfile's, by its ARGs). */
export function imageOf(pieces: Piece[]): ImageReference {
  const holed = withHoles(pieces)
  return holed.text.length > longest ? { pin: 'invalid', local: false, default: false } : split(holed, hasDefault(pieces))
}

const longest = 4096

function split(holed: Holed, byDefault: boolean): ImageReference {
  const { text } = holed
  const hole = (part: string | undefined) => (part === undefined ? undefined : holeIn(part, holed))
  const [named, digest] = cut(text, text.indexOf('@'))
  const lastSlash = named.lastIndexOf('/')
  const colon = named.indexOf(':', lastSlash + 1)
  const [path, tag] = cut(named, colon)
  const firstSlash = path.indexOf('/')
  const first = path.slice(0, Math.max(firstSlash, 0))
  const isRegistry = firstSlash > 0 && (/[.:]|^localhost$/.test(first) || hole(first) !== undefined || first !== first.toLowerCase())
  const registry = isRegistry ? first : undefined
  const repository = isRegistry ? path.slice(firstSlash + 1) : path
  const name = repository.slice(repository.lastIndexOf('/') + 1)
  const unresolved = hole(text)
  const facts = { local: registry !== undefined && /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(registry), default: byDefault }
  if (!wellFormed(registry, repository, tag, hole)) return { pin: 'invalid', ...facts, local: false }
  if (digest !== undefined && hole(digest) === undefined && !isDigest(digest)) {
    return { pin: 'invalid', ...facts, fault: 'digest', ...(unresolved === undefined ? { text } : { unresolved }), ...(hole(name) === undefined && { name }) }
  }
  const reference: ImageReference = { pin: 'none', ...facts }
  if (unresolved === undefined) reference.text = text
  else reference.unresolved = unresolved
  if (registry !== undefined && hole(registry) === undefined) reference.registry = registry
  if (hole(path) === undefined) reference.repository = repository
  if (hole(name) === undefined) reference.name = name
  if (tag !== undefined && hole(tag) === undefined) {
    reference.tag = tag
    reference.variant = /alpine/i.test(tag) ? 'alpine' : /slim/i.test(tag) ? 'slim' : 'full'
  }
  if (digest !== undefined && hole(digest) === undefined) reference.digest = digest
  if (digest !== undefined) reference.pin = 'digest'
  else if (tag !== undefined) reference.pin = hole(tag) === undefined ? pinOf(tag) : 'unresolved'
  else reference.pin = hole(name) === undefined ? 'none' : 'unresolved'
  return reference
}

function cut(text: string, at: number): [string, string | undefined] {
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}

const component = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/
const host = /^(?:\[[0-9a-fA-F:]+\]|[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*)(?::\d+)?$/

function wellFormed(
  registry: string | undefined, repository: string, tag: string | undefined,
  hole: (part: string | undefined) => string | undefined,
): boolean {
  const fits = (part: string | undefined, pattern: RegExp) => part === undefined || hole(part) !== undefined || pattern.test(part)
  return fits(registry, host)
    && repository.length <= 255
    && repository.split('/').every(segment => fits(segment, component))
    && fits(tag, /^\w[\w.-]{0,127}$/)
}

/** Of the algorithms that runtimes know; each has its length. */
function isDigest(digest: string): boolean {
  return /^(?:sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})$/.test(digest)
}

/** What a tag pins. */
export function pinOf(tag: string): Pin {
  const words = tag.toLowerCase().split(/[-_.]/)
  if (words.includes('latest') || words.some(word => word.startsWith('latest'))) return 'latest'
  const parts = tag.toLowerCase().split(/[-_]/)
  const first = parts[0]
  if (parts.every(part => !/\d/.test(part))) return releases.has(first) ? 'distribution-only' : 'moving'
  const others = parts.slice(1).filter(part => !isVariant(part))
  if (others.length > 0) return 'version'
  if (/^v?\d{1,3}$/.test(first)) return 'major-only'
  return isVariant(first) || movingNames.has(first) ? 'distribution-only' : 'version'
}

const movingNames = new Set('stable mainline main master edge nightly dev canary lts alpine slim'.split(' '))

/** Names of releases, which get fixes under the same name. */
const releases = new Set(`stretch buster bullseye bookworm trixie forky sid bionic focal jammy noble oracular plucky questing
  resolute xenial trusty`.split(/\s+/))

/** A distribution with its own version, or a word without a digit: neither says which version of the program it is. */
function isVariant(part: string): boolean {
  return /^(?:alpine|debian|ubuntu|ubi|rockylinux|centos|fedora|amazonlinux|windowsservercore|nanoserver|cuda|ltsc)[\d.]*$/.test(part)
    || /^[a-z]+$/.test(part) && !/^(?:rc|alpha|beta|pre)$/.test(part)
}

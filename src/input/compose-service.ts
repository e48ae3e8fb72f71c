import { posix } from 'node:path'
import type { Json } from '../artefact/document.ts'
import { isMap } from '../artefact/json.ts'
import { argumentsOf } from './arguments.ts'
import { builtList, builtRecord, leaf, type Built } from './built.ts'
import { execCheck, shellCheck } from './check-command.ts'
import { publishedPort } from './compose-port.ts'
import { namedValue, piecesOf, plainOf, scalarOf, spend, type Reading } from './compose-reading.ts'
import { cleanPath, mountOf } from './compose-volume.ts'
import { secondsOf } from './dockerfile.ts'
import { holeIn, withHoles } from './interpolation.ts'
import { allItems, entriesOf, field, keysOf, lastItems, valueOf, winner, type Layered } from './layered.ts'
import { commandWords } from './shell.ts'
import { userNamesIn } from './user-names.ts'

/** One service with everything that controls read of it; lists that a map may stand for are lists. */
export function builtService(name: string, service: Layered, volumes: Layered | undefined, reading: Reading): { [key: string]: Built | undefined } {
  spend(reading)
  const fields: { [key: string]: Built | undefined } = { name: leaf(name, service) }
  for (const key of keysOf(service)) {
    if (key.startsWith('x-') ? key.startsWith('x-mcp-policy') : !special.has(key)) fields[key] = plainField(service, key, reading)
  }
  return {
    ...fields,
    image: scalarField(service, 'image', reading),
    build: buildField(service, reading),
    command: commandField(service, 'command', reading),
    entrypoint: commandField(service, 'entrypoint', reading),
    environment: namedField(service, 'environment', reading),
    labels: namedField(service, 'labels', reading),
    env_file: envFiles(service, reading),
    ports: listField(service, 'ports', reading, publishedPort),
    expose: listField(service, 'expose', reading, scalarOf),
    volumes: mounts(service, volumes, reading),
    healthcheck: healthcheck(service, reading),
    depends_on: dependencies(service, reading),
    secrets: grants(service, 'secrets', reading),
    configs: grants(service, 'configs', reading),
  }
}

/** Keys that are read in their own way, and those that only the host may set. */
const special = new Set(['component', 'configured', 'inherited', 'inherited_open', 'tls_in_front', 'name', 'image', 'build', 'command', 'entrypoint', 'environment', 'labels', 'env_file', 'ports', 'expose', 'volumes', 'healthcheck', 'depends_on', 'extends', 'secrets', 'configs'])

function plainField(layers: Layered, key: string, reading: Reading): Built | undefined {
  const inner = field(layers, key)
  if (inner === undefined) return undefined
  if (!inner.every(({ value }) => Array.isArray(value))) return leaf(plainOf(inner, reading, key), inner)
  return builtList(allItems(inner).map(item => leaf(plainOf(item, reading, key), item)), inner)
}

function scalarField(layers: Layered, key: string, reading: Reading): Built | undefined {
  const inner = field(layers, key)
  const value = scalarOf(valueOf(inner), reading)
  return value === undefined ? undefined : leaf(value, inner)
}

function buildField(service: Layered, reading: Reading): Built | undefined {
  const build = field(service, 'build')
  if (build === undefined) return undefined
  if (!isMap(winner(build).value)) return builtRecord({ context: leaf(scalarOf(winner(build).value, reading) ?? null, build) }, build)
  const args = namedField(build, 'args', reading)
  const kept = ['context', 'dockerfile', 'target', 'privileged', 'network'].map(key => [key, scalarField(build, key, reading)] as const)
  const inline = field(build, 'dockerfile_inline')
  const entitlements = listField(build, 'entitlements', reading, scalarOf)
  return builtRecord({ ...Object.fromEntries(kept), args, entitlements, ...(inline && { inline: leaf(true, inline) }) }, build)
}

/** `argv` has texts, `{"unresolved": ...}`, and `{"secret": ...}` for what follows an option whose name is that of a secret. */
function commandField(service: Layered, key: string, reading: Reading): Built | undefined {
  const command = field(service, key)
  if (command === undefined) return undefined
  const { value } = winner(command)
  if (Array.isArray(value)) {
    const items = lastItems(command)
    const words = argumentsIn(items.map(item => valueOf(item)), reading)
    return builtRecord({ form: leaf('exec'), argv: builtList(words.map((word, index) => leaf(word, items[index])), command) }, command)
  }
  return builtRecord({ form: leaf('shell'), argv: leaf(argumentsIn(commandWords(String(value)), reading), command) }, command)
}

const argumentsIn = (words: (Json | undefined)[], reading: Reading): Json[] =>
  argumentsOf(words, 'compose', reading.rules, word => scalarOf(word, reading) ?? null)

function namedField(layers: Layered, key: string, reading: Reading): Built | undefined {
  const inner = field(layers, key)
  if (inner === undefined) return undefined
  const written = entriesOf(inner)
  const users = userNamesIn(written.map(entry => [entry.key, entry.written] as const))
  const entries = written.map(({ key: name, written, layer }) => {
    spend(reading)
    return builtRecord({ name: leaf(name, [layer]), value: leaf(namedValue(name, written, reading, users), [layer]) }, [layer])
  })
  return builtList(entries, inner)
}

function envFiles(service: Layered, reading: Reading): Built | undefined {
  const inner = field(service, 'env_file')
  if (inner === undefined) return undefined
  const items = inner.flatMap(layer => (Array.isArray(layer.value) ? allItems([layer]) : [[layer]]))
  return builtList(items.map(item => leaf(scalarOf(valueOf(field(item, 'path') ?? item), reading) ?? null, item)), inner)
}

function listField(service: Layered, key: string, reading: Reading, read: (value: Json, reading: Reading) => object | Json | undefined): Built | undefined {
  const inner = field(service, key)
  if (inner === undefined) return undefined
  const items = allItems(inner).flatMap(item => {
    spend(reading)
    const value = read(winner(item).value, reading)
    return value === undefined ? [] : [leaf(value as Json, item)]
  })
  return builtList(items, inner)
}

/** Secrets and configs that a service is given: names, and maps with `source` and `target`. */
function grants(service: Layered, key: string, reading: Reading): Built | undefined {
  const inner = field(service, key)
  return inner && builtList(allItems(inner).map(item => leaf(plainOf(item, reading, 'source'), item)), inner)
}

/** A file that mounts something at a path mounts it instead of what a weaker file has there. */
function mounts(service: Layered, volumes: Layered | undefined, reading: Reading): Built | undefined {
  const inner = field(service, 'volumes')
  if (inner === undefined) return undefined
  const byTarget = new Map<string, Built>()
  for (const item of allItems(inner)) {
    spend(reading)
    const mount = mountOf(winner(item).value, reading)
    if (mount === undefined) continue
    const known = { ...mount, ...(mount.type === 'volume' && boundBy(mount.source, volumes, reading)) }
    const key = typeof mount.target === 'string' ? mount.target : `${byTarget.size}`
    byTarget.delete(key)
    byTarget.set(key, leaf(known as Json, item))
  }
  return builtList([...byTarget.values()], inner)
}

/** A named volume whose driver binds a folder of the host is a bind mount. */
function boundBy(source: unknown, volumes: Layered | undefined, reading: Reading): { type: 'bind'; source: Json } | undefined {
  const options = typeof source === 'string' ? field(field(volumes, source), 'driver_opts') : undefined
  const flags = valueOf(field(options, 'o'))
  const device = scalarOf(valueOf(field(options, 'device')), reading)
  if (device === undefined || typeof flags !== 'string' || !/(^|,)r?bind(,|$)/.test(flags)) return undefined
  return { type: 'bind', source: typeof device === 'string' ? cleanPath(device) : device }
}

/** `test` is what the check's command comes to; the command itself may hold a password and stays out. */
function healthcheck(service: Layered, reading: Reading): Built | undefined {
  const check = field(service, 'healthcheck')
  if (check === undefined) return undefined
  const test = field(check, 'test')
  const seconds = (key: string) => {
    const inner = field(check, key)
    const value = scalarOf(valueOf(inner), reading)
    return inner && leaf(typeof value === 'string' ? secondsOf(value) ?? null : value ?? null, inner)
  }
  const disabled = scalarOf(valueOf(field(check, 'disable')), reading)
  const none = Array.isArray(valueOf(test)) && (valueOf(test) as Json[])[0] === 'NONE'
  const retries = field(check, 'retries')
  const times = scalarOf(valueOf(retries), reading)
  return builtRecord({
    disabled: leaf(disabled === true || disabled === 'true' || none, none ? test : field(check, 'disable')),
    ...(test && !none && { test: leaf(testOf(winner(test).value, reading) as Json, test) }),
    interval_seconds: seconds('interval'),
    timeout_seconds: seconds('timeout'),
    start_period_seconds: seconds('start_period'),
    ...(retries && { retries: leaf(typeof times === 'string' && /^\d+$/.test(times) ? Number(times) : times ?? null, retries) }),
  }, check)
}

function testOf(test: Json, reading: Reading): object {
  const text = (value: Json) => {
    const holed = withHoles(piecesOf(value, reading) ?? [])
    // What is not known is some word, and no operator.
    return { text: [...holed.text].map(letter => (holed.holes.has(letter) ? '$X' : letter)).join(''), hole: holeIn(holed.text, holed) }
  }
  if (!Array.isArray(test)) {
    const script = text(test)
    return { form: 'shell', ...shellCheck(script.text), ...(script.hole !== undefined && { unresolved: script.hole }) }
  }
  const words = test.map(text)
  const unresolved = words.find(({ hole }) => hole !== undefined)?.hole
  const [first, ...rest] = words.map(word => word.text)
  const given = unresolved === undefined ? {} : { unresolved }
  if (first === 'CMD-SHELL') return { form: 'shell', ...shellCheck(rest.join(' ')), ...given }
  if (first === 'CMD') return { form: 'exec', ...execCheck(rest), ...given }
  return { form: 'unmarked', ...execCheck([first ?? '', ...rest].filter(word => word !== '')), ...given }
}

function dependencies(service: Layered, reading: Reading): Built | undefined {
  const inner = field(service, 'depends_on')
  if (inner === undefined) return undefined
  const found = new Map<string, Built>()
  for (const layer of inner) {
    if (Array.isArray(layer.value)) {
      for (const item of allItems([layer])) found.set(String(valueOf(item)), leaf({ service: String(valueOf(item)), condition: 'service_started' }, item))
    } else {
      for (const key of keysOf([layer])) {
        const condition = scalarOf(valueOf(field(field([layer], key), 'condition')), reading) ?? 'service_started'
        found.set(key, leaf({ service: key, condition }, field([layer], key) ?? [layer]))
      }
    }
  }
  return builtList([...found.values()], inner)
}

/** Where the Dockerfile of a service is, beside the Compose file; undefined where that is not known or not a file. */
export function dockerfilePath(folder: string, build: Json | undefined): string | undefined {
  if (!isMap(build) || build.inline === true) return undefined
  const { context = '.', dockerfile = 'Dockerfile' } = build
  if (typeof context !== 'string' || typeof dockerfile !== 'string' || /^[a-z+]+:\/\/|^git@/.test(context)) return undefined
  return posix.join(folder, context, dockerfile)
}

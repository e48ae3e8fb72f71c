/** The settings of `.mcp-policy.yaml`, as `schemas/config.schema.json` describes them, for the reference. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { root } from './opa.ts'

type Schema = {
  $ref?: string
  $comment?: string
  description?: string
  enum?: string[]
  examples?: unknown[]
  properties?: Record<string, Schema>
  definitions?: Record<string, Schema>
}

/** The schema of the configuration. */
export function configSchema(): Schema {
  return JSON.parse(readFileSync(join(root, 'schemas', 'config.schema.json'), 'utf8')) as Schema
}

/** A setting of the schema: its name (`hangar.critical_servers`), and what is said of it. */
export type SettingText = { name: string; schema: Schema; unread: boolean }

/** All settings in the order of the schema; those of a group without a description of their own stand for it. */
export function settingsIn(schema: Schema): SettingText[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, written]) => {
    const own = resolved(schema, written)
    const unread = own.$comment === 'unread'
    if (name === 'params' || name === 'folders' || own.properties === undefined) return [{ name, schema: own, unread }]
    return Object.entries(own.properties).map(([part, inner]) => ({ name: `${name}.${part}`, schema: resolved(schema, inner), unread: resolved(schema, inner).$comment === 'unread' }))
  })
}

/** What the schema says of a setting, or of a parameter (`params.NAME`). */
export function descriptionOf(name: string): string | undefined {
  const schema = configSchema()
  if (name.startsWith('params.')) return resolved(schema, schema.properties!.params).properties?.[name.slice('params.'.length)]?.description
  return settingsIn(schema).find(setting => setting.name === name)?.schema.description
}

const resolved = (schema: Schema, { $ref, ...own }: Schema): Schema => ($ref === undefined ? own : { ...schema.definitions![$ref.slice('#/definitions/'.length)], ...own })

/** The chapter of the reference: each setting with its example, the parameters, and what nothing reads yet. */
export function settingsReference(params: Record<string, unknown>): string {
  const schema = configSchema()
  const settings = settingsIn(schema)
  const read = settings.filter(({ unread }) => !unread)
  const parameters = Object.entries(resolved(schema, schema.properties!.params).properties!)
  return [
    ...read.map(({ name, schema: { description = '', examples = [] } }) => `**\`${name}\`** ${description}\n\n${examples.map(example => fenced(name, example)).join('\n\n')}`),
    `The parameters:\n\n| parameter | default | what it is |\n| --- | --- | --- |\n${parameters.map(([name, { description }]) => `| \`${name}\` | ${shown(params[name])} | ${description} |`).join('\n')}`,
    `No control of this version reads these; they may stand in the configuration for one that does, and \`lint\` notes that it does not read them:\n\n${settings.filter(({ unread }) => unread).map(({ name, schema: { description } }) => `- \`${name}\`: ${description}`).join('\n')}`,
  ].join('\n\n')
}

function fenced(name: string, example: unknown): string {
  const whole = name.split('.').reduceRight((value: unknown, key) => ({ [key]: value }), example)
  return `\`\`\`yaml\n${stringify(whole, { lineWidth: 0, indentSeq: false }).trimEnd()}\n\`\`\``
}

/** A default; the long ones stand in policies/data/params.json. */
function shown(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length > 60 ? 'see [params.json](../policies/data/params.json)' : `\`${text}\``
}

const [begin, end] = ['<!-- settings: written by `npm run docs` -->', '<!-- settings: end -->']

/** A text with the chapter of the settings in its place. */
export function withSettings(text: string, chapter: string): string {
  const [before, rest] = text.split(begin)
  const after = rest?.split(end)[1]
  if (after === undefined) throw new Error(`there is no place for the settings: ${begin} ... ${end}`)
  return `${before}${begin}\n\n${chapter}\n\n${end}${after}`
}

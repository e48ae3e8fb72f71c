import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv, type ValidateFunction } from 'ajv'
import { SaxesParser } from 'saxes'

const thirdParty = join(import.meta.dirname, '..', 'third-party')

/** A schema of others, with the formats that it uses; the faults of a value, none when it is valid. */
export function faultsBy(name: string): (value: unknown) => string[] {
  const { id: _, $schema: __, ...schema } = JSON.parse(readFileSync(join(thirdParty, `${name}.schema.json`), 'utf8')) as Record<string, unknown>
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false, formats: { uri: isUri, 'uri-reference': isUriReference, 'date-time': /^\d{4}-\d\d-\d\dT.*Z$/, regex: isPattern } })
  const validate: ValidateFunction = ajv.compile(schema)
  return value => (validate(value) ? [] : validate.errors!.map(({ instancePath, message }) => `${instancePath} ${message}`))
}

// RFC 3986: no character that it does not know, and each % followed by two digits.
const isUriReference = (text: string): boolean => /^(?:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*$/.test(text) && !/^[^/?#]*:/.test(text.replace(/^[a-z][a-z0-9+.-]*:/i, ''))
const isUri = (text: string): boolean => /^[a-z][a-z0-9+.-]*:/i.test(text) && isUriReference(text)

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp
  } catch {
    return false
  }
}

export type Element = { name: string; attributes: Record<string, string>; children: Element[]; text: string }

/** The root of an XML text. Throws for what is not well formed. */
export function xml(text: string): Element {
  const parser = new SaxesParser({ fragment: false, position: true })
  const document: Element = { name: '', attributes: {}, children: [], text: '' }
  const open = [document]
  parser.on('error', error => { throw error })
  parser.on('opentag', ({ name, attributes }) => {
    const element: Element = { name, attributes: attributes as Record<string, string>, children: [], text: '' }
    open.at(-1)!.children.push(element)
    open.push(element)
  })
  parser.on('text', text => { open.at(-1)!.text += text })
  parser.on('closetag', () => { open.pop() })
  parser.write(text).close()
  return document.children[0]
}

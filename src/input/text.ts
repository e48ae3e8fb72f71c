/**
 * The JSON text of a projected artefact's fields, for the engine: whole numbers stay exact however long they are, and a lone
 * surrogate, on which the engine throws, becomes U+FFFD.
 */
export function inputText(fields: Record<string, unknown>): string {
  const text = plainText(fields) ?? exactText(fields)
  return text.includes('\\ud') ? text.replace(loneSurrogate, '$1\ufffd') : text
}

/** One input of an evaluation from the texts of its artefacts. */
export function batchText(texts: string[]): string {
  return `{"artefacts":[${texts.join(',')}]}`
}

/** How JSON.stringify writes a lone surrogate: an escape, behind an even number of backslashes. */
const loneSurrogate = /(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/g

/** Undefined when there is a bigint somewhere, which JSON.stringify refuses. */
function plainText(fields: object): string | undefined {
  try {
    return JSON.stringify(fields)
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}

function exactText(value: unknown): string {
  if (typeof value === 'bigint') return value.toString()
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(item => item === undefined ? 'null' : exactText(item)).join(',')}]`
  const entries = Object.keys(value).flatMap(key => {
    const item = (value as Record<string, unknown>)[key]
    return item === undefined ? [] : [`${JSON.stringify(key)}:${exactText(item)}`]
  })
  return `{${entries.join(',')}}`
}

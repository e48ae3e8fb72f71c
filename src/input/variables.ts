/** Who reads the text, which decides what is a variable in it. */
export type Dialect = 'compose' | 'env' | 'hangar' | 'openmcp' | 'bridge' | 'kubernetes' | 'helm' | 'client'

/** A variable in a text: `[start, end)` in UTF-16 units; `fallback` where the text gives one. */
export type Reference = { start: number; end: number; name: string; fallback?: string }

/**
 * The variables in a text, in order. `${NAME}` and its forms with a fallback everywhere; `$NAME` and `$$` as Compose and shells read
 * them, `$(NAME)` in a container's environment. For `bridge`, which expands nothing, what looks like a variable.
 * None in a text of more than 64 KiB, which is no setting.
 */
export function referencesOf(text: string, dialect: Dialect): Reference[] {
  if (text.length > longest || !text.includes('$')) return []
  const found: Reference[] = []
  const braces = closingBraces(text)
  for (let at = text.indexOf('$'); at !== -1; at = text.indexOf('$', at)) {
    const reference = referenceAt(text, at, dialect, braces)
    if (reference === undefined) {
      at += bare.has(dialect) && text[at + 1] === '$' ? 2 : 1
      continue
    }
    found.push(reference)
    at = reference.end
  }
  return found
}

const longest = 65_536

/** The text with every variable blotted out, at the same length. */
export function maskReferences(text: string, dialect: Dialect): string {
  let masked = ''
  let from = 0
  for (const { start, end } of referencesOf(text, dialect)) {
    masked += text.slice(from, start) + '\uE000'.repeat(end - start)
    from = end
  }
  return masked + text.slice(from)
}

/** Dialects that read `$NAME` too. */
const bare = new Set<Dialect>(['compose', 'env'])

function referenceAt(text: string, at: number, dialect: Dialect, braces: Map<number, number>): Reference | undefined {
  if (text[at + 1] === '{') return braced(text, at, braces.get(at))
  if (dialect === 'kubernetes' && text[at + 1] === '(') {
    const name = /^\$\(([A-Za-z_][\w.-]{0,255})\)/.exec(text.slice(at, at + 260))?.[1]
    return name === undefined ? undefined : { start: at, end: at + name.length + 3, name }
  }
  if (!bare.has(dialect)) return undefined
  const name = /^[A-Za-z_]\w{0,255}/.exec(text.slice(at + 1, at + 260))?.[0]
  return name === undefined ? undefined : { start: at, end: at + 1 + name.length, name }
}

function braced(text: string, at: number, end: number | undefined): Reference | undefined {
  if (end === undefined) return undefined
  const name = /^(?:input:[\w.-]{1,255}(?=\})|(?:env:|vars\.|secrets\.)?[A-Za-z_][\w.]{0,255}?(?=\}|:?[-?+]))/.exec(text.slice(at + 2, at + 270))?.[0]
  if (name === undefined || at + 2 + name.length > end) return undefined
  const reference: Reference = { start: at, end: end + 1, name }
  const rest = text.slice(at + 2 + name.length, end)
  const operator = /^:?[-?+]/.exec(rest)?.[0]
  if (operator !== undefined && !operator.endsWith('?')) reference.fallback = rest.slice(operator.length)
  return reference
}

/** For each `${` the brace that closes it; fallbacks may hold variables of their own. One pass, however hostile the text. */
function closingBraces(text: string): Map<number, number> {
  const open: number[] = []
  const closed = new Map<number, number>()
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '$' && text[at + 1] === '{') open.push(at)
    else if (text[at] === '}' && open.length > 0) closed.set(open.pop()!, at)
  }
  return closed
}

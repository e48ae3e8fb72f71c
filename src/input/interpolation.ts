/** A stretch of a text with variables: text as it came out, or what is not known. */
export type Piece = { text: string; from: 'text' | 'environment' | 'default' } | { unresolved: string }

/**
 * Puts variables into a text as Docker Compose does: `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME:?message}`, `${NAME:+text}`,
 * each with and without the colon, `$$` for a dollar sign, and defaults that hold variables themselves. `${NAME:=default}` is the
 * default of a shell and of Flux.
 *
 * A variable that `environment` does not have is unresolved unless it has a default: whoever deploys may set it. What a template
 * engine fills in (`{{ }}`) is unresolved too. Syntax that Compose refuses is unresolved, and never thrown.
 */
export function interpolate(text: string, environment: ReadonlyMap<string, string> = new Map()): Piece[] {
  return text.includes('$') || text.includes('{{') ? merged(pieces(text, environment, 0)) : [{ text, from: 'text' }]
}

/** The text, when all of it is known. */
export function wholeText(given: Piece[]): string | undefined {
  let whole = ''
  for (const piece of given) {
    if ('unresolved' in piece) return undefined
    whole += piece.text
  }
  return whole
}

/** What is not known in it, the first such thing. */
export function unresolvedIn(given: Piece[]): string | undefined {
  for (const piece of given) if ('unresolved' in piece) return piece.unresolved
  return undefined
}

export function hasDefault(given: Piece[]): boolean {
  return given.some(piece => 'from' in piece && piece.from === 'default')
}

/** A text with holes where something is not known, so that it can be cut into parts before one asks what is known of each. */
export type Holed = { text: string; holes: ReadonlyMap<string, string> }

/** A hole is one character of the private use area; `holes` tells what it stands for. */
export function withHoles(given: Piece[]): Holed {
  const holes = new Map<string, string>()
  let text = ''
  for (const piece of given) {
    if ('text' in piece) text += piece.text
    else if (holes.size < 1000) {
      const hole = String.fromCharCode(0xe000 + holes.size)
      holes.set(hole, piece.unresolved)
      text += hole
    }
  }
  return { text, holes }
}

/** What is not known in a part of a text with holes, the first such thing. */
export function holeIn(part: string, { holes }: Holed): string | undefined {
  if (holes.size === 0) return undefined
  for (const letter of part) {
    const unresolved = holes.get(letter)
    if (unresolved !== undefined) return unresolved
  }
  return undefined
}

/** Deeper defaults than this are nobody's. */
const deepest = 8
const token = /\$\$|\$([A-Za-z_]\w*)|\$\{([A-Za-z_]\w*)(\}|(:?[-?+=]))|\{\{|\$\{/g

function pieces(text: string, environment: ReadonlyMap<string, string>, depth: number): Piece[] {
  const found: Piece[] = []
  let from = 0
  token.lastIndex = 0
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    if (match.index > from) found.push({ text: text.slice(from, match.index), from: 'text' })
    from = match.index + match[0].length
    const [whole, bare, braced, end, operator] = match
    if (whole === '$$') found.push({ text: '$', from: 'text' })
    else if (whole === '{{') {
      from = after(text, from, '}}')
      found.push({ unresolved: 'a template' })
    } else if (bare !== undefined) found.push(valueOf(bare, environment))
    else if (braced !== undefined && end === '}') found.push(valueOf(braced, environment))
    else {
      const close = closing(text, from)
      const word = text.slice(from, close)
      from = Math.min(close + 1, text.length)
      if (braced === undefined || close === text.length || depth === deepest) found.push({ unresolved: 'a variable that is not well written' })
      else found.push(...operated(braced, operator, word, environment, depth))
    }
    token.lastIndex = from
  }
  if (from < text.length) found.push({ text: text.slice(from), from: 'text' })
  return found
}

function valueOf(name: string, environment: ReadonlyMap<string, string>): Piece {
  const value = environment.get(name)
  return value === undefined ? { unresolved: `the variable ${name}` } : { text: value, from: 'environment' }
}

function operated(name: string, operator: string, word: string, environment: ReadonlyMap<string, string>, depth: number): Piece[] {
  const value = environment.get(name)
  const set = value !== undefined && (!operator.startsWith(':') || value !== '')
  const inner = () => {
    const saved = token.lastIndex
    const result = pieces(word, environment, depth + 1)
    token.lastIndex = saved
    return result
  }
  switch (operator.at(-1)) {
    case '-':
    case '=':
      return set ? [{ text: value, from: 'environment' }] : asDefault(inner())
    case '+':
      return value === undefined ? [{ unresolved: `the variable ${name}` }] : set ? inner() : []
    default:
      return set ? [{ text: value, from: 'environment' }] : [{ unresolved: `the variable ${name}` }]
  }
}

/** An empty default is a piece as well, so that it is known to be one. */
function asDefault(inner: Piece[]): Piece[] {
  if (inner.length === 0) return [{ text: '', from: 'default' }]
  return inner.map(piece => ('unresolved' in piece ? piece : { text: piece.text, from: 'default' }))
}

/** The place of the brace that closes one opened before `from`; the end of the text when there is none. */
function closing(text: string, from: number): number {
  let open = 0
  for (let index = from; index < text.length; index++) {
    if (text.startsWith('${', index)) open++
    else if (text[index] === '}' && open-- === 0) return index
  }
  return text.length
}

function after(text: string, from: number, end: string): number {
  const index = text.indexOf(end, from)
  return index === -1 ? text.length : index + end.length
}

function merged(given: Piece[]): Piece[] {
  const result: Piece[] = []
  for (const piece of given) {
    const last = result.at(-1)
    if (last !== undefined && 'text' in last && 'text' in piece && last.from === piece.from) last.text += piece.text
    else result.push({ ...piece })
  }
  return result
}

/** The value of a build argument or environment variable: null for one that is declared without a value or with an unknown one. */
export type Variables = (name: string) => string | null | undefined

/** What is set in a stage. A stage inherits the environment of the one that it is built on, and no arguments; ENV beats ARG. */
export type Scope = { environment: Map<string, string | null>; buildArguments: Map<string, string | null>; parent: Scope | undefined }

export function openScope(parent: Scope | undefined): Scope {
  return { environment: new Map(), buildArguments: new Map(), parent }
}

export function variablesIn(scope: Scope): Variables {
  return name => {
    for (let inner: Scope | undefined = scope; inner !== undefined; inner = inner.parent) {
      if (inner.environment.has(name)) return inner.environment.get(name)
    }
    return scope.buildArguments.get(name)
  }
}

/** A word with its variables replaced; `text` is null when one has no known value, and `unresolved` names those. */
export type Expanded = { text: string | null; unresolved: string[] }

/**
 * Takes quotes and escapes off a word and replaces its variables, as BuildKit does: `$NAME`, `${NAME}`, `${NAME:-default}`,
 * `${NAME:+other}`. Nothing is replaced inside single quotes.
 */
export function expand(word: string, variables: Variables, escape: string): Expanded {
  const unresolved: string[] = []
  const parts: string[] = []
  let quote = ''
  for (let index = 0; index < word.length; ) {
    const character = word[index]
    if (character === escape && quote !== "'" && index + 1 < word.length) {
      if (quote === '"' && !['"', '$', escape].includes(word[index + 1])) parts.push(character)
      parts.push(word[index + 1])
      index += 2
    } else if (character === quote || (quote === '' && (character === '"' || character === "'"))) {
      quote = character === quote ? '' : character
      index++
    } else if (character === '$' && quote !== "'") {
      const { length, text } = expandVariable(word.slice(index, index + 1000), variables, escape, unresolved)
      parts.push(text)
      index += length
    } else {
      parts.push(character)
      index++
    }
  }
  return { text: unresolved.length > 0 ? null : parts.join(''), unresolved }
}

function expandVariable(text: string, variables: Variables, escape: string, unresolved: string[]): { length: number; text: string } {
  const plain = /^\$([A-Za-z_][A-Za-z0-9_]*)/.exec(text)
  if (plain !== null) return { length: plain[0].length, text: valueOf(plain[1], variables, unresolved) }
  const braced = /^\$\{([A-Za-z_][A-Za-z0-9_]*)(?:(:?[-+?])([^{}]*))?\}/.exec(text)
  if (braced === null) {
    const other = /^\$\{[^}]*\}/.exec(text)
    if (other !== null) unresolved.push(/[A-Za-z_][A-Za-z0-9_]*/.exec(other[0])?.[0] ?? '')
    return { length: other?.[0].length ?? 1, text: other === null ? '$' : '' }
  }
  const [whole, name, operator, operand] = braced
  return { length: whole.length, text: withOperator(name, operator, operand ?? '', { variables, escape, unresolved }) }
}

type Expansion = { variables: Variables; escape: string; unresolved: string[] }

function withOperator(name: string, operator: string | undefined, operand: string, { variables, escape, unresolved }: Expansion): string {
  if (operator === undefined || operator.endsWith('?')) return valueOf(name, variables, unresolved)
  const value = variables(name)
  const isSet = value !== undefined && value !== null && !(operator.startsWith(':') && value === '')
  if (operator.endsWith('-') && isSet) return value
  if (operator.endsWith('+') && !isSet) return ''
  const other = expand(operand, variables, escape)
  unresolved.push(...other.unresolved)
  return other.text ?? ''
}

function valueOf(name: string, variables: Variables, unresolved: string[]): string {
  const value = variables(name)
  if (value === undefined || value === null) unresolved.push(name)
  return value ?? ''
}
